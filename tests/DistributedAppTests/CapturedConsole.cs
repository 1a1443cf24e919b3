using System.Text;
using System.Threading.Channels;

namespace Cruddur.DistributedAppTests;

/// <summary>Reads the lines that an AppHost in this process prints, in place of the console.</summary>
internal sealed class CapturedConsole : TextWriter
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _read = [];

    public CapturedConsole()
    {
        Console.SetOut(this);
        Console.SetError(this);
    }

    public override Encoding Encoding => _output.Encoding;

    public override void WriteLine(string? value) => _lines.Writer.TryWrite(value ?? "");

    /// <summary>Waits for a line that contains a text, after those that earlier calls have returned.</summary>
    public async Task WaitForLineAsync(string text, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(Timeout);
        try
        {
            do
            {
                _read.Add(await _lines.Reader.ReadAsync(timer.Token));
            }
            while (!_read[^1].Contains(text, StringComparison.Ordinal));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"The AppHost did not print '{text}' within {Timeout.TotalMinutes} minutes, but:\n{string.Join('\n', _read)}");
        }
    }

    protected override void Dispose(bool disposing)
    {
        Console.SetOut(_output);
        Console.SetError(_error);
        base.Dispose(disposing);
    }
}
