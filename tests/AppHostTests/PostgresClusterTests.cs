using System.Diagnostics;
using Aspire.Hosting;
using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Integrations.EmbeddedPostgres;
using Microsoft.Extensions.Logging.Abstractions;
using static System.FormattableString;

namespace Cruddur.AppHostTests;

public sealed class PostgresClusterTests : IDisposable
{
    private const string ResetHint = "start once with --fresh";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cruddur-postgres-");

    private string Data => Path.Combine(_directory.FullName, "data");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task The_data_of_another_major_version_is_explained_and_left_alone()
    {
        WriteCluster(version: "17");

        Assert.Equal($"{Data} was created by PostgreSQL 17, and this is PostgreSQL 18: {ResetHint}.", await RefusalAsync());
        Assert.Equal("17", await File.ReadAllTextAsync(Path.Combine(Data, "PG_VERSION"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("PG_VERSION")]
    [InlineData("global/pg_control")]
    public async Task Incomplete_data_is_explained_and_left_alone(string missing)
    {
        WriteCluster(version: "18");
        File.Delete(Path.Combine(Data, missing));

        Assert.Equal($"{Data} is not a complete PostgreSQL cluster: {ResetHint}.", await RefusalAsync());
        Assert.True(Directory.Exists(Data));
    }

    [Fact]
    public async Task Data_in_use_is_explained()
    {
        WriteCluster(version: "18");
        using var server = Process.Start("sleep", "60");
        WriteProcessFile(server.Id, server.StartTime, "ready");

        Assert.Equal(
            $"{Data} is in use by the PostgreSQL server with process id {server.Id}: stop that server, then start again.",
            await RefusalAsync());
        server.Kill();
    }

    [Fact]
    public async Task A_process_file_that_a_crash_left_behind_is_no_obstacle()
    {
        WriteCluster(version: "18");
        using var other = Process.GetCurrentProcess();
        WriteProcessFile(other.Id, other.StartTime.AddHours(-1), "ready");

        await Cluster().InitializeAsync(NullLogger.Instance);
    }

    [Fact]
    public void A_server_accepts_connections_when_its_process_file_says_so()
    {
        WriteCluster(version: "18");
        Assert.False(Cluster().AcceptsConnections);

        WriteProcessFile(1, DateTime.Now, "starting");
        Assert.False(Cluster().AcceptsConnections);

        WriteProcessFile(1, DateTime.Now, "ready   ");
        Assert.True(Cluster().AcceptsConnections);
    }

    [Fact]
    public void All_who_ask_for_a_new_password_get_the_same()
    {
        var passwords = new string[8];

        Parallel.For(0, passwords.Length, i => passwords[i] = Cluster().Password);

        Assert.Equal(32, Assert.Single(passwords.Distinct()).Length);
        Assert.Equal(["password"], _directory.GetFiles().Select(file => file.Name));
    }

    private PostgresCluster Cluster() => new(
        new DataDirectoryAnnotation(_directory.FullName, ResetHint),
        packageDirectory: _directory.FullName,
        new UnprivilegedUser(isRoot: false));

    private async Task<string> RefusalAsync() =>
        (await Assert.ThrowsAsync<DistributedApplicationException>(() => Cluster().InitializeAsync(NullLogger.Instance))).Message;

    private void WriteCluster(string version)
    {
        Directory.CreateDirectory(Path.Combine(Data, "global"));
        File.WriteAllText(Path.Combine(Data, "PG_VERSION"), version);
        File.WriteAllText(Path.Combine(Data, "global", "pg_control"), "");
    }

    /// <summary>Writes <c>postmaster.pid</c>. See https://www.postgresql.org/docs/18/storage-file-layout.html.</summary>
    private void WriteProcessFile(int id, DateTime start, string status)
    {
        var seconds = new DateTimeOffset(start).ToUnixTimeSeconds();
        string[] lines = [Invariant($"{id}"), Data, Invariant($"{seconds}"), "5432", "", "127.0.0.1", "", status];
        File.WriteAllLines(Path.Combine(Data, "postmaster.pid"), lines);
    }
}
