using System.Collections.Concurrent;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests.Endurance;

/// <summary>A replica of the API that is killed and started again. It has another address after each start.</summary>
internal sealed class Replica(ApiFixture fixture, string name) : IAsyncDisposable
{
    private readonly List<ApiProcess> _processes = [];
    private volatile ApiProcess? _current;
    private ConcurrentDictionary<TestUser, ApiClient> _clients = new();

    public string Name => name;

    public Uri Address => _current!.Address;

    /// <summary>The log lines of errors, of all processes so far.</summary>
    public IEnumerable<string> Errors => _processes
        .SelectMany(process => process.Output)
        .Where(line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));

    /// <summary>The physical memory of the current process, in bytes; 0 while it is down.</summary>
    public long Memory => _current!.Memory;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var process = await fixture.StartApiAsync(cancellationToken);
        _processes.Add(process);
        _current = process;
        var old = Interlocked.Exchange(ref _clients, new());
        foreach (var client in old.Values)
        {
            client.Dispose();
        }
    }

    public Task KillAsync() => _current!.KillAsync();

    /// <summary>A user's client of the current process.</summary>
    public ApiClient ClientOf(TestUser user) => _clients.GetOrAdd(user, _ => new(Address, user));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }
}
