using Cruddur.Seeder.Output;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace Cruddur.UnitTests.Seeder;

public sealed class ProgressDisplayTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StringWriter _error = new() { NewLine = "\n" };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _error.Dispose();

    [Fact]
    public async Task Redirected_output_has_a_line_every_few_seconds()
    {
        await new ProgressDisplay(new(TextWriter.Null, _error), _clock).ShowAsync(
            "ddb seed",
            "messages",
            10_000,
            added =>
            {
                added(1000);
                _clock.Advance(TimeSpan.FromSeconds(5));
                added(4000);
                _clock.Advance(TimeSpan.FromSeconds(5));
                return Task.CompletedTask;
            },
            Cancelled);

        Assert.Equal(
            "ddb seed: 1,000 of 10,000 messages, 200 a second, 45 s left\nddb seed: 5,000 of 10,000 messages, 500 a second, 10 s left\n",
            _error.ToString());
    }

    [Fact]
    public async Task A_terminal_shows_a_bar_with_the_rate_and_the_time_left()
    {
        var terminal = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_error),
        });
        terminal.Profile.Width = 100;

        await new ProgressDisplay(new(TextWriter.Null, _error) { ErrorTerminal = terminal }, TimeProvider.System).ShowAsync(
            "ddb seed",
            "messages",
            10_000,
            added =>
            {
                added(5000);
                return Task.CompletedTask;
            },
            Cancelled);

        Assert.Matches(@"ddb seed .*50% [0-9,]+/s (--|\d\d):(--|\d\d):(--|\d\d)", _error.ToString());
    }

    [Fact]
    public async Task A_cancelled_step_says_how_much_is_done()
    {
        using var source = new CancellationTokenSource();
        var display = new ProgressDisplay(new(TextWriter.Null, _error), _clock);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => display.ShowAsync(
            "ddb seed",
            "messages",
            10_000,
            async added =>
            {
                added(1234);
                await source.CancelAsync();
                source.Token.ThrowIfCancellationRequested();
            },
            source.Token));

        Assert.Equal("ddb seed: at least 1,234 of 10,000 messages are done.\n", _error.ToString());
    }
}
