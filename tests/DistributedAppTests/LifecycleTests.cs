using System.Net;

namespace Cruddur.DistributedAppTests;

/// <summary>The AppHost as a process: what it prints, what it leaves behind, where its servers listen.</summary>
public sealed class LifecycleTests
{
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_AppHost_leaves_no_process_behind_and_its_data_whole()
    {
        await using var first = AppHostProcess.Start();
        await first.WaitUntilReadyAsync(Cancelled);
        var servers = LinuxProcesses.Naming(first.State);
        Assert.NotEmpty(servers);

        await first.SignalAsync("KILL", Cancelled);
        await first.WaitForExitAsync(Cancelled);
        await AssertGoneAsync(first.State);

        // The same data directory serves the next start, which does not begin anew.
        await using var second = AppHostProcess.Start($"--{AppHost.State.StateDirectory.Setting}={first.State}");
        await second.WaitUntilReadyAsync(Cancelled);
        Assert.DoesNotContain("recovery failed", second.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_prints_a_line_for_each_resource_listens_on_loopback_only_and_stops_clean()
    {
        await using var appHost = AppHostProcess.Start();
        await appHost.WaitUntilReadyAsync(Cancelled);

        Assert.StartsWith("Backing: embedded", appHost.Output, StringComparison.Ordinal);
        Assert.All(CruddurResources.All, name => Assert.Matches($@"(?m)^  {name}\s+\d+\.\d s", appHost.Output));

        var processes = LinuxProcesses.WithDescendants([appHost.Id, .. LinuxProcesses.Naming(appHost.State)]);
        var listeners = LinuxProcesses.Listeners(processes);
        Assert.NotEmpty(listeners);
        Assert.All(listeners, listener => Assert.True(IPAddress.IsLoopback(listener.Address.IsIPv4MappedToIPv6 ? listener.Address.MapToIPv4() : listener.Address), $"{listener} is open to the network"));

        await appHost.SignalAsync("INT", Cancelled);
        Assert.Equal(0, await appHost.WaitForExitAsync(Cancelled));
        await AssertGoneAsync(appHost.State);
    }

    private static async Task AssertGoneAsync(string state)
    {
        var deadline = DateTime.UtcNow + CleanUpTime;
        while (LinuxProcesses.Naming(state) is { Count: > 0 } left)
        {
            Assert.True(DateTime.UtcNow < deadline, "Still there: " + string.Join('\n', left.Select(LinuxProcesses.CommandLine)));
            await Task.Delay(TimeSpan.FromMilliseconds(200), Cancelled);
        }
    }
}
