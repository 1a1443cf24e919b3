using Cruddur.Tests;

namespace Cruddur.DistributedAppTests;

/// <summary>What the resources print while all is well.</summary>
public sealed class LogTests(RunningCruddur cruddur)
{
    private static readonly string[] Complaints = ["fail:", "crit:", "Unhandled exception", "FATAL:", "PANIC:", "EACCES", "npm error"];

    /// <summary>The tests of the seeder ask for this database before it exists.</summary>
    private const string ScratchDatabase = $"FATAL:  database \"{SeederVerbTests.ScratchPrefix}";

    /// <summary>What the seeder says about two users of the pool with one handle.</summary>
    private const string SharedHandle = $"have the same handle, {SeederTests.HandlePrefix}";

    /// <summary>What Postgres says to open connections when the tests of snapshots stop it.</summary>
    private const string Stop = "FATAL:  terminating connection due to administrator command";

    public static TheoryData<string> Processes => [.. CruddurResources.All.Except([CruddurResources.Database])];

    [Theory]
    [MemberData(nameof(Processes))]
    public async Task No_resource_logs_an_error(string name)
    {
        var lines = await cruddur.App.ReadLogAsync(name, TestContext.Current.CancellationToken);
        Assert.NotEmpty(lines);
        Assert.DoesNotContain(
            lines, line => !IsExpected(line) && Complaints.Any(complaint => line.Contains(complaint, StringComparison.Ordinal)));
    }

    private static bool IsExpected(string line) =>
        new[] { ScratchDatabase, SharedHandle, Stop }.Any(expected => line.Contains(expected, StringComparison.Ordinal));
}
