using System.Runtime.Versioning;
using Cruddur.AppHost.Snapshots;
using Cruddur.AppHost.State;

namespace Cruddur.AppHostTests;

public sealed class SnapshotDirectoryTests : IAsyncLifetime
{
    private static readonly string[] Servers = ["cognito", "dynamodb", "postgres"];

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("cruddur-snapshots-");
    private readonly SnapshotDirectory _snapshots;

    public SnapshotDirectoryTests() => _snapshots = new(_state.FullName);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Root => Path.Combine(_state.FullName, "snapshots");

    public async ValueTask InitializeAsync()
    {
        await OpenAsync();
        Array.ForEach(Servers, server => Directory.CreateDirectory(Path.Combine(_state.FullName, server)));
        Write("old");
    }

    public ValueTask DisposeAsync()
    {
        _state.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("a")]
    [InlineData("Bug-42.before")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void A_name_has_letters_digits_dots_and_dashes(string name) => Assert.True(Snapshot.IsName(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../postgres")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("/tmp")]
    [InlineData(".saving")]
    [InlineData("demo.")]
    [InlineData("-demo")]
    [InlineData("my demo")]
    [InlineData("demo\n")]
    [InlineData("demo\0")]
    [InlineData("démo")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void Another_name_is_refused(string? name) => Assert.False(Snapshot.IsName(name));

    [Fact]
    public void A_saved_snapshot_is_listed_with_its_time_size_and_servers()
    {
        var first = Save("first");
        var second = Save("second");

        Assert.Equal(["second", "first"], Snapshot.List(_state.FullName).Select(snapshot => snapshot.Name));
        var found = Snapshot.Find(_state.FullName, "first")!;
        Assert.Equal((first.SavedAt, 9L, Servers.Length), (found.SavedAt, found.Bytes, found.Servers.Count));
        Assert.True(second.SavedAt > first.SavedAt);
    }

    [Fact]
    public void A_restore_brings_back_the_saved_data_and_keeps_the_snapshot()
    {
        Save("demo");
        Write("new");

        Replace("demo");
        _snapshots.Accept();

        Assert.All(Servers, server => Assert.Equal("old", Read(server)));
        Assert.Equal(["demo"], Entries());
        Assert.NotNull(Snapshot.Find(_state.FullName, "demo"));
    }

    [Fact]
    public void Data_that_is_written_later_does_not_change_the_snapshot()
    {
        Save("demo");
        Array.ForEach(Servers, server => File.AppendAllText(DataOf(server), "new"));

        Assert.All(Servers, server => Assert.Equal("old", File.ReadAllText(Path.Combine(Root, "demo", server, "data"))));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Modes_and_symbolic_links_are_kept_and_the_file_of_the_running_server_is_left_out()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var cluster = Directory.CreateDirectory(Path.Combine(_state.FullName, "postgres", "cluster"), OwnerOnly | UnixFileMode.UserExecute);
        File.SetUnixFileMode(DataOf("postgres"), OwnerOnly);
        File.CreateSymbolicLink(Path.Combine(cluster.FullName, "link"), "../data");
        File.WriteAllText(Path.Combine(cluster.FullName, "postmaster.pid"), "1");

        Save("demo");

        var copy = Path.Combine(Root, "demo", "postgres");
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Root));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(Root, "demo")));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(copy, "cluster")));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(copy, "data")));
        Assert.Equal("../data", new FileInfo(Path.Combine(copy, "cluster", "link")).LinkTarget);
        Assert.False(File.Exists(Path.Combine(copy, "cluster", "postmaster.pid")));
    }

    [Fact]
    public void A_save_that_fails_leaves_no_snapshot_and_keeps_the_one_of_the_same_name()
    {
        Save("demo");
        Write("new");

        Assert.ThrowsAny<IOException>(() => _snapshots.Save("demo", [.. Servers, "missing"], DateTimeOffset.UtcNow, Cancelled));
        _snapshots.Recover();

        Assert.Equal(["demo"], Entries());
        Assert.Equal("old", File.ReadAllText(Path.Combine(Root, "demo", "postgres", "data")));
    }

    [Fact]
    public void A_save_that_is_cancelled_leaves_no_snapshot()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => _snapshots.Save("demo", Servers, DateTimeOffset.UtcNow, new(canceled: true)));
        _snapshots.Recover();

        Assert.Empty(Entries());
    }

    [Fact]
    public void Saving_again_replaces_the_snapshot()
    {
        Save("demo");
        Write("new");

        Save("demo");

        Assert.Equal("new", File.ReadAllText(Path.Combine(Root, "demo", "postgres", "data")));
        Assert.Equal(["demo"], Entries());
    }

    /// <summary>The AppHost is killed after each of the renames of a save that replaces a snapshot.</summary>
    [Theory]
    [InlineData(0, "old")]
    [InlineData(1, "old")]
    [InlineData(2, "new")]
    public async Task A_save_that_is_killed_leaves_the_earlier_or_the_new_snapshot(int renames, string expected)
    {
        Save("demo");
        Write("new");
        Save("next");
        Directory.Move(Path.Combine(Root, "next"), Path.Combine(Root, ".saving"));
        (string From, string To)[] steps = [("demo", ".overwritten/demo"), (".saving", "demo")];
        Directory.CreateDirectory(Path.Combine(Root, ".overwritten"));
        Array.ForEach(steps[..renames], step => Directory.Move(Path.Combine(Root, step.From), Path.Combine(Root, step.To)));

        await OpenAsync();

        Assert.Equal(["demo"], Entries());
        Assert.Equal(expected, File.ReadAllText(Path.Combine(Root, "demo", "postgres", "data")));
    }

    /// <summary>The AppHost is killed after each of the renames of a restore.</summary>
    [Theory]
    [InlineData(0, "new")]
    [InlineData(1, "new")]
    [InlineData(2, "new")]
    [InlineData(3, "new")]
    [InlineData(6, "new")]
    [InlineData(7, "old")]
    public async Task After_a_restore_that_is_killed_the_next_start_has_all_earlier_or_all_restored_data(int renames, string expected)
    {
        Save("demo");
        Write("new");
        Stage("demo");
        Directory.CreateDirectory(Path.Combine(Root, ".replaced"));
        var steps = Servers
            .SelectMany(server => new[]
            {
                (From: Path.Combine(_state.FullName, server), To: Path.Combine(Root, ".replaced", server)),
                (From: Path.Combine(Root, ".restoring", server), To: Path.Combine(_state.FullName, server)),
            })
            .Append((From: Path.Combine(Root, ".replaced"), To: Path.Combine(Root, ".discarded")));
        foreach (var (from, to) in steps.Take(renames))
        {
            Directory.Move(from, to);
        }

        await OpenAsync();

        Assert.All(Servers, server => Assert.Equal(expected, Read(server)));
        Assert.Equal(["demo"], Entries());
    }

    [Fact]
    public async Task A_fresh_start_keeps_the_snapshots()
    {
        Save("demo");

        await OpenAsync(fresh: true);

        Assert.False(File.Exists(DataOf("postgres")));
        Assert.Equal(["demo"], Snapshot.List(_state.FullName).Select(snapshot => snapshot.Name));
    }

    [Fact]
    public void A_deleted_snapshot_is_gone()
    {
        Save("demo");

        _snapshots.Delete("demo");

        Assert.Empty(Entries());
    }

    [Theory]
    [InlineData("""{"layout":2,"savedAt":"2026-11-26T15:00:00Z","bytes":9,"servers":["postgres"]}""")]
    [InlineData("{")]
    [InlineData("")]
    public void A_directory_of_another_layout_is_no_snapshot(string description)
    {
        Save("demo");
        File.WriteAllText(Path.Combine(Root, "demo", "snapshot.json"), description);

        Assert.Null(Snapshot.Find(_state.FullName, "demo"));
        Assert.Empty(Snapshot.List(_state.FullName));
    }

    private Snapshot Save(string name) => _snapshots.Save(name, Servers, DateTimeOffset.UtcNow, Cancelled);

    private void Stage(string name) => _snapshots.Stage(Snapshot.Find(_state.FullName, name)!, Cancelled);

    private void Replace(string name)
    {
        Stage(name);
        _snapshots.Replace(Servers);
    }

    private void Write(string text) => Array.ForEach(Servers, server => File.WriteAllText(DataOf(server), text));

    private string Read(string server) => File.ReadAllText(DataOf(server));

    private string DataOf(string server) => Path.Combine(_state.FullName, server, "data");

    private IEnumerable<string?> Entries() => Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName);

    private async Task OpenAsync(bool fresh = false)
    {
        using var state = await StateDirectory.OpenAsync(_state.FullName, fresh, Cancelled);
    }
}
