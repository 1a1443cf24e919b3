using Cruddur.Data.Users;
using Cruddur.Seeder.Cognito;
using Microsoft.Extensions.Logging;

namespace Cruddur.Seeder.Steps;

/// <summary>Stores the Cognito id of each user of the pool in the row with the user's handle.</summary>
internal sealed partial class CognitoUserIdsStep(CognitoUserList cognito, UserStore users, ILogger<CognitoUserIdsStep> logger) : ISeederStep
{
    public string Verb => "cognito update-user-ids";

    public SeederServer Server => SeederServer.Cognito;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, string>();
        var skipped = 0;
        await foreach (var user in cognito.ListAsync(cancellationToken))
        {
            if (string.IsNullOrWhiteSpace(user.PreferredUsername))
            {
                LogSkipped(logger, user.Sub);
                skipped++;
            }
            else
            {
                ids[user.PreferredUsername] = user.Sub;
            }
        }

        var updated = await users.UpdateCognitoUserIdsAsync(ids, cancellationToken);
        var note = skipped > 0 ? $", skipped {skipped} without preferred_username" : "";
        return new(
            $"updated {updated} of {ids.Count} users{note}",
            new StepCount("users.listed", ids.Count + skipped),
            new StepCount("users.updated", updated),
            new StepCount("users.skipped", skipped));
    }

    [LoggerMessage(LogLevel.Warning, "The user {Sub} of the pool has no preferred_username and is skipped. Give the user one, and run this again.")]
    private static partial void LogSkipped(ILogger logger, string sub);
}
