using System.Threading.Channels;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>One instance of a resource, and its object in dcp.</summary>
internal sealed class ResourceProcess(IResource resource, ResourceInstance instance) : IDisposable
{
    private readonly HashSet<string> _deleted = [];
    private readonly Lock _lock = new();

    public IResource Resource => resource;

    public ResourceInstance Instance => instance;

    public string Id => instance.Id;

    /// <summary>Held while the process is being started or stopped.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>The reports of dcp, which are published in order.</summary>
    public Channel<DcpExecutable> Reports { get; } = Channel.CreateUnbounded<DcpExecutable>();

    /// <summary>The command line and environment of the last start.</summary>
    public ProcessSpecification? Specification { get; set; }

    /// <summary>The last report; null before the first start and while there is no object.</summary>
    public DcpExecutable? Latest { get; private set; }

    public ProcessLogs? Logs { get; set; }

    /// <summary>Whether dcp has an object of this name.</summary>
    public bool IsCreated { get; set; }

    /// <summary>Whether the process can be stopped.</summary>
    public bool IsRunning => IsCreated && !IsTerminal(Latest?.Status?.State);

    /// <summary>Completes when the end of the process has been published.</summary>
    public TaskCompletionSource Ended { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static bool IsTerminal(string? state) => state is "Finished" or "Terminated" or "FailedToStart";

    /// <summary>Sets <see cref="Latest"/>. Returns false for a report about a deleted object.</summary>
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

    /// <summary>Ignores all further reports about the current object, which is about to be deleted.</summary>
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
