using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Integrations.CognitoLocal;

namespace Cruddur.AppHost.Commands;

/// <summary>The commands of the Cognito emulator. A user pool on AWS is no resource, and has no commands.</summary>
public static class UserPoolCommands
{
    private static readonly string[] Alone = [CruddurResources.Cognito];
    private static readonly string[] WithPostgres = [CruddurResources.Cognito, CruddurResources.Postgres];

    private static readonly VerbCommand ListUsers =
        new("list-users", "List users", "cognito list-users", "PeopleList", "Lists the users of the pool.") { Servers = Alone };

    private static readonly VerbCommand[] Changes =
    [
        new("create-user", "Create a user", "cognito create-user", "PersonAdd", "Creates a user who can sign in at once.")
        {
            Inputs =
            [
                VerbInput.Text("handle", "Handle", "2 to 30 letters, digits and underscores"),
                VerbInput.Text("name", "Display name", "The name that others see"),
            ],
            Servers = WithPostgres,
            ChangesData = true,
        },
        new("update-user-ids", "Update user ids", "cognito update-user-ids", "Link", "Links the rows in Postgres to the users of the pool.")
        {
            Servers = WithPostgres,
            ChangesData = true,
        },
    ];

    /// <summary>Adds the commands for the users.</summary>
    /// <param name="userPool">The user pool.</param>
    public static UserPool WithUserPoolCommands(this UserPool userPool)
    {
        userPool.Emulator?.WithVerbs(ListUsers).WithCommand("newest-code", "Newest confirmation code", FindNewestCodeAsync, new()
        {
            Description = "Shows the newest code that the pool would have sent by e-mail.",
            IconName = "Mail",
            Arguments =
            [
                new InteractionInput
                {
                    Name = "handle",
                    Label = "Handle or e-mail address",
                    Description = "Empty for the newest code of all users",
                    InputType = InputType.Text,
                },
            ],
            UpdateState = context => CommandState.Get(context.Services, Alone, changesData: false),
        }).WithVerbs(Changes);
        return userPool;

        async Task<ExecuteCommandResult> FindNewestCodeAsync(ExecuteCommandContext context)
        {
            var directory = userPool.Emulator!.Resource.GetDataDirectory().Path;
            var codes = await CognitoLocalCodes.ReadAsync(directory, LocalPool.PoolId, context.CancellationToken);
            return FindNewest(codes, context.Arguments.GetString("handle"));
        }
    }

    private static ExecuteCommandResult FindNewest(IEnumerable<CognitoLocalCode> codes, string? user)
    {
        var newest = codes
            .Where(code => string.IsNullOrEmpty(user) || user.TrimStart('@').Equals(code.Handle, StringComparison.OrdinalIgnoreCase)
                || user.Equals(code.Email, StringComparison.OrdinalIgnoreCase))
            .MaxBy(code => code.SentAt);
        return newest is null
            ? CommandResults.Failure(string.IsNullOrEmpty(user) ? "No user waits for a code." : $"{user} does not wait for a code.")
            : new ResultTable(
                ["code", "handle", "email", "sent_at"],
                [[newest.Code, newest.Handle, newest.Email, newest.SentAt.ToString("u", CultureInfo.InvariantCulture)]])
                .ToResult($"The newest code is {newest.Code}, for {newest.Email ?? newest.Handle}.");
    }
}
