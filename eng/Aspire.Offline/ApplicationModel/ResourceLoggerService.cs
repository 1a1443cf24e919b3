using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's log.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>The logs of all resources: the output of their processes, and messages of the host about them.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(ResourceName.Comparer);

    /// <summary>Raised for every line of every resource, with the id of the instance.</summary>
    internal event Action<string, LogLine>? LineWritten;

    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceLogger([.. resource.InstanceIds().Select(Log)]);
    }

    /// <summary>The lines so far and those to come, of all instances.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ReadAsync(resource.InstanceIds(), follow: true);
    }

    /// <summary>The lines so far, of all instances.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ReadAsync(resource.InstanceIds(), follow: false);
    }

    /// <summary>Ends all watches.</summary>
    public void Dispose()
    {
        foreach (var log in _logs.Values)
        {
            log.Complete();
        }

        GC.SuppressFinalize(this);
    }

    internal ILogger GetLogger(string instanceId) => new ResourceLogger([Log(instanceId)]);

    /// <summary>Adds a line of a process, which begins with its time stamp.</summary>
    internal void Append(string instanceId, string content, bool isError) => Log(instanceId).Append(content, isError);

    internal async IAsyncEnumerable<IReadOnlyList<LogLine>> ReadAsync(
        IReadOnlyList<string> instanceIds, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        var logs = instanceIds.Select(Log).ToArray();
        Array.ForEach(logs, log => log.Subscribe(channel.Writer));
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
            Array.ForEach(logs, log => log.Unsubscribe(channel.Writer));
        }
    }

    private ResourceLog Log(string id) => _logs.GetOrAdd(id, key => new ResourceLog(line => LineWritten?.Invoke(key, line)));

    /// <summary>The newest lines of one instance, and their readers.</summary>
    private sealed class ResourceLog(Action<LogLine> written)
    {
        private const int Capacity = 10_000;
        private readonly Lock _lock = new();
        private readonly Queue<LogLine> _lines = new();
        private readonly List<ChannelWriter<LogLine>> _readers = [];
        private int _count;

        public void Append(string content, bool isError)
        {
            LogLine line;
            lock (_lock)
            {
                line = new LogLine(++_count, content, isError);
                _lines.Enqueue(line);
                if (_lines.Count > Capacity)
                {
                    _lines.Dequeue();
                }

                _readers.ForEach(r => r.TryWrite(line));
            }

            written(line);
        }

        public void Subscribe(ChannelWriter<LogLine> reader)
        {
            lock (_lock)
            {
                foreach (var line in _lines)
                {
                    reader.TryWrite(line);
                }

                _readers.Add(reader);
            }
        }

        public void Unsubscribe(ChannelWriter<LogLine> reader)
        {
            lock (_lock)
            {
                _readers.Remove(reader);
            }
        }

        public void Complete()
        {
            lock (_lock)
            {
                _readers.ForEach(r => r.TryComplete());
            }
        }
    }

    private sealed class ResourceLogger(ResourceLog[] logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
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
