using System.CommandLine;
using Cruddur.Seeder.Cognito;
using Cruddur.Seeder.Listings;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Commands;

/// <summary>The verbs of the user pool.</summary>
internal static class CognitoVerbs
{
    private static readonly Option<string[]> Relink = new("--relink")
    {
        Description = "Change existing links, too: those of the given handles, or all.",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The group <c>cognito</c>.</summary>
    public static Command Create() => new("cognito", "The user pool")
    {
        new Verb("list-users", "Lists the users of the pool.").Lists<CognitoUsersListing>(),
        new Verb("update-user-ids", "Links the rows in Postgres to the users of the pool with the same handles.", "--relink bayko") { Relink }
            .Runs((services, parsed) => [services.Create<CognitoUserIdsStep>(RelinkOf(parsed))]),
    };

    private static RelinkSelection RelinkOf(ParseResult parsed) =>
        parsed.GetResult(Relink) is null ? RelinkSelection.None : RelinkSelection.Of(parsed.GetValue(Relink) ?? []);
}
