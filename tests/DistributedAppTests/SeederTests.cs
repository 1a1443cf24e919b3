using Cruddur.Tests;
using Npgsql;

namespace Cruddur.DistributedAppTests;

/// <summary>The seeder may run as often as anyone likes.</summary>
public sealed class SeederTests(RunningCruddur cruddur)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Running_it_again_changes_nothing()
    {
        var before = await SnapshotAsync();
        await RunAgainAsync();
        Assert.Equal(before, await SnapshotAsync());
    }

    [Fact]
    public async Task A_user_of_the_pool_without_a_handle_is_skipped_with_a_warning()
    {
        var email = $"{Guid.NewGuid():N}@cruddur.example";
        var created = await cruddur.CallCognitoAsync(
            "AdminCreateUser",
            new { UserPoolId = AppHost.Cognito.LocalPool.PoolId, Username = email, MessageAction = "SUPPRESS", UserAttributes = new[] { new { Name = "email", Value = email } } },
            Cancelled);
        var sub = created.GetProperty("User").GetProperty("Attributes").EnumerateArray()
            .Single(attribute => attribute.GetProperty("Name").GetString() == "sub").GetProperty("Value").GetString()!;

        await RunAgainAsync();

        var lines = await cruddur.App.ReadLogAsync(CruddurResources.Seeder, Cancelled);
        Assert.Contains(lines, line => line.Contains($"The user {sub} of the pool has no preferred_username and is skipped", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("skipped 1 without preferred_username", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_carry_their_Cognito_ids()
    {
        var ids = await QueryAsync("SELECT handle, cognito_user_id FROM users WHERE handle IN ('andrewbrown', 'bayko', 'londo') ORDER BY handle");
        Assert.Equal(AppHost.Cognito.LocalPool.Users.OrderBy(user => user.Handle, StringComparer.Ordinal).Select(user => $"{user.Handle}|{user.Sub}"), ids);
    }

    [Fact]
    public async Task The_conversation_has_104_lines_and_ends_in_the_past()
    {
        using var dynamoDb = cruddur.NewDynamoDb();
        var lines = await dynamoDb.QueryAsync(
            new()
            {
                TableName = "cruddur-messages",
                KeyConditionExpression = "pk = :pk",
                ExpressionAttributeValues = new() { [":pk"] = new("MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399") },
            },
            Cancelled);
        Assert.True(lines.Count >= 104, $"only {lines.Count} lines");
        Assert.All(lines.Items, line =>
        {
            var created = DateTimeOffset.Parse(line["sk"].S, null);
            Assert.True(created <= DateTimeOffset.UtcNow, $"{created} lies in the future");
        });
    }

    private async Task RunAgainAsync()
    {
        var result = await cruddur.App.ResourceCommands.ExecuteCommandAsync(CruddurResources.Seeder, KnownResourceCommands.StartCommand, Cancelled);
        Assert.True(result.Success, result.Message);
        await cruddur.App.ResourceNotifications.WaitForResourceAsync(CruddurResources.Seeder, KnownResourceStates.Running, Cancelled);
        var ended = await cruddur.App.ResourceNotifications.WaitForResourceAsync(
            CruddurResources.Seeder, change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), Cancelled);
        Assert.Equal(0, ended.Snapshot.ExitCode);
    }

    /// <summary>Everything in both databases that the seeder could have touched.</summary>
    private async Task<string> SnapshotAsync()
    {
        var rows = await QueryAsync("SELECT to_jsonb(users)::text FROM users UNION ALL SELECT to_jsonb(activities)::text FROM activities");
        return string.Join('\n', rows.Concat(await ScanAsync()).Order(StringComparer.Ordinal));
    }

    private async Task<List<string>> QueryAsync(string sql)
    {
        var connectionString = await cruddur.App.GetConnectionStringAsync(CruddurResources.Database, Cancelled);
        await using var database = NpgsqlDataSource.Create(connectionString!);
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancelled))
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(string.Join('|', values));
        }

        return rows;
    }

    private async Task<List<string>> ScanAsync()
    {
        using var dynamoDb = cruddur.NewDynamoDb();
        var items = new List<string>();
        await foreach (var page in dynamoDb.Paginators.Scan(new() { TableName = "cruddur-messages" }).Responses.WithCancellation(Cancelled))
        {
            items.AddRange(page.Items.Select(item => string.Join(
                '|', item.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => $"{attribute.Key}={attribute.Value.S ?? attribute.Value.N}"))));
        }

        return items;
    }
}
