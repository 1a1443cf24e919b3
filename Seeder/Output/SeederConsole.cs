using Spectre.Console;

namespace Cruddur.Seeder.Output;

/// <summary>Where a verb writes: its result to standard output; questions, progress and errors to standard error.</summary>
/// <param name="Output">Receives the result.</param>
/// <param name="Error">Receives questions, progress and errors.</param>
internal sealed record SeederConsole(TextWriter Output, TextWriter Error)
{
    /// <summary>The terminal that shows <see cref="Output"/>; null if the output is redirected.</summary>
    public IAnsiConsole? OutputTerminal { get; init; }

    /// <summary>The terminal that shows <see cref="Error"/>; null if it is redirected.</summary>
    public IAnsiConsole? ErrorTerminal { get; init; }

    /// <summary>The console of this process.</summary>
    public static SeederConsole System() => new(Console.Out, Console.Error)
    {
        OutputTerminal = Console.IsOutputRedirected ? null : Terminal(Console.Out),
        ErrorTerminal = Console.IsErrorRedirected ? null : Terminal(Console.Error),
    };

    private static IAnsiConsole Terminal(TextWriter writer) => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer) });
}
