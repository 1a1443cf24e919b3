using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Cruddur.AppHost.Cognito;

namespace Cruddur.DistributedAppTests;

/// <summary>The verbs of the seeder, run from the command line.</summary>
public sealed class SeederVerbTests(RunningCruddur cruddur) : IDisposable
{
    /// <summary>The prefix of databases and tables that a test creates.</summary>
    public const string ScratchPrefix = "scratch-";

    // The exit codes, as the help documents them.
    private const int Failed = 1;
    private const int WrongCommandLine = 2;
    private const int NotConfirmed = 3;

    private readonly AmazonDynamoDBClient _dynamoDb = cruddur.NewDynamoDb();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _dynamoDb.Dispose();

    [Theory]
    [InlineData("ddb schema-load", "table cruddur-messages exists")]
    [InlineData("ddb seed", "have a conversation already")]
    [InlineData("ddb upgrade", "upgraded 0 of ")]
    [InlineData("db create", "database cruddur exists")]
    [InlineData("db schema-load", "all tables exist")]
    [InlineData("db seed", "all users and activities exist")]
    public async Task Running_a_verb_again_changes_nothing(string verb, string summary) =>
        Assert.Contains(summary, await RunAsync(verb), StringComparison.Ordinal);

    [Fact]
    public async Task A_verb_names_the_verb_to_run_first_and_a_database_is_dropped_after_confirmation()
    {
        var database = $"{ScratchPrefix}{Guid.NewGuid():N}";
        await AssertRefusedAsync(database, "db seed", "Run `db create` first.");
        Assert.Contains("created database", await RunAsync("db create", database), StringComparison.Ordinal);
        await AssertRefusedAsync(database, "db seed", "Run `db schema-load` first.");
        Assert.Contains("updated 3 of", await RunAsync("db setup", database), StringComparison.Ordinal);
        Assert.Contains("have a conversation already", await RunAsync("ddb seed", database), StringComparison.Ordinal);

        await AssertRefusedAsync(database, "db drop", "with --yes", NotConfirmed);
        Assert.Contains("dropped database", await RunAsync("db drop --yes", database), StringComparison.Ordinal);
        Assert.Contains("there is no database", await RunAsync("db drop --yes", database), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_is_dropped_after_confirmation()
    {
        var table = $"{ScratchPrefix}{Guid.NewGuid():N}";
        await _dynamoDb.CreateTableAsync(table, [new("id", KeyType.HASH)], [new("id", ScalarAttributeType.S)], new(1, 1), Cancelled);
        Assert.Contains(table, await RunAsync("ddb list-tables"), StringComparison.Ordinal);

        await AssertRefusedAsync("cruddur", $"ddb drop {table}", "with --yes", NotConfirmed);
        Assert.Contains($"dropped table {table}", await RunAsync($"ddb drop {table} --yes"), StringComparison.Ordinal);
        Assert.Contains($"there is no table {table}", await RunAsync($"ddb drop {table} --yes"), StringComparison.Ordinal);
        Assert.DoesNotContain(table, await RunAsync("ddb list-tables"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_lists_the_items_of_all_pages()
    {
        // A page of DynamoDB holds 1 MB.
        const int Items = 50;
        var partition = $"SCRATCH#{Guid.NewGuid()}";
        await Parallel.ForAsync(0, Items, Cancelled, async (i, cancellationToken) => await _dynamoDb.PutItemAsync(
            "cruddur-messages",
            new()
            {
                ["pk"] = new(partition),
                ["sk"] = new($"{i:00}"),
                ["message"] = new(new string('x', 40_000)),
                ["expires_at"] = new() { N = "1" },
            },
            cancellationToken));

        var rows = await ReadAsync("ddb scan --json");
        Assert.Equal(
            Enumerable.Range(0, Items).Select(i => $"{i:00}"),
            rows.Where(row => row.GetProperty("pk").GetString() == partition).Select(row => row.GetProperty("sk").GetString()!).Order());
        Assert.True(rows.Length > Items + 104);

        await Parallel.ForAsync(0, Items, Cancelled, async (i, cancellationToken) => await _dynamoDb.DeleteItemAsync(
            "cruddur-messages", new() { ["pk"] = new(partition), ["sk"] = new($"{i:00}") }, cancellationToken));
    }

    [Fact]
    public async Task Conversations_are_listed_as_tables_and_as_JSON()
    {
        var conversations = await ReadAsync("ddb list-conversations bayko --json");
        var withAndrew = Assert.Single(conversations, row => row.GetProperty("handle").GetString() == "andrewbrown");
        Assert.Contains(
            $"\n{withAndrew.GetProperty("uuid").GetString()}\tandrewbrown\t",
            await RunAsync("ddb list-conversations bayko"),
            StringComparison.Ordinal);

        var messages = await ReadAsync("ddb get-conversation --json");
        Assert.True(messages.Length >= 104);
        Assert.Equal(messages.OrderByDescending(CreatedAt, StringComparer.Ordinal).Select(CreatedAt), messages.Select(CreatedAt));
        Assert.Equal("Have you ever watched Babylon 5? It's one of my favorite TV shows!", messages[^1].GetProperty("message").GetString());
        Assert.Equal(messages.Length + 1, (await RunAsync("ddb get-conversation")).TrimEnd().Split('\n').Length);
        Assert.EndsWith($"20 of {messages.Length} rows\n", await RunAsync("ddb get-conversation --markdown"), StringComparison.Ordinal);

        await AssertRefusedAsync("cruddur", "ddb list-conversations nobody", "There is no user nobody in Postgres.");
        await AssertRefusedAsync("cruddur", "ddb get-conversation none", "none", WrongCommandLine);

        static string CreatedAt(JsonElement row) => row.GetProperty("created_at").GetString()!;
    }

    [Fact]
    public async Task The_users_of_the_pool_are_listed() =>
        Assert.Superset(
            new HashSet<string?> { "andrewbrown", "bayko", "londo" },
            (await ReadAsync("cognito list-users --json")).Select(row => row.GetProperty("preferred_username").GetString()).ToHashSet());

    [Fact]
    public async Task A_created_user_signs_in_at_once_and_has_handle_and_address_alone()
    {
        var handle = $"c{Guid.NewGuid():N}"[..16];
        string[] create = ["cognito", "create-user", "--handle", handle.ToUpperInvariant(), "--name", "Lyta Alexander"];
        var (exitCode, output, error) = await cruddur.RunSeederAsync(CruddurResources.Database, create);
        Assert.True(exitCode == 0, output + error);
        Assert.Contains($"created {handle}, who signs in with {handle}@cruddur.example", output, StringComparison.Ordinal);

        using var api = await cruddur.ApiAsync($"{handle}@cruddur.example", Cancelled);
        Assert.Equal("[]", await api.GetStringAsync("/api/message_groups", Cancelled));
        Assert.Contains("Lyta Alexander", await api.GetStringAsync($"/api/users/@{handle}/short", Cancelled), StringComparison.Ordinal);

        await AssertRefusedAsync("cruddur", $"cognito create-user --handle {handle} --name Lyta", $"Another user has the handle {handle}.");
        await AssertRefusedAsync(
            "cruddur",
            $"cognito create-user --handle {handle}2 --name Lyta --email {handle}@cruddur.example",
            $"Another user of the pool has the e-mail address {handle}@cruddur.example.");
        await AssertRefusedAsync("cruddur", "cognito create-user --handle a! --name Lyta", "'a!' is not a handle", WrongCommandLine);
    }

    [Fact]
    public async Task The_newest_code_confirms_a_user_who_signed_up()
    {
        var handle = $"s{Guid.NewGuid():N}"[..16];
        var email = $"{handle}@cruddur.example";
        await cruddur.CallCognitoAsync(
            "SignUp",
            new
            {
                LocalPool.ClientId,
                Username = email,
                LocalPool.Password,
                UserAttributes = new[] { new { Name = "email", Value = email }, new { Name = "preferred_username", Value = handle } },
            },
            Cancelled);

        var code = Assert.Single(await ReadAsync($"cognito newest-code {handle} --json")).GetProperty("code").GetString();
        await cruddur.CallCognitoAsync(
            "ConfirmSignUp", new { LocalPool.ClientId, Username = email, ConfirmationCode = code }, Cancelled);

        await cruddur.SignInAsync(email, Cancelled);
        await AssertRefusedAsync("cruddur", $"cognito newest-code {handle}", $"{handle} does not wait for a code.");
    }

    private async Task<string> RunAsync(string verb, string database = CruddurResources.Database)
    {
        var (exitCode, output, error) = await cruddur.RunSeederAsync(database, verb.Split(' '));
        Assert.True(exitCode == 0, $"{verb}: {output}{error}");
        return output;
    }

    private async Task<JsonElement[]> ReadAsync(string verb) => JsonSerializer.Deserialize<JsonElement[]>(await RunAsync(verb))!;

    private async Task AssertRefusedAsync(string database, string verb, string reason, int expectedExitCode = Failed)
    {
        var (exitCode, output, error) = await cruddur.RunSeederAsync(database, verb.Split(' '));
        Assert.Equal(expectedExitCode, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }
}
