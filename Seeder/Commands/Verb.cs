using System.CommandLine;

namespace Cruddur.Seeder.Commands;

/// <summary>A verb of the command line.</summary>
internal sealed class Verb : Command
{
    /// <summary>Describes a verb.</summary>
    /// <param name="name">The name, such as <c>scan</c>.</param>
    /// <param name="description">What it does.</param>
    /// <param name="example">Its arguments in an example for the help; nothing if it takes none.</param>
    public Verb(string name, string description, string example = "")
        : base(name, description)
    {
        Example = example;

        // Options of the verb itself, because a recursive option is never suggested for a misspelt one.
        Add(VerbOptions.Json);
        Add(VerbOptions.Markdown);
    }

    /// <summary>Its arguments in an example for the help.</summary>
    public string Example { get; }

    /// <summary>The name with those of the groups that it is in, such as <c>ddb scan</c>.</summary>
    public string FullName => string.Join(' ', Ancestors(this).Reverse().Select(command => command.Name));

    private static IEnumerable<Command> Ancestors(Command command)
    {
        for (var next = command; next is not (null or RootCommand); next = next.Parents.OfType<Command>().SingleOrDefault())
        {
            yield return next;
        }
    }
}
