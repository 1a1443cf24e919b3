using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Prerequisites;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Cruddur.AppHost.Cognito;

/// <summary>The command of the parameters that chooses the user pool of the next start.</summary>
internal static class SetUserPoolCommand
{
    /// <summary>
    /// The name of the command. Aspire's packages add a command of this name to each parameter that has none. Theirs changes one
    /// parameter of processes that start later, and the emulator and the other parameters stay as they are.
    /// </summary>
    public const string Name = "set-parameter";

    /// <summary>The argument with the id of the pool.</summary>
    public const string PoolId = "user-pool-id";

    /// <summary>The argument with the id of the app client.</summary>
    public const string ClientId = "client-id";

    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Adds the command.</summary>
    /// <param name="parameter">A parameter that shows a part of the user pool.</param>
    public static IResourceBuilder<ParameterResource> WithSetUserPoolCommand(this IResourceBuilder<ParameterResource> parameter) =>
        parameter.WithCommand(Name, "Set user pool", RunAsync, new CommandOptions
        {
            Description = "Chooses the Cognito user pool of the next start. Leave both fields empty for the local pool.",
            IconName = "PersonKey",
            IsHighlighted = true,
            Arguments =
            [
                new() { Name = PoolId, Label = "User pool id", Placeholder = "us-east-1_AbCdEfGhI", InputType = InputType.Text },
                new() { Name = ClientId, Label = "App client id", InputType = InputType.Text },
            ],
            ValidateArguments = context =>
            {
                try
                {
                    Parse(context.Inputs);
                }
                catch (PrerequisiteException error)
                {
                    var isClient = error.Message.StartsWith(UserPoolSettings.ClientIdSetting, StringComparison.Ordinal);
                    context.AddValidationError(isClient ? ClientId : PoolId, error.Message);
                }

                return Task.CompletedTask;
            },
        });

    /// <summary>Stores the settings of the pool in user secrets.</summary>
    /// <param name="secretsId">The id of the user secrets.</param>
    /// <param name="pool">The pool, or <see langword="null"/> to remove the settings.</param>
    /// <exception cref="DistributedApplicationException">The SDK's tool failed.</exception>
    public static async Task StoreAsync(string secretsId, UserPoolSettings? pool)
    {
        await StoreAsync(UserPoolSettings.PoolIdSetting, pool?.PoolId);
        await StoreAsync(UserPoolSettings.ClientIdSetting, pool?.ClientId);

        async Task StoreAsync(string setting, string? value)
        {
            string[] command = value is null ? ["remove", setting] : ["set", setting, value];
            var result = await ExternalProgram.RunAsync(StoreTimeout, "dotnet", ["user-secrets", .. command, "--id", secretsId]);
            if (result is not (0, _))
            {
                throw new DistributedApplicationException($"dotnet user-secrets could not store {setting}: {result?.Output.Trim()}");
            }
        }
    }

    private static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context)
    {
        try
        {
            var pool = Parse(context.Arguments);
            if (pool is not null)
            {
                using var client = new HttpClient();
                await pool.CheckExistsAsync(client);
            }

            var secrets = typeof(SetUserPoolCommand).Assembly.GetCustomAttribute<UserSecretsIdAttribute>()!.UserSecretsId;
            await StoreAsync(secrets, pool);
            return CommandResults.Success($"The next start of the AppHost uses {(pool is null ? "the local pool" : pool.PoolId)}.");
        }
        catch (Exception error) when (error is PrerequisiteException or DistributedApplicationException)
        {
            return CommandResults.Failure(error.Message);
        }
    }

    private static UserPoolSettings? Parse(InteractionInputCollection arguments) =>
        UserPoolSettings.Parse(arguments.GetString(PoolId), arguments.GetString(ClientId));
}
