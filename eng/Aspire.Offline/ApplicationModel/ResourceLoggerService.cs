using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's log.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>The logs of all resources: what their processes print, and what the host has to say about them.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(ResourceName.Comparer);

    /// <summary>Raised for every line of every resource.</summary>
    internal event Action<string, LogLine>? LineWritten;

    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceLogger([.. resource.InstanceIds().Select(Log)]);
    }

    public ILogger GetLogger(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return new ResourceLogger([Log(resourceName)]);
    }

    /// <summary>The lines so far and those to come, of all instances; ends when the log is completed.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Merge([.. resource.InstanceIds().Select(Log)], follow: true);
    }

    /// <inheritdoc cref="WatchAsync(IResource)"/>
    /// <param name="resourceName">The id of an instance, see <see cref="ResourceEvent.ResourceId"/>.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return Merge([Log(resourceName)], follow: true);
    }

    /// <summary>The lines so far.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Merge([.. resource.InstanceIds().Select(Log)], follow: false);
    }

    /// <inheritdoc cref="GetAllAsync(IResource)"/>
    /// <param name="resourceName">The id of an instance, see <see cref="ResourceEvent.ResourceId"/>.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return Merge([Log(resourceName)], follow: false);
    }

    public void Complete(IResource resource)
    {
        foreach (var id in resource.InstanceIds())
        {
            Complete(id);
        }
    }

    public void Complete(string name) => Log(name).Complete();

    public void Dispose()
    {
        foreach (var log in _logs.Values)
        {
            log.Complete();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Adds a line of a process, which carries its own time stamp.</summary>
    internal void Append(string resourceId, string content, bool isError) => Log(resourceId).Append(content, isError);

    private ResourceLog Log(string id) => _logs.GetOrAdd(id, key => new ResourceLog(line => LineWritten?.Invoke(key, line)));

    private static async IAsyncEnumerable<IReadOnlyList<LogLine>> Merge(ResourceLog[] logs, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        var open = logs.Length;
        var subscriptions = logs.Select(log => log.Subscribe(
            line => channel.Writer.TryWrite(line),
            () =>
            {
                if (Interlocked.Decrement(ref open) == 0)
                {
                    channel.Writer.TryComplete();
                }
            })).ToArray();
        try
        {
            if (!follow)
            {
                channel.Writer.TryComplete();
            }

            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }
        finally
        {
            foreach (var subscription in subscriptions)
            {
                subscription.Dispose();
            }
        }
    }

    /// <summary>The newest lines of one instance, and those who read along.</summary>
    private sealed class ResourceLog(Action<LogLine> written)
    {
        private const int Capacity = 10_000;
        private readonly Lock _lock = new();
        private readonly Queue<LogLine> _backlog = new();
        private readonly List<Subscription> _subscribers = [];
        private int _lines;
        private bool _completed;

        public void Append(string content, bool isError)
        {
            LogLine line;
            lock (_lock)
            {
                line = new LogLine(++_lines, content, isError);
                _backlog.Enqueue(line);
                if (_backlog.Count > Capacity)
                {
                    _backlog.Dequeue();
                }

                foreach (var subscriber in _subscribers)
                {
                    subscriber.OnLine(line);
                }
            }

            written(line);
        }

        public void Complete()
        {
            lock (_lock)
            {
                _completed = true;
                _subscribers.ForEach(s => s.OnCompleted());
                _subscribers.Clear();
            }
        }

        public IDisposable Subscribe(Action<LogLine> onLine, Action onCompleted)
        {
            var subscription = new Subscription(this, onLine, onCompleted);
            lock (_lock)
            {
                foreach (var line in _backlog)
                {
                    onLine(line);
                }

                if (_completed)
                {
                    onCompleted();
                }
                else
                {
                    _subscribers.Add(subscription);
                }
            }

            return subscription;
        }

        private sealed class Subscription(ResourceLog log, Action<LogLine> onLine, Action onCompleted) : IDisposable
        {
            public Action<LogLine> OnLine => onLine;

            public Action OnCompleted => onCompleted;

            public void Dispose()
            {
                lock (log._lock)
                {
                    log._subscribers.Remove(this);
                }
            }
        }
    }

    private sealed class ResourceLogger(ResourceLog[] logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var time = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
            var text = formatter(state, exception) + (exception is null ? "" : Environment.NewLine + exception);
            foreach (var log in logs)
            {
                log.Append($"{time} {text}", isError: logLevel >= LogLevel.Error);
            }
        }
    }
}
