using System.Diagnostics;
using System.Runtime.Versioning;
using Cruddur.AppHost.Session;
using Cruddur.AppHost.State;

namespace Cruddur.AppHostTests;

public sealed class SessionFileTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("cruddur-session-").FullName;

    private string FilePath => Path.Combine(_path, "session.json");

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void The_session_of_a_running_AppHost_is_read_as_it_was_written()
    {
        var written = SessionOf(Environment.ProcessId);
        written.Write(_path);

        var read = SessionFile.Read(_path);

        Assert.NotNull(read);
        Assert.Equal(written.AppHost, read.AppHost);
        Assert.Equal(written.Pipe, read.Pipe);
        Assert.Equal(written.Environment, read.Environment);
        Assert.Equal([FilePath], Directory.EnumerateFileSystemEntries(_path));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_its_owner_can_read_the_file()
    {
        // A file that an earlier run was writing when it was killed has no say.
        File.WriteAllText(FilePath + ".new", "");
        File.SetUnixFileMode(FilePath + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        SessionOf(Environment.ProcessId).Write(_path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void The_session_of_a_killed_AppHost_is_ignored()
    {
        using var process = Process.Start("sleep", "60");
        SessionOf(process.Id).Write(_path);
        Assert.NotNull(SessionFile.Read(_path));

        process.Kill();
        process.WaitForExit();

        Assert.Null(SessionFile.Read(_path));
    }

    [Fact]
    public void A_later_process_with_the_same_id_is_not_the_AppHost()
    {
        var session = SessionOf(Environment.ProcessId);
        (session with { AppHost = session.AppHost with { StartTime = session.AppHost.StartTime - 1 } }).Write(_path);

        Assert.Null(SessionFile.Read(_path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"appHost":{"id":"x"}}""")]
    public void A_file_of_another_format_is_ignored(string content)
    {
        File.WriteAllText(FilePath, content);

        Assert.Null(SessionFile.Read(_path));
    }

    [Fact]
    public void Without_a_file_there_is_no_session()
    {
        Assert.Null(SessionFile.Read(_path));
        Assert.Null(SessionFile.Read(Path.Combine(_path, "missing")));
        SessionFile.Delete(_path);
    }

    private static SessionFile SessionOf(int processId) => new(
        RecordedProcess.Find(processId)!, "pipe", new Dictionary<string, string> { ["ConnectionStrings__cruddur"] = "Host=localhost" });
}
