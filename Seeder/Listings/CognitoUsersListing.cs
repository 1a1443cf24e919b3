using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cruddur.Seeder.Cognito;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Listings;

/// <summary>The users of the user pool.</summary>
internal sealed class CognitoUsersListing(CognitoUserList cognito) : ISeederListing
{
    public string Verb => "cognito list-users";

    public SeederServer Server => SeederServer.Cognito;

    public IReadOnlyList<string> Columns => ["sub", "preferred_username"];

    public async IAsyncEnumerable<JsonObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var user in cognito.ListAsync(cancellationToken))
        {
            yield return new() { ["sub"] = user.Sub, ["preferred_username"] = user.PreferredUsername };
        }
    }
}
