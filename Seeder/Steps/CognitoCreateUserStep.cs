using System.Text.Json.Nodes;
using Cruddur.Data.Users;
using Cruddur.Seeder.Cognito;
using Cruddur.ServiceDefaults;

namespace Cruddur.Seeder.Steps;

/// <summary>Creates a confirmed user of the pool with a row in Postgres, who can sign in at once.</summary>
internal sealed class CognitoCreateUserStep(
    CognitoClient cognito, CognitoUserList pool, CognitoUserPool settings, UserStore users, NewPoolUser user) : ISeederStep
{
    /// <summary>The password of the local pool's users, which the README names.</summary>
    private const string LocalPassword = "Testing1234!";

    public string Verb => "cognito create-user";

    public SeederServer Server => SeederServer.Cognito;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var password = user.Password ?? (settings.IsLocal ? LocalPassword : null)
            ?? throw new InvalidOperationException($"{settings.Id} is a pool of AWS. Choose a password with --password.");
        await CheckHandleAsync(cancellationToken);

        var sub = await CreateAsync(cancellationToken);
        await SetPasswordAsync(password, cancellationToken);
        await AddRowAsync(sub, cancellationToken);
        return new(
            $"created {user.Handle}, who signs in with {user.Email}" + (user.Password is null ? $" and the password {password}" : ""),
            new StepCount("users.created", 1));
    }

    /// <summary>Nobody may have the handle, neither in Postgres nor in the pool. A row without a Cognito user is free.</summary>
    private async Task CheckHandleAsync(CancellationToken cancellationToken)
    {
        var rows = await users.FindCognitoConflictsAsync([new("", user.Handle)], cancellationToken);
        if (rows.Any(row => row.LinkedTo is not null)
            || await pool.ListAsync(cancellationToken).AnyAsync(other => other.Handle == user.Handle, cancellationToken))
        {
            throw new InvalidOperationException($"Another user has the handle {user.Handle}.");
        }
    }

    /// <returns>The id of the new user in the pool.</returns>
    private async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var response = await cognito.CallAsync(
                "AdminCreateUser",
                new()
                {
                    ["Username"] = user.Email,
                    ["MessageAction"] = "SUPPRESS",
                    ["UserAttributes"] = new JsonArray(
                        Attribute("email", user.Email),
                        Attribute("email_verified", "true"),
                        Attribute("name", user.Name),
                        Attribute("preferred_username", user.Handle)),
                },
                cancellationToken);
            return CognitoUser.Attribute(response["User"], "sub")
                ?? throw new InvalidOperationException("Cognito's response to AdminCreateUser has no sub.");
        }
        catch (CognitoException exception) when (exception.Type == "UsernameExistsException")
        {
            throw new InvalidOperationException($"Another user of the pool has the e-mail address {user.Email}.", exception);
        }
    }

    /// <summary>Sets a permanent password, which also confirms the user. A user whose password is refused is deleted again.</summary>
    private async Task SetPasswordAsync(string password, CancellationToken cancellationToken)
    {
        try
        {
            await cognito.CallAsync(
                "AdminSetUserPassword",
                new() { ["Username"] = user.Email, ["Password"] = password, ["Permanent"] = true },
                cancellationToken);
        }
        catch (CognitoException)
        {
            await cognito.CallAsync("AdminDeleteUser", new() { ["Username"] = user.Email }, cancellationToken);
            throw;
        }
    }

    private async Task AddRowAsync(string sub, CancellationToken cancellationToken)
    {
        if (await users.RegisterAsync(sub, user.Handle, user.Name, user.Email, cancellationToken) is null
            && await users.LinkCognitoUsersAsync([new(sub, user.Handle)], cancellationToken) == 0)
        {
            throw new InvalidOperationException($"Another user has taken the handle {user.Handle} in the meantime.");
        }
    }

    private static JsonObject Attribute(string name, string value) => new() { ["Name"] = name, ["Value"] = value };
}
