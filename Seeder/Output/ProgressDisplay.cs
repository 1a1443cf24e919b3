using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Cruddur.Seeder.Output;

/// <summary>Shows on standard error how far a long step is: a bar on a terminal, else a line every few seconds.</summary>
/// <param name="console">The console.</param>
/// <param name="clock">Times the lines.</param>
internal sealed class ProgressDisplay(SeederConsole console, TimeProvider clock)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Does the work and shows its progress.</summary>
    /// <param name="verb">The step.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    /// <param name="total">How many there will be.</param>
    /// <param name="work">The work, which reports from any thread how many were added. Cancelled, it says how many there are.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task ShowAsync(string verb, string unit, int total, Func<Action<int>, Task> work, CancellationToken cancellationToken)
    {
        var done = 0;
        try
        {
            await (console.ErrorTerminal is { } terminal ? ShowBarAsync(terminal) : ShowLinesAsync());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync(Text($"{verb}: at least {done:N0} of {total:N0} {unit} are done."));
            throw;
        }

        Task ShowBarAsync(IAnsiConsole terminal) => terminal.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RateColumn(),
                new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask(verb, maxValue: total);
                return work(count =>
                {
                    Interlocked.Add(ref done, count);
                    task.Increment(count);
                });
            });

        async Task ShowLinesAsync()
        {
            var start = clock.GetTimestamp();
            await using var timer = clock.CreateTimer(_ => WriteLine(clock.GetElapsedTime(start)), null, LineInterval, LineInterval);
            await work(count => Interlocked.Add(ref done, count));
        }

        void WriteLine(TimeSpan elapsed)
        {
            var rate = Volatile.Read(ref done) / elapsed.TotalSeconds;
            var left = rate > 0 ? Text($", {(total - done) / rate:N0} s left") : "";
            console.Error.WriteLine(Text($"{verb}: {done:N0} of {total:N0} {unit}, {rate:N0} a second") + left);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many are done in a second.</summary>
    private sealed class RateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(ProgressDisplay.Text($"{task.Speed ?? 0:N0}/s"));
    }
}
