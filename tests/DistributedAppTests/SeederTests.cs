using Cruddur.Tests;
using Npgsql;

namespace Cruddur.DistributedAppTests;

/// <summary>The seeder's <c>setup</c>, run when the system starts and again.</summary>
public sealed class SeederTests(RunningCruddur cruddur)
{
    /// <summary>The first characters of handles that a test creates.</summary>
    public const string HandlePrefix = "seedertest";

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
        var sub = await NewPoolUserAsync();

        await RunAgainAsync();

        await AssertLoggedAsync($"The user {sub} of the pool has no valid preferred_username and is skipped");
        await AssertLoggedAsync("skipped 1 without a valid handle");
    }

    [Fact]
    public async Task Two_users_of_the_pool_with_one_handle_are_both_named_and_link_no_row()
    {
        var handle = await NewRowAsync(cognitoUserId: null);
        string[] subs = [await NewPoolUserAsync(handle), await NewPoolUserAsync(handle.ToUpperInvariant())];

        await RunAgainAsync();

        Assert.Equal($"{handle}|", Assert.Single(await LinkAsync(handle)));
        var named = string.Join(" and ", subs.Order(StringComparer.Ordinal));
        await AssertLoggedAsync($"The users {named} of the pool have the same handle, {handle}.");
    }

    [Fact]
    public async Task A_linked_row_changes_owner_only_by_relink()
    {
        var handle = await NewRowAsync(cognitoUserId: "its owner");
        var sub = await NewPoolUserAsync(handle);

        await RunAgainAsync();
        Assert.Equal($"{handle}|its owner", Assert.Single(await LinkAsync(handle)));
        await AssertLoggedAsync($"The user {sub} of the pool has the handle {handle}, but the row stays linked to its owner.");

        var (exitCode, output, error) = await cruddur.RunSeederAsync(
            CruddurResources.Database, "cognito", "update-user-ids", "--relink", handle);
        Assert.True(exitCode == 0, output + error);
        Assert.Equal($"{handle}|{sub}", Assert.Single(await LinkAsync(handle)));
    }

    [Fact]
    public async Task Seeded_users_are_linked_to_the_users_of_the_pool()
    {
        foreach (var user in AppHost.Cognito.LocalPool.Users)
        {
            Assert.Equal($"{user.Handle}|{user.Sub}", Assert.Single(await LinkAsync(user.Handle)));
        }
    }

    [Fact]
    public async Task The_conversation_has_104_lines_of_the_past()
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

    private static string NewName() => $"{HandlePrefix}{Guid.NewGuid():N}"[..20];

    private async Task<string> NewRowAsync(string? cognitoUserId)
    {
        var handle = NewName();
        await QueryAsync(
            "INSERT INTO users (handle, display_name, email, cognito_user_id) VALUES ($1, 'Test', 'test@cruddur.example', $2)",
            handle,
            cognitoUserId);
        return handle;
    }

    private Task<List<string>> LinkAsync(string handle) =>
        QueryAsync("SELECT handle, cognito_user_id FROM users WHERE handle = $1", handle);

    /// <returns>The new user's <c>sub</c>.</returns>
    private async Task<string> NewPoolUserAsync(string? handle = null)
    {
        var email = $"{NewName()}@cruddur.example";
        object[] attributes = handle is null
            ? [new { Name = "email", Value = email }]
            : [new { Name = "email", Value = email }, new { Name = "preferred_username", Value = handle }];
        var created = await cruddur.CallCognitoAsync(
            "AdminCreateUser",
            new
            {
                UserPoolId = AppHost.Cognito.LocalPool.PoolId,
                Username = email,
                MessageAction = "SUPPRESS",
                UserAttributes = attributes,
            },
            Cancelled);
        return created.GetProperty("User").GetProperty("Attributes").EnumerateArray()
            .Single(attribute => attribute.GetProperty("Name").GetString() == "sub").GetProperty("Value").GetString()!;
    }

    private async Task AssertLoggedAsync(string text)
    {
        var lines = await cruddur.App.ReadLogAsync(CruddurResources.Seeder, Cancelled);
        Assert.Contains(lines, line => line.Contains(text, StringComparison.Ordinal));
    }

    private async Task RunAgainAsync()
    {
        var result = await cruddur.App.ResourceCommands.ExecuteCommandAsync(
            CruddurResources.Seeder, KnownResourceCommands.StartCommand, Cancelled);
        Assert.True(result.Success, result.Message);
        await cruddur.App.ResourceNotifications.WaitForResourceAsync(CruddurResources.Seeder, KnownResourceStates.Running, Cancelled);
        var ended = await cruddur.App.ResourceNotifications.WaitForResourceAsync(
            CruddurResources.Seeder, change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), Cancelled);
        Assert.Equal(0, ended.Snapshot.ExitCode);
    }

    /// <summary>All data of both databases.</summary>
    private async Task<string> SnapshotAsync()
    {
        var rows = await QueryAsync("SELECT to_jsonb(users)::text FROM users UNION ALL SELECT to_jsonb(activities)::text FROM activities");
        return string.Join('\n', rows.Concat(await ScanAsync()).Order(StringComparer.Ordinal));
    }

    private async Task<List<string>> QueryAsync(string sql, params string?[] parameters)
    {
        var connectionString = await cruddur.App.GetConnectionStringAsync(CruddurResources.Database, Cancelled);
        await using var database = NpgsqlDataSource.Create(connectionString!);
        await using var command = database.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = (object?)parameter ?? DBNull.Value });
        }

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
            items.AddRange(page.Items.Select(item => string.Join('|', item
                .OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
                .Select(attribute => $"{attribute.Key}={attribute.Value.S ?? attribute.Value.N}"))));
        }

        return items;
    }
}
