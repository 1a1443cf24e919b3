using Cruddur.AppHost.Cognito;

namespace Cruddur.DistributedAppTests;

/// <summary>The parameters that the dashboard shows.</summary>
public sealed class ParameterTests(RunningCruddur cruddur)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("user-pool-id", LocalPool.PoolId)]
    [InlineData("user-pool-client-id", LocalPool.ClientId)]
    [InlineData("aws-region", LocalPool.Region)]
    public async Task The_user_pool_in_use_is_a_parameter(string name, string value)
    {
        var shown = await cruddur.App.ResourceNotifications.WaitForResourceAsync(
            name, change => change.Snapshot.State?.Text == KnownResourceStates.Running, Cancelled);

        Assert.Equal(value, shown.Snapshot.Properties.Single(property => property.Name == "Value").Value);
    }

    [Theory]
    [InlineData("us-east-1_AbCdEfGhI", "")]
    [InlineData("", "5v1j2k3l4m")]
    [InlineData("not a pool", "5v1j2k3l4m")]
    public async Task Half_a_user_pool_is_refused(string poolId, string clientId)
    {
        var arguments = new InteractionInputCollection(
        [
            new() { Name = "user-pool-id", InputType = InputType.Text, Value = poolId },
            new() { Name = "client-id", InputType = InputType.Text, Value = clientId },
        ]);

        var result = await cruddur.App.ResourceCommands.ExecuteCommandAsync("user-pool-id", "set-parameter", arguments, Cancelled);

        Assert.False(result.Success);
        Assert.Equal("Command argument validation failed.", result.Message);
    }

    [Fact]
    public async Task A_parameter_has_the_command_that_chooses_the_user_pool()
    {
        var shown = await cruddur.App.ResourceNotifications.WaitForResourceAsync(
            "user-pool-id", change => change.Snapshot.State?.Text == KnownResourceStates.Running, Cancelled);

        var command = Assert.Single(shown.Snapshot.Commands);
        Assert.Equal(("set-parameter", "Set user pool"), (command.Name, command.DisplayName));
    }
}
