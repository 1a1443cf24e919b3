using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon.Runtime.Telemetry;
using Amazon.Runtime.Telemetry.Metrics;
using Metrics = System.Diagnostics.Metrics;

namespace Cruddur.ServiceDefaults.Aws;

/// <summary>Gives the AWS SDK meters that record to <see cref="Metrics.Meter"/>.</summary>
internal sealed class AwsMeterProvider : MeterProvider
{
    private readonly ConcurrentDictionary<string, Meter> _meters = new();

    /// <inheritdoc />
    public override Meter GetMeter(string scope, Attributes? attributes = null) =>
        _meters.GetOrAdd(scope, static name => new MeterAdapter(new Metrics.Meter(name)));

    private static TagList ToTags(Attributes? attributes)
    {
        var tags = new TagList();
        foreach (var (key, value) in attributes?.AllAttributes ?? [])
        {
            tags.Add(key, value);
        }

        return tags;
    }

    private sealed class MeterAdapter(Metrics.Meter meter) : Meter
    {
        // The SDK asks for its instruments on every call. Creating one is expensive.
        private readonly ConcurrentDictionary<string, object> _instruments = new();

        public override UpDownCounter<T> CreateUpDownCounter<T>(string name, string? units = null, string? description = null)
            where T : struct =>
            (UpDownCounterAdapter<T>)_instruments.GetOrAdd(
                name, _ => new UpDownCounterAdapter<T>(meter.CreateUpDownCounter<T>(name, units, description)));

        public override MonotonicCounter<T> CreateMonotonicCounter<T>(string name, string? units = null, string? description = null)
            where T : struct =>
            (CounterAdapter<T>)_instruments.GetOrAdd(
                name, _ => new CounterAdapter<T>(meter.CreateCounter<T>(name, units, description)));

        public override Histogram<T> CreateHistogram<T>(string name, string? units = null, string? description = null)
            where T : struct =>
            (HistogramAdapter<T>)_instruments.GetOrAdd(
                name, _ => new HistogramAdapter<T>(meter.CreateHistogram<T>(name, units, description)));
    }

    private sealed class UpDownCounterAdapter<T>(Metrics.UpDownCounter<T> counter) : UpDownCounter<T>
        where T : struct
    {
        public override void Add(T value, Attributes? attributes = null) => counter.Add(value, ToTags(attributes));
    }

    private sealed class CounterAdapter<T>(Metrics.Counter<T> counter) : MonotonicCounter<T>
        where T : struct
    {
        public override void Add(T value, Attributes? attributes = null) => counter.Add(value, ToTags(attributes));
    }

    private sealed class HistogramAdapter<T>(Metrics.Histogram<T> histogram) : Histogram<T>
        where T : struct
    {
        public override void Record(T value, Attributes? attributes = null) => histogram.Record(value, ToTags(attributes));
    }
}
