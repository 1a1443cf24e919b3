using Cruddur.Data.Users;
using Cruddur.Seeder.Cognito;
using Microsoft.Extensions.Logging;

namespace Cruddur.Seeder.Steps;

/// <summary>
/// Links each row of <c>users</c> to the user of the pool with the same handle. Anyone who signs up can choose any handle, so a
/// conflict changes nobody's row, and it does not fail the step: it would keep the system from starting.
/// </summary>
internal sealed partial class CognitoUserIdsStep(
    CognitoUserList cognito, UserStore users, ILogger<CognitoUserIdsStep> logger, RelinkSelection relink) : ISeederStep
{
    public string Verb => "cognito update-user-ids";

    public SeederServer Server => SeederServer.Cognito;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var (pool, skipped) = await ReadPoolAsync(cancellationToken);
        var relinked = await users.RelinkCognitoUsersAsync(pool.Where(user => relink.Includes(user.Handle)), cancellationToken);
        var linked = await users.LinkCognitoUsersAsync(pool, cancellationToken);
        var conflicts = await users.FindCognitoConflictsAsync(pool, cancellationToken);
        foreach (var conflict in conflicts)
        {
            Report(conflict);
        }

        return conflicts.Count(conflict => relink.Includes(conflict.Handle)) is > 0 and var failed
            ? throw new InvalidOperationException($"{failed} of the users to relink have a handle that several users of the pool have.")
            : new(
                Summarize(pool.Count, linked + relinked, skipped, conflicts.Count),
                new StepCount("users.listed", pool.Count + skipped),
                new StepCount("users.updated", linked + relinked),
                new StepCount("users.skipped", skipped),
                new StepCount("users.conflicting", conflicts.Count));
    }

    private static string Summarize(int listed, int updated, int skipped, int conflicts) =>
        $"updated {updated} of {listed} users"
        + (skipped > 0 ? $", skipped {skipped} without a valid handle" : "")
        + (conflicts > 0 ? $", handles in conflict: {conflicts}" : "");

    private async Task<(List<CognitoIdentity> Pool, int Skipped)> ReadPoolAsync(CancellationToken cancellationToken)
    {
        var pool = new List<CognitoIdentity>();
        var skipped = 0;
        await foreach (var user in cognito.ListAsync(cancellationToken))
        {
            if (user.Handle is { } handle)
            {
                pool.Add(new(user.Sub, handle));
            }
            else
            {
                LogSkipped(logger, user.Sub);
                skipped++;
            }
        }

        return (pool, skipped);
    }

    private void Report(CognitoConflict conflict)
    {
        var linkedTo = conflict.LinkedTo ?? "nobody";
        if (conflict.CognitoUserIds is [var only])
        {
            LogOtherOwner(logger, only, conflict.Handle, linkedTo);
        }
        else
        {
            LogAmbiguous(logger, string.Join(" and ", conflict.CognitoUserIds), conflict.Handle, linkedTo);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The user {Sub} of the pool has no valid preferred_username and is skipped. Give the user one and run this again.")]
    private static partial void LogSkipped(ILogger logger, string sub);

    [LoggerMessage(
        LogLevel.Error,
        "The users {Subs} of the pool have the same handle, {Handle}. The row stays linked to {LinkedTo}. "
        + "Give all but one of them another handle.")]
    private static partial void LogAmbiguous(ILogger logger, string subs, string handle, string linkedTo);

    [LoggerMessage(
        LogLevel.Warning,
        "The user {Sub} of the pool has the handle {Handle}, but the row stays linked to {LinkedTo}. "
        + "If the row belongs to {Sub}, run `cognito update-user-ids --relink {Handle}`.")]
    private static partial void LogOtherOwner(ILogger logger, string sub, string handle, string linkedTo);
}
