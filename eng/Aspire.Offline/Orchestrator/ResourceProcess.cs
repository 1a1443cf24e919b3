using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>One instance of a resource: the object that dcp has for it, now or once it starts.</summary>
internal sealed class ResourceProcess(IResource resource, ResourceInstance instance) : IDisposable
{
    private readonly HashSet<string> _deleted = [];
    private readonly Lock _lock = new();

    public IResource Resource => resource;

    public ResourceInstance Instance => instance;

    public string Id => instance.Id;

    /// <summary>Held while the process is being started or stopped.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>What dcp reports, to be worked off in order.</summary>
    public Channel<DcpExecutable> Reports { get; } = Channel.CreateUnbounded<DcpExecutable>();

    /// <summary>What the process was last started with.</summary>
    public ProcessSpecification? Specification { get; set; }

    /// <summary>The last report that was worked off; null before the first start and while there is no object.</summary>
    public DcpExecutable? Latest { get; private set; }

    public ProcessLogs? Logs { get; set; }

    /// <summary>Whether dcp has an object of this name.</summary>
    public bool IsCreated { get; set; }

    /// <summary>Whether there is something to stop.</summary>
    public bool IsRunning => IsCreated && !IsTerminal(Latest?.Status?.State);

    /// <summary>Completes when the end of the process has been published.</summary>
    public TaskCompletionSource Ended { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static bool IsTerminal(string? state) => state is "Finished" or "Terminated" or "FailedToStart";

    /// <summary>Takes a report, unless it is about an object that has been deleted since.</summary>
    public bool TryAccept(DcpExecutable report)
    {
        lock (_lock)
        {
            if (_deleted.Contains(report.Metadata.Uid!))
            {
                return false;
            }

            Latest = report;
            return true;
        }
    }

    /// <summary>The object is about to be deleted: what is still said about it does not count.</summary>
    public void Retire()
    {
        lock (_lock)
        {
            if (Latest is { } latest)
            {
                _deleted.Add(latest.Metadata.Uid!);
            }

            Latest = null;
            Ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Dispose() => Gate.Dispose();
}
