using System.CommandLine;
using System.CommandLine.Parsing;
using Cruddur.AppHost;
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

    private static readonly Option<string> Handle = new("--handle")
    {
        Description = "The handle: 2 to 30 letters a to z, digits and underscores.",
        Required = true,
        CustomParser = ParseHandle,
    };

    private static readonly Option<string> Name = new("--name") { Description = "The display name.", Required = true };

    private static readonly Option<string?> Email = new("--email")
    {
        Description = "The e-mail address to sign in with. Without it: the handle at cruddur.example.",
    };

    private static readonly Option<string?> Password = new("--password")
    {
        Description = "The password. Without it: the one of the local pool's users.",
    };

    private static readonly Argument<string?> CodeOf =
        VerbOptions.Argument("user", "The handle or e-mail address of the user; all users without it.", defaultValue: null);

    /// <summary>The group <c>cognito</c>.</summary>
    public static Command Create() => new("cognito", "The user pool")
    {
        new Verb("list-users", "Lists the users of the pool.").Lists<CognitoUsersListing>(),
        new Verb("update-user-ids", "Links the rows in Postgres to the users of the pool with the same handles.", "--relink bayko")
            {
                Relink,
            }
            .Runs((services, parsed) => [services.Create<CognitoUserIdsStep>(RelinkOf(parsed))]),
        new Verb(
                "create-user",
                "Creates a confirmed user of the pool with a row in Postgres, who can sign in at once.",
                "--handle susan --name \"Susan Ivanova\"")
            {
                Handle,
                Name,
                Email,
                Password,
            }
            .Runs((services, parsed) => [services.Create<CognitoCreateUserStep>(NewUser(parsed))]),
        new Verb("newest-code", "Shows the newest confirmation code of the local pool.", "susan") { CodeOf }
            .RunsInAppHost(CruddurResources.Cognito, "newest-code", parsed => new() { ["handle"] = parsed.GetValue(CodeOf) }),
    };

    private static RelinkSelection RelinkOf(ParseResult parsed) =>
        parsed.GetResult(Relink) is null ? RelinkSelection.None : RelinkSelection.Of(parsed.GetValue(Relink) ?? []);

    private static NewPoolUser NewUser(ParseResult parsed)
    {
        var handle = parsed.GetValue(Handle)!;
        return new(handle, parsed.GetValue(Name)!, parsed.GetValue(Email) ?? $"{handle}@cruddur.example", parsed.GetValue(Password));
    }

    private static string? ParseHandle(ArgumentResult result)
    {
        var handle = Data.Users.Handle.Normalize(result.Tokens[0].Value);
        if (!Data.Users.Handle.IsValid(handle))
        {
            result.AddError($"'{result.Tokens[0].Value}' is not a handle, which has 2 to 30 letters a to z, digits and underscores.");
        }

        return handle;
    }
}
