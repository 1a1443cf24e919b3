using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Amazon.Runtime.Telemetry;
using Amazon.Runtime.Telemetry.Metrics;
using AwsMeter = Amazon.Runtime.Telemetry.Metrics.Meter;
using Meter = System.Diagnostics.Metrics.Meter;

namespace Cruddur.ServiceDefaults.Aws;

/// <summary>Hands the AWS SDK meters that record to <see cref="Meter"/>.</summary>
internal sealed class AwsMeterProvider : MeterProvider
{
    private readonly ConcurrentDictionary<string, AwsMeter> _meters = new();

    /// <inheritdoc />
    public override AwsMeter GetMeter(string scope, Attributes? attributes = null) =>
        _meters.GetOrAdd(scope, static name => new MeterAdapter(new Meter(name)));

    private static TagList ToTags(Attributes? attributes)
    {
        var tags = new TagList();
        foreach (var (key, value) in attributes?.AllAttributes ?? [])
        {
            tags.Add(key, value);
        }

        return tags;
    }

    private sealed class MeterAdapter(Meter meter) : AwsMeter
    {
        // The SDK asks for its instruments again on every call; making one is expensive.
        private readonly ConcurrentDictionary<string, object> _instruments = new();

        public override Amazon.Runtime.Telemetry.Metrics.UpDownCounter<T> CreateUpDownCounter<T>(string name, string? units = null, string? description = null)
            where T : struct =>
            (UpDownCounterAdapter<T>)_instruments.GetOrAdd(name, _ => new UpDownCounterAdapter<T>(meter.CreateUpDownCounter<T>(name, units, description)));

        public override MonotonicCounter<T> CreateMonotonicCounter<T>(string name, string? units = null, string? description = null)
            where T : struct =>
            (CounterAdapter<T>)_instruments.GetOrAdd(name, _ => new CounterAdapter<T>(meter.CreateCounter<T>(name, units, description)));

        public override Amazon.Runtime.Telemetry.Metrics.Histogram<T> CreateHistogram<T>(string name, string? units = null, string? description = null)
            where T : struct =>
            (HistogramAdapter<T>)_instruments.GetOrAdd(name, _ => new HistogramAdapter<T>(meter.CreateHistogram<T>(name, units, description)));
    }

    private sealed class UpDownCounterAdapter<T>(System.Diagnostics.Metrics.UpDownCounter<T> counter)
        : Amazon.Runtime.Telemetry.Metrics.UpDownCounter<T>
        where T : struct
    {
        public override void Add(T value, Attributes? attributes = null) => counter.Add(value, ToTags(attributes));
    }

    private sealed class CounterAdapter<T>(Counter<T> counter) : MonotonicCounter<T>
        where T : struct
    {
        public override void Add(T value, Attributes? attributes = null) => counter.Add(value, ToTags(attributes));
    }

    private sealed class HistogramAdapter<T>(System.Diagnostics.Metrics.Histogram<T> histogram) : Amazon.Runtime.Telemetry.Metrics.Histogram<T>
        where T : struct
    {
        public override void Record(T value, Attributes? attributes = null) => histogram.Record(value, ToTags(attributes));
    }
}
