using System.Diagnostics;
using System.Runtime.Versioning;
using Cruddur.AppHost.Prerequisites;
using Cruddur.AppHost.State;

namespace Cruddur.AppHostTests;

public sealed class StateDirectoryTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string PostgresData => Path.Combine(_path, "postgres", "data");

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public async Task It_keeps_what_it_holds()
    {
        await CreateAsync();
        WritePostgresData();

        await CreateAsync();

        Assert.True(File.Exists(PostgresData));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_its_owner_can_read_it()
    {
        await CreateAsync();
        File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead);

        await CreateAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_path));
    }

    [Fact]
    public async Task A_fresh_start_deletes_the_servers_data_and_nothing_else()
    {
        await CreateAsync();
        WritePostgresData();
        var foreign = Path.Combine(Directory.CreateDirectory(Path.Combine(_path, "notes")).FullName, "todo.txt");
        await File.WriteAllTextAsync(foreign, "mine", Cancelled);

        await CreateAsync(fresh: true);

        Assert.False(File.Exists(PostgresData));
        Assert.True(File.Exists(foreign));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_directory_of_other_files_is_refused_and_left_alone(bool fresh)
    {
        WritePostgresData();
        var foreign = Path.Combine(_path, "todo.txt");
        await File.WriteAllTextAsync(foreign, "mine", Cancelled);

        var error = await Assert.ThrowsAsync<PrerequisiteException>(() => CreateAsync(fresh));

        Assert.Contains("holds files that are not Cruddur's", error.Message, StringComparison.Ordinal);
        Assert.Equal([foreign, Path.GetDirectoryName(PostgresData)!], Directory.EnumerateFileSystemEntries(_path).OrderDescending());
        Assert.True(File.Exists(PostgresData));
    }

    [Fact]
    public async Task The_directory_of_an_earlier_version_is_used()
    {
        WritePostgresData();
        await File.WriteAllTextAsync(Path.Combine(_path, ".lock"), "", Cancelled);

        await CreateAsync();

        Assert.True(File.Exists(PostgresData));
    }

    [Fact]
    public async Task Only_one_AppHost_has_it_and_another_deletes_nothing()
    {
        using var first = await StateDirectory.OpenAsync(_path, fresh: false, Cancelled);
        WritePostgresData();

        var error = await Assert.ThrowsAsync<PrerequisiteException>(() => StateDirectory.OpenAsync(_path, fresh: true, Cancelled));

        Assert.Contains("Another AppHost uses the data directory", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(PostgresData));
    }

    [Fact]
    public async Task It_waits_for_an_AppHost_that_is_stopping()
    {
        var first = await StateDirectory.OpenAsync(_path, fresh: false, Cancelled);
        await File.WriteAllTextAsync(Path.Combine(_path, "run"), "stopping\n", Cancelled);

        var second = StateDirectory.OpenAsync(_path, fresh: false, Cancelled);
        Assert.False(second.IsCompleted);
        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task It_waits_for_the_processes_of_the_previous_run_and_for_no_others()
    {
        await CreateAsync();
        using var server = Process.Start("sleep", "60");
        var recorded = RecordedProcess.Find(server.Id)!;

        // An id that another process has by now is not the previous run's.
        await RecordAsync(recorded with { StartTime = recorded.StartTime - 1 });
        await CreateAsync();

        await RecordAsync(recorded);
        var open = CreateAsync();
        Assert.False(open.IsCompleted);
        server.Kill();
        await open;
        Assert.False(File.Exists(Path.Combine(_path, "run")));
    }

    [Fact]
    public void The_fresh_switch_does_not_take_the_next_argument_as_its_value()
    {
        Directory.CreateDirectory(_path);

        var expanded = StateDirectory.ExpandFreshSwitch(["--fresh", "--Backing:Mode", "embedded"]);

        Assert.Equal(["--State:Fresh=true", "--Backing:Mode", "embedded"], expanded);
    }

    private async Task CreateAsync(bool fresh = false)
    {
        using var state = await StateDirectory.OpenAsync(_path, fresh, Cancelled);
    }

    private void WritePostgresData()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PostgresData)!);
        File.WriteAllText(PostgresData, "rows");
    }

    private Task RecordAsync(RecordedProcess process) =>
        File.WriteAllTextAsync(Path.Combine(_path, "run"), FormattableString.Invariant($"{process.Id} {process.StartTime}\n"), Cancelled);
}
