using System.Net;
using System.Text.RegularExpressions;
using Cruddur.Tests;

namespace Cruddur.DistributedAppTests;

/// <summary>
/// The AppHost as a process: what it prints, what it leaves behind, where its servers listen, and how starts follow each other.
/// </summary>
public sealed partial class LifecycleTests
{
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_SIGKILL_of_the_AppHost_the_next_start_waits_for_its_processes_and_gets_its_ports_and_data()
    {
        var ports = AppHostProcess.PreferPorts();
        await using var first = AppHostProcess.Start(ports);
        await first.WaitUntilReadyAsync(Cancelled);
        var servers = LinuxProcesses.Naming(first.State);
        Assert.NotEmpty(servers);

        await first.SignalAsync("KILL", Cancelled);
        await using var second = AppHostProcess.Start(ports, $"--{AppHost.State.StateDirectory.Setting}={first.State}");
        await second.WaitUntilReadyAsync(Cancelled);

        Assert.Contains("Waiting for the previous run to end.", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("the dashboard uses", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("recovery failed", second.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(servers.Intersect(LinuxProcesses.Naming(first.State)));

        await second.SignalAsync("TERM", Cancelled);
        Assert.Equal(0, await second.WaitForExitAsync(Cancelled));
        await AssertGoneAsync(first.State);
    }

    [Fact]
    public async Task Two_AppHosts_that_start_at_the_same_time_both_work()
    {
        var ports = AppHostProcess.PreferPorts();
        await using var first = AppHostProcess.Start(ports);
        await using var second = AppHostProcess.Start(ports);
        await Task.WhenAll(first.WaitUntilReadyAsync(Cancelled), second.WaitUntilReadyAsync(Cancelled));

        Assert.Contains("the dashboard uses", first.Output + second.Output, StringComparison.Ordinal);
        string[] addresses = [.. Addresses(first), .. Addresses(second)];
        Assert.Equal(addresses.Length, addresses.Distinct().Count());
        using var client = new HttpClient();
        Assert.All(
            await Task.WhenAll(addresses.Select(address => client.GetAsync(new Uri(address), Cancelled))),
            answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
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
        Assert.All(listeners, listener =>
        {
            var address = listener.Address.IsIPv4MappedToIPv6 ? listener.Address.MapToIPv4() : listener.Address;
            Assert.True(IPAddress.IsLoopback(address), $"{listener} is open to the network");
        });

        await appHost.SignalAsync("INT", Cancelled);
        Assert.Equal(0, await appHost.WaitForExitAsync(Cancelled));
        await AssertGoneAsync(appHost.State);
    }

    [Fact]
    public async Task After_SIGKILL_of_the_AppHost_during_a_restore_the_next_start_has_all_the_earlier_data()
    {
        await using var first = AppHostProcess.Start();
        await first.WaitUntilReadyAsync(Cancelled);
        await RunAsync(first, "state", "save", "demo");
        await RunAsync(first, "cognito", "create-user", "--handle", "late", "--name", "Late Comer");
        var snapshots = Path.Combine(first.State, "snapshots");
        using var restore = first.StartSeeder("state", "restore", "demo", "--yes");

        // The servers start with the snapshot's data.
        for (var deadline = DateTime.UtcNow + CleanUpTime; !Directory.Exists(Path.Combine(snapshots, ".replaced", "postgres"));)
        {
            Assert.True(DateTime.UtcNow < deadline, $"The restore did not begin: {first.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), Cancelled);
        }

        await first.SignalAsync("KILL", Cancelled);
        await restore.WaitForExitAsync(Cancelled);
        await using var second = AppHostProcess.Start($"--{AppHost.State.StateDirectory.Setting}={first.State}");
        await second.WaitUntilReadyAsync(Cancelled);

        Assert.NotEqual(0, restore.ExitCode);
        Assert.Contains("late", await RunAsync(first, "cognito", "list-users"), StringComparison.Ordinal);
        var (_, _, error) = await first.RunSeederAsync("cognito", "create-user", "--handle", "late", "--name", "Late Comer");
        Assert.Contains("Another user has the handle late.", error, StringComparison.Ordinal);
        Assert.Equal(["demo"], Directory.EnumerateFileSystemEntries(snapshots).Select(Path.GetFileName));

        static async Task<string> RunAsync(AppHostProcess appHost, params string[] verb)
        {
            var (exitCode, output, error) = await appHost.RunSeederAsync(verb);
            Assert.True(exitCode == 0, error);
            return output;
        }
    }

    /// <summary>The dashboard and the front end.</summary>
    private static IEnumerable<string> Addresses(AppHostProcess appHost) =>
        [Dashboard().Match(appHost.Output).Value, Frontend().Match(appHost.Output).Groups["address"].Value];

    [GeneratedRegex(@"http://localhost:\d+/login\?t=\w+")]
    private static partial Regex Dashboard();

    [GeneratedRegex(@"(?m)^  frontend +\d+\.\d s +(?<address>http\S+)$")]
    private static partial Regex Frontend();

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
