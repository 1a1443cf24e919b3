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

    /// <summary>What Postgres says to clients while the tests of snapshots stop and start it.</summary>
    private static readonly string[] Restart =
    [
        "FATAL:  terminating connection due to administrator command",
        "FATAL:  the database system is shutting down",
        "FATAL:  the database system is starting up",
    ];

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
        Restart.Append(ScratchDatabase).Append(SharedHandle).Any(expected => line.Contains(expected, StringComparison.Ordinal));
}
