using System.Net.Http.Json;
using System.Text.Json;
using Cruddur.DistributedAppTests.Browser;
using Cruddur.Tests;

namespace Cruddur.DistributedAppTests.Commands;

/// <summary>The commands that the dashboard offers on the servers and the seeder.</summary>
[Collection(ScratchSystem.Name)]
public sealed class CommandTests(ScratchCruddur cruddur)
{
    private const string DynamoDb = CruddurResources.DynamoDb;
    private const string Database = CruddurResources.Database;
    private const string Cognito = CruddurResources.Cognito;
    private const string Seeder = CruddurResources.Seeder;

    private static readonly TimeSpan VerbTimeout = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        DynamoDb,
        "list-tables scan list-conversations get-conversation schema-load seed add-messages upgrade drop")]
    [InlineData(Database, "create schema-load seed setup drop")]
    [InlineData(Cognito, "list-users newest-code create-user update-user-ids")]
    [InlineData(Seeder, "setup reset")]
    public async Task A_resource_offers_its_commands_in_order_with_icons(string resource, string names)
    {
        var expected = names.Split(' ');

        var commands = await CommandsAsync(resource);

        Assert.Equal(expected, commands.Select(command => command.Name).Where(expected.Contains));
        Assert.All(
            commands.Where(command => expected.Contains(command.Name)),
            command =>
            {
                Assert.NotNull(command.IconName);
                Assert.NotNull(command.DisplayDescription);
            });
    }

    [Fact]
    public async Task A_command_that_deletes_data_asks_for_confirmation()
    {
        (string Resource, string Command)[] destructive = [(DynamoDb, "drop"), (Database, "drop"), (Seeder, "reset")];
        foreach (var (resource, name) in destructive)
        {
            var commands = await CommandsAsync(resource);
            Assert.EndsWith("?", commands.Single(command => command.Name == name).ConfirmationMessage, StringComparison.Ordinal);
        }

        Assert.All(
            (await CommandsAsync(DynamoDb)).Where(command => command.Name is not "drop"),
            command => Assert.Null(command.ConfirmationMessage));
    }

    [Theory]
    [InlineData(DynamoDb, "list-tables", "| cruddur-messages |")]
    [InlineData(DynamoDb, "scan", "20 of 1")]
    [InlineData(DynamoDb, "list-conversations", "| bayko |")]
    [InlineData(DynamoDb, "get-conversation", "20 of 104 rows")]
    [InlineData(DynamoDb, "schema-load", "table cruddur-messages exists")]
    [InlineData(DynamoDb, "seed", "have a conversation already")]
    [InlineData(DynamoDb, "upgrade", "upgraded 0 of ")]
    [InlineData(Database, "create", "database cruddur exists")]
    [InlineData(Database, "schema-load", "all tables exist")]
    [InlineData(Database, "seed", "all users and activities exist")]
    [InlineData(Database, "setup", "updated 0 of ")]
    [InlineData(Cognito, "list-users", "| andrewbrown |")]
    [InlineData(Cognito, "update-user-ids", "updated 0 of ")]
    [InlineData(Seeder, "setup", "have a conversation already")]
    public async Task A_command_shows_the_result_of_its_verb(string resource, string command, string text)
    {
        await cruddur.ReadTableAsync(Seeder, "reset", Cancelled);

        await AssertTableAsync(text, resource, command);
    }

    [Fact]
    public async Task What_was_dropped_is_created_again()
    {
        await AssertTableAsync("dropped table cruddur-messages", DynamoDb, "drop");
        await cruddur.AssertFailsAsync("DynamoDB has no such table.", DynamoDb, "seed", Cancelled);
        await AssertTableAsync("created table", DynamoDb, "schema-load");
        await AssertTableAsync("104 messages", DynamoDb, "seed");

        await AssertTableAsync("dropped database cruddur", Database, "drop");
        await cruddur.AssertFailsAsync("Run `db create` first.", Database, "seed", Cancelled);
        await AssertTableAsync("created database", Database, "setup");
        await AssertTableAsync("104 rows", DynamoDb, "get-conversation");
    }

    [Fact]
    public async Task A_command_takes_arguments_and_passes_on_what_the_verb_says_about_them()
    {
        await cruddur.ReadTableAsync(Seeder, "reset", Cancelled);

        await AssertTableAsync(
            "added 60 messages to 3 conversations", DynamoDb, "add-messages", ("messages", "60"), ("groups", "3"), ("users", "2"));
        await AssertTableAsync("andrewbrown", DynamoDb, "list-conversations", ("handle", "bayko"));

        await cruddur.AssertFailsAsync(
            "500 conversations need at least as many messages",
            DynamoDb,
            "add-messages",
            Cancelled,
            ("messages", "60"),
            ("groups", "500"));
        await cruddur.AssertFailsAsync(
            "There is no user nobody in Postgres.", DynamoDb, "list-conversations", Cancelled, ("handle", "nobody"));
        await cruddur.AssertFailsAsync("'none' is not a group", DynamoDb, "get-conversation", Cancelled, ("group", "none"));
    }

    [Theory]
    [InlineData("messages", "0")]
    [InlineData("messages", "1.5")]
    [InlineData("messages", "")]
    [InlineData("groups", "1000001")]
    [InlineData("users", "-1")]
    public async Task A_number_out_of_range_is_refused_before_the_verb_runs(string argument, string value) =>
        await cruddur.AssertFailsAsync("validation failed", DynamoDb, "add-messages", Cancelled, (argument, value));

    [Theory]
    [InlineData("--json")]
    [InlineData("-?")]
    [InlineData("bayko --help")]
    public async Task An_argument_is_never_read_as_an_option(string handle)
    {
        var result = await cruddur.RunCommandAsync(DynamoDb, "list-conversations", Cancelled, ("handle", handle));

        Assert.False(result.Success);
        Assert.Null(result.Data);
    }

    [Fact]
    public async Task A_created_user_signs_in_at_once()
    {
        var handle = Member.NewHandle("Vir");

        await cruddur.ReadTableAsync(Cognito, "create-user", Cancelled, ("handle", handle), ("name", "Vir \"--yes\" Cotto"));

        using var api = await cruddur.ApiAsync(Member.AddressOf(handle), Cancelled);
        var user = await api.GetFromJsonAsync<JsonElement>($"/api/users/@{handle}/short", Cancelled);
        Assert.Equal("Vir \"--yes\" Cotto", user.GetProperty("display_name").GetString());
        await cruddur.AssertFailsAsync(
            "Another user has the handle", Cognito, "create-user", Cancelled, ("handle", handle), ("name", "Vir"));
    }

    [Fact]
    public async Task The_newest_code_confirms_an_account()
    {
        var (first, second) = (Member.NewHandle("Na'Toth"), Member.NewHandle("G'Kar"));
        await Member.SignUpAsync(cruddur, "Na'Toth", first, Cancelled);
        await Member.SignUpAsync(cruddur, "G'Kar", second, Cancelled);

        var newest = await cruddur.ReadTableAsync(Cognito, "newest-code", Cancelled);
        Assert.Contains(Escape(Member.AddressOf(second)), newest, StringComparison.Ordinal);
        var table = await cruddur.ReadTableAsync(Cognito, "newest-code", Cancelled, ("handle", $"@{first}"));
        Assert.Contains(Escape(Member.AddressOf(first)), table, StringComparison.Ordinal);

        var code = table.Split('\n')[2].Split('|')[1].Trim();
        await cruddur.CallCognitoAsync(
            "ConfirmSignUp",
            new { AppHost.Cognito.LocalPool.ClientId, Username = Member.AddressOf(first), ConfirmationCode = code },
            Cancelled);
        await cruddur.AssertFailsAsync(
            "does not wait for a code", Cognito, "newest-code", Cancelled, ("handle", Member.AddressOf(first)));
    }

    [Fact]
    public async Task Commands_are_disabled_while_a_server_that_they_need_is_stopped()
    {
        await cruddur.App.ResourceCommands.ExecuteCommandAsync(DynamoDb, KnownResourceCommands.StopCommand, Cancelled);
        await cruddur.WaitForCommandAsync(DynamoDb, "scan", ResourceCommandState.Disabled, Cancelled);
        await cruddur.WaitForCommandAsync(Seeder, "reset", ResourceCommandState.Disabled, Cancelled);
        await cruddur.WaitForCommandAsync(Database, "setup", ResourceCommandState.Enabled, Cancelled);

        await cruddur.App.StartResourceAsync(DynamoDb, Cancelled);
        await cruddur.WaitForCommandAsync(DynamoDb, "scan", ResourceCommandState.Enabled, Cancelled);
        await cruddur.WaitForCommandAsync(Seeder, "reset", ResourceCommandState.Enabled, Cancelled);
    }

    [Fact]
    public async Task One_command_at_a_time_changes_data_and_a_cancelled_one_ends_its_process()
    {
        await cruddur.ReadTableAsync(Seeder, "reset", Cancelled);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        const string Messages = "--messages=987654";
        var adding = cruddur.RunCommandAsync(DynamoDb, "add-messages", cancellation.Token, ("messages", Messages.Split('=')[1]));
        await WaitForVerbAsync(Messages);

        await cruddur.AssertFailsAsync("dynamodb add-messages is still running.", DynamoDb, "drop", Cancelled);
        await cruddur.AssertFailsAsync("dynamodb add-messages is still running.", Seeder, "state-save", Cancelled, ("name", "busy"));
        await cruddur.ReadTableAsync(DynamoDb, "list-tables", Cancelled);

        await cancellation.CancelAsync();
        var result = await adding;
        Assert.True(result.Canceled, result.Message);
        Assert.Empty(LinuxProcesses.Naming(Messages));
        await cruddur.ReadTableAsync(Seeder, "reset", Cancelled);
    }

    [Fact]
    public async Task What_a_verb_prints_is_in_the_console_log_and_its_spans_reach_the_collector()
    {
        var handle = Member.NewHandle("Lennier");
        await cruddur.ReadTableAsync(Cognito, "create-user", Cancelled, ("handle", handle), ("name", "Lennier"));
        await cruddur.ReadTableAsync(Cognito, "list-users", Cancelled);

        Assert.Contains(
            await cruddur.App.ReadLogAsync(Cognito, Cancelled),
            line => line.Contains($"created {Escape(handle)}", StringComparison.Ordinal));
        await cruddur.Traces.WaitForAsync("cognito create-user", Cancelled);
        await cruddur.Traces.WaitForAsync("cognito list-users", Cancelled);
    }

    /// <summary>Text as it is in a cell of a Markdown table.</summary>
    private static string Escape(string text) => text.Replace("_", @"\_", StringComparison.Ordinal);

    private static async Task WaitForVerbAsync(string argument)
    {
        for (var deadline = DateTime.UtcNow + VerbTimeout; LinuxProcesses.Naming(argument).Count == 0;)
        {
            Assert.True(DateTime.UtcNow < deadline, "The verb does not run.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancelled);
        }
    }

    private async Task AssertTableAsync(string text, string resource, string command, params (string Name, string Value)[] arguments) =>
        Assert.Contains(text, await cruddur.ReadTableAsync(resource, command, Cancelled, arguments), StringComparison.Ordinal);

    private async Task<IReadOnlyList<ResourceCommandSnapshot>> CommandsAsync(string resource)
    {
        var current = await cruddur.App.ResourceNotifications.WaitForResourceAsync(resource, _ => true, Cancelled);
        return current.Snapshot.Commands;
    }
}
