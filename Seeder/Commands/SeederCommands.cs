using System.CommandLine;
using System.CommandLine.Help;

namespace Cruddur.Seeder.Commands;

/// <summary>The seeder's command line.</summary>
internal static class SeederCommands
{
    /// <summary>Creates the command line. Without a verb, <c>setup</c> runs.</summary>
    public static RootCommand Create()
    {
        var setup = SetupVerbs.Setup();
        var root = new RootCommand("Prepares and inspects the data of Cruddur. Without a verb, it runs setup.")
        {
            setup,
            SetupVerbs.Reset(),
            DynamoDbVerbs.Create(),
            PostgresVerbs.Create(),
            CognitoVerbs.Create(),
            StateVerbs.Create(),
            VerbOptions.Json,
            VerbOptions.Markdown,
            VerbOptions.Prod,
        };
        root.Action = setup.Action;

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new VerbHelp((HelpAction)help.Action!);
        return root;
    }
}
