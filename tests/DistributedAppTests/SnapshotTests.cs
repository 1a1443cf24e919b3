using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Integrations.EmbeddedPostgres;
using Cruddur.AppHost.Snapshots;
using Cruddur.DistributedAppTests.Browser;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.DistributedAppTests;

/// <summary>The data of all servers is saved and restored together, while the API and the AppHost go on.</summary>
public sealed class SnapshotTests(RunningCruddur cruddur) : IAsyncLifetime
{
    private readonly string _name = $"test-{Guid.NewGuid():N}"[..20];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string SnapshotPath => Path.Combine(cruddur.StatePath, "snapshots", _name);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(SnapshotPath))
        {
            await ExecuteAsync(SnapshotCommandNames.Delete, (SnapshotCommandNames.NameArgument, _name));
        }
    }

    [Fact]
    public async Task A_restore_brings_back_messages_cruds_and_users_and_the_API_serves_them_at_once()
    {
        using var early = await Member.RegisterAsync(cruddur, "Susan Ivanova", Cancelled);
        using var other = await Member.RegisterAsync(cruddur, "Marcus Cole", Cancelled);
        var conversation = await early.WriteAsync(other, "Before the save.", Cancelled);
        await early.TellAsync(["A crud before the save."], Cancelled);
        await SaveAsync();

        await early.WriteAsync(other, "After the save.", Cancelled);
        await early.TellAsync(["A crud after the save."], Cancelled);
        using var late = await Member.RegisterAsync(cruddur, "Talia Winters", Cancelled);
        await late.WriteAsync(early, "I signed up after the save.", Cancelled);
        var restore = Stopwatch.StartNew();
        await SucceedAsync(SnapshotCommandNames.Restore, (SnapshotCommandNames.NameArgument, _name));
        TestContext.Current.TestOutputHelper?.WriteLine($"The restore took {restore.Elapsed.TotalSeconds:0.0} s.");

        // The tokens from before the save and from after it are still valid, and nobody remembers the user who is gone.
        Assert.Equal(["Before the save."], await early.MessagesAsync(conversation, Cancelled));
        Assert.Equal(["A crud before the save."], await early.CrudsAsync(Cancelled));
        Assert.Equal([other.Handle], await early.CorrespondentsAsync(Cancelled));
        Assert.Equal(HttpStatusCode.NotFound, await early.GetStatusAsync($"/api/users/@{late.Handle}/short", Cancelled));
        Assert.Equal(HttpStatusCode.Forbidden, await late.GetStatusAsync("/api/message_groups", Cancelled));
        await Assert.ThrowsAsync<HttpRequestException>(() => cruddur.SignInAsync(late.Email, Cancelled));

        // The system goes on.
        await cruddur.SignInAsync(early.Email, Cancelled);
        await other.WriteAsync(early, "After the restore.", Cancelled);
        Assert.Equal(["Before the save.", "After the restore."], await early.MessagesAsync(conversation, Cancelled));
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_a_snapshot_is_saved_under_load()
    {
        using var one = await Member.RegisterAsync(cruddur, "Lyta Alexander", Cancelled);
        using var two = await Member.RegisterAsync(cruddur, "Zack Allan", Cancelled);
        var conversation = await one.WriteAsync(two, "0", Cancelled);
        var (texts, addresses) = (new List<string> { "0" }, new List<string>());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var sending = RepeatAsync(SendAsync, end.Token);
        var signUps = Enumerable.Range(0, 4).Select(_ => RepeatAsync(SignUpAsync, end.Token)).ToList();

        await SaveAsync();
        await end.CancelAsync();
        await Task.WhenAll([sending, .. signUps]);

        var stored = await one.MessagesAsync(conversation, Cancelled);
        Assert.Empty(texts.TakeLast(100).Except(stored));
        var users = await cruddur.CallCognitoAsync(
            "ListUsers", new { UserPoolId = AppHost.Cognito.LocalPool.PoolId }, Cancelled);
        Assert.NotEmpty(addresses);
        Assert.All(addresses, address => Assert.Contains(address, users.ToString(), StringComparison.Ordinal));

        async Task SendAsync(int number)
        {
            await one.WriteAsync(two, $"{number}", end.Token);
            texts.Add($"{number}");
        }

        async Task SignUpAsync(int number)
        {
            var handle = Member.NewHandle("Lyta");
            await Member.SignUpAsync(cruddur, "Lyta", handle, end.Token);
            lock (addresses)
            {
                addresses.Add(Member.AddressOf(handle));
            }
        }
    }

    [Fact]
    public async Task A_snapshot_is_listed_and_not_overwritten_by_mistake()
    {
        await SaveAsync();
        var savedAt = SavedAt();

        await FailAsync($"There is a snapshot {_name} already", SnapshotCommandNames.Save, (SnapshotCommandNames.NameArgument, _name));
        Assert.Equal(savedAt, SavedAt());
        var list = await SucceedAsync(SnapshotCommandNames.List);
        Assert.Equal(CommandResultFormat.Markdown, list.Data!.Format);
        Assert.Contains($"| {_name} | ", list.Data.Value, StringComparison.Ordinal);
        Assert.Contains("cognito, dynamodb, postgres", list.Data.Value, StringComparison.Ordinal);

        await SucceedAsync(
            SnapshotCommandNames.Save, (SnapshotCommandNames.NameArgument, _name), (SnapshotCommandNames.OverwriteArgument, "true"));
        Assert.True(SavedAt() > savedAt);
        await SucceedAsync(SnapshotCommandNames.Delete, (SnapshotCommandNames.NameArgument, _name));
        Assert.False(Directory.Exists(SnapshotPath));

        DateTime SavedAt() => File.GetLastWriteTimeUtc(Path.Combine(SnapshotPath, "snapshot.json"));
    }

    [Fact]
    public async Task The_verbs_of_a_terminal_save_list_restore_and_delete_a_snapshot()
    {
        Assert.Contains($"Saved the snapshot {_name} (", await RunVerbAsync("save", _name), StringComparison.Ordinal);
        var (exitCode, _, error) = await cruddur.RunSeederAsync("cruddur", "state", "save", _name);
        Assert.Equal(3, exitCode);
        Assert.Contains($"Replace the snapshot {_name}?", error, StringComparison.Ordinal);
        Assert.Contains($"Saved the snapshot {_name} (", await RunVerbAsync("save", _name, "--yes"), StringComparison.Ordinal);

        using var json = JsonDocument.Parse(await RunVerbAsync("list", "--json"));
        var row = json.RootElement.EnumerateArray().Single(row => row.GetProperty("name").GetString() == _name);
        Assert.True(row.GetProperty("saved_at").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-5));
        Assert.True(row.GetProperty("bytes").GetInt64() > 1_000_000);
        Assert.Equal("cognito, dynamodb, postgres", row.GetProperty("servers").GetString());
        Assert.Contains($"| {_name} | ", await RunVerbAsync("list", "--markdown"), StringComparison.Ordinal);

        Assert.Equal(3, (await cruddur.RunSeederAsync("cruddur", "state", "restore", _name)).ExitCode);
        Assert.Contains($"Restored the snapshot {_name}", await RunVerbAsync("restore", _name, "--yes"), StringComparison.Ordinal);
        Assert.Contains($"Deleted the snapshot {_name}.", await RunVerbAsync("delete", _name, "--yes"), StringComparison.Ordinal);
        (exitCode, _, error) = await cruddur.RunSeederAsync("cruddur", "state", "delete", _name, "--yes");
        Assert.Equal(1, exitCode);
        Assert.Contains($"There is no snapshot {_name}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../postgres", "can't be the name of a snapshot: a name has 1 to 64 letters")]
    [InlineData("no-such-snapshot", "There is no snapshot no-such-snapshot")]
    public async Task A_name_that_is_malformed_or_unknown_is_refused(string name, string sentence)
    {
        await FailAsync(sentence, SnapshotCommandNames.Restore, (SnapshotCommandNames.NameArgument, name));
        await FailAsync(sentence, SnapshotCommandNames.Delete, (SnapshotCommandNames.NameArgument, name));
    }

    [Fact]
    public async Task One_operation_runs_at_a_time()
    {
        string[] names = [_name, $"{_name}-2"];
        var results = await Task.WhenAll(names.Select(name =>
            ExecuteAsync(SnapshotCommandNames.Save, (SnapshotCommandNames.NameArgument, name))));

        var refused = Assert.Single(results, result => !result.Success);
        Assert.StartsWith("seeder state-save is still running.", refused.Message, StringComparison.Ordinal);
        var saved = names[Array.FindIndex(results, result => result.Success)];
        await SucceedAsync(SnapshotCommandNames.Delete, (SnapshotCommandNames.NameArgument, saved));
    }

    [Fact]
    public async Task A_save_that_fails_is_explained_and_the_servers_are_started_again()
    {
        using var member = await Member.RegisterAsync(cruddur, "Lennier Mir", Cancelled);
        var obstacle = Path.Combine(cruddur.StatePath, "snapshots", ".saving");
        Directory.CreateDirectory(Path.GetDirectoryName(obstacle)!);
        await File.WriteAllTextAsync(obstacle, "", Cancelled);

        await FailAsync($"The snapshot {_name} was not saved: ", SnapshotCommandNames.Save, (SnapshotCommandNames.NameArgument, _name));
        File.Delete(obstacle);

        Assert.False(Directory.Exists(SnapshotPath));
        await cruddur.SignInAsync(member.Email, Cancelled);
        await member.TellAsync(["The servers are back."], Cancelled);
        Assert.Equal([], await member.CorrespondentsAsync(Cancelled));
    }

    [Fact]
    public async Task The_snapshot_of_another_PostgreSQL_is_refused_while_the_servers_go_on()
    {
        await SaveAsync();
        await File.WriteAllTextAsync(Path.Combine(SnapshotPath, "postgres", "data", "PG_VERSION"), "17\n", Cancelled);
        var process = ProcessIdOf(CruddurResources.Postgres);

        await FailAsync(
            "PostgreSQL 17, and this is PostgreSQL 18", SnapshotCommandNames.Restore, (SnapshotCommandNames.NameArgument, _name));

        Assert.Equal(process, ProcessIdOf(CruddurResources.Postgres));
    }

    [Fact]
    public async Task The_servers_get_their_earlier_data_back_when_one_does_not_start_with_the_snapshot()
    {
        using var one = await Member.RegisterAsync(cruddur, "John Sheridan", Cancelled);
        using var two = await Member.RegisterAsync(cruddur, "Delenn Mir", Cancelled);
        await SaveAsync();
        var conversation = await one.WriteAsync(two, "After the save.", Cancelled);
        var pool = Path.Combine(SnapshotPath, "cognito", ".cognito", "db", $"{AppHost.Cognito.LocalPool.PoolId}.json");
        await File.WriteAllTextAsync(pool, "{ half a f", Cancelled);

        await FailAsync("is not a file of cognito-local", SnapshotCommandNames.Restore, (SnapshotCommandNames.NameArgument, _name));

        Assert.Equal(["After the save."], await one.MessagesAsync(conversation, Cancelled));
        await cruddur.SignInAsync(two.Email, Cancelled);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(cruddur.StatePath, "snapshots"), ".*"));
    }

    [Fact]
    public async Task A_snapshot_of_another_checkout_gets_the_password_of_this_one()
    {
        using var member = await Member.RegisterAsync(cruddur, "Vir Cotto", Cancelled);
        await SaveAsync();
        var model = cruddur.App.Services.GetRequiredService<DistributedApplicationModel>();
        var running = model.Resources.OfType<EmbeddedPostgresResource>().Single().Cluster;
        var copy = running.In(new DataDirectoryAnnotation(Path.Combine(SnapshotPath, "postgres"), ""));
        await copy.ChangePasswordAsync("another0password");
        Assert.NotEqual(running.Password, copy.Password);

        await SucceedAsync(SnapshotCommandNames.Restore, (SnapshotCommandNames.NameArgument, _name));

        Assert.Equal(HttpStatusCode.OK, await member.GetStatusAsync($"/api/users/@{member.Handle}/short", Cancelled));
    }

    /// <summary>Repeats something until the token is cancelled. A failure in between is not acknowledged, and counts for nothing.</summary>
    private static async Task RepeatAsync(Func<int, Task> act, CancellationToken end)
    {
        for (var number = 1; !end.IsCancellationRequested; number++)
        {
            try
            {
                await act(number);
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<string> RunVerbAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await cruddur.RunSeederAsync("cruddur", ["state", .. arguments]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private object? ProcessIdOf(string resource)
    {
        Assert.True(cruddur.App.ResourceNotifications.TryGetCurrentState(resource, out var current));
        return current.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value;
    }

    private async Task SaveAsync()
    {
        var save = Stopwatch.StartNew();
        await SucceedAsync(SnapshotCommandNames.Save, (SnapshotCommandNames.NameArgument, _name));
        TestContext.Current.TestOutputHelper?.WriteLine($"The save took {save.Elapsed.TotalSeconds:0.0} s.");
    }

    private async Task<ExecuteCommandResult> SucceedAsync(string command, params (string Name, string Value)[] arguments)
    {
        var result = await ExecuteAsync(command, arguments);
        Assert.True(result.Success, result.Message);
        return result;
    }

    private async Task FailAsync(string sentence, string command, params (string Name, string Value)[] arguments)
    {
        var result = await ExecuteAsync(command, arguments);
        Assert.False(result.Success);
        Assert.Contains(sentence, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', result.Message!);
    }

    private Task<ExecuteCommandResult> ExecuteAsync(string command, params (string Name, string Value)[] arguments) =>
        cruddur.ExecuteOnSeederAsync(command, Cancelled, arguments);
}
