using System.CommandLine;
using System.CommandLine.Invocation;

namespace Cruddur.Seeder.Commands;

/// <summary>Answers a wrong command line on standard error.</summary>
internal static class CommandLineErrors
{
    /// <summary>Writes what is wrong, and the nearest verbs and options to a misspelt one.</summary>
    /// <param name="commandLine">The command line.</param>
    /// <param name="error">Receives the text.</param>
    /// <returns>Whether the command line is wrong.</returns>
    public static bool Write(ParseResult commandLine, TextWriter error)
    {
        if (commandLine.Action is not ParseErrorAction suggestions)
        {
            return false;
        }

        // A misspelt verb or option has other errors as a consequence, such as a missing verb. They say nothing new.
        var misspelt = commandLine.UnmatchedTokens;
        var messages = commandLine.Errors
            .Select(parseError => parseError.Message)
            .Where(message => misspelt.Count == 0 || misspelt.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal)))
            .Distinct();
        foreach (var message in messages)
        {
            error.WriteLine(message);
        }

        // The help lists the verbs of a group.
        suggestions.ShowHelp = misspelt.Count == 0 && commandLine.CommandResult.Command.Subcommands.Count > 0;
        commandLine.Invoke(new() { Output = error, Error = TextWriter.Null });
        return true;
    }
}
