using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cruddur.Seeder.Commands;

/// <summary>Adds an example and the exit codes to the help of a verb.</summary>
/// <param name="help">Writes the rest of the help.</param>
internal sealed class VerbHelp(HelpAction help) : SynchronousCommandLineAction
{
    private const string Program = "./cruddur";

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Example:");
        output.WriteLine($"  {Example(parseResult.CommandResult.Command)}");
        output.WriteLine();
        output.WriteLine("Exit codes:");
        output.WriteLine("  0 done, 1 failed, 2 wrong command line, 3 not confirmed, 130 interrupted by Ctrl+C");
        return ExitCodes.Done;
    }

    /// <summary>The example of a verb; for a group of verbs, that of its first verb.</summary>
    private static string Example(Command command) => command switch
    {
        Verb verb => $"{Program} {verb.FullName} {verb.Example}".TrimEnd(),
        _ => Example(command.Subcommands[0]),
    };
}
