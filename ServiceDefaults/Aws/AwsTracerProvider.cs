using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon.Runtime.Telemetry;
using Amazon.Runtime.Telemetry.Tracing;

namespace Cruddur.ServiceDefaults.Aws;

/// <summary>Gives the AWS SDK tracers that start an activity for each call of a service.</summary>
internal sealed class AwsTracerProvider : TracerProvider
{
    /// <summary>Prefix of the SDK's tracing scopes. The client's name follows, as in <c>AWSSDK.DynamoDB</c>.</summary>
    public const string SourcePrefix = TelemetryConstants.TelemetryScopePrefix + ".";

    private readonly ConcurrentDictionary<string, Tracer> _tracers = new();

    /// <inheritdoc />
    public override Tracer GetTracer(string scope) =>
        _tracers.GetOrAdd(scope, static name => new AwsTracer(new ActivitySource(name)));

    private sealed class AwsTracer(ActivitySource source) : Tracer
    {
        public override TraceSpan CreateSpan(
            string name, Attributes? initialAttributes = null, SpanKind spanKind = SpanKind.INTERNAL, SpanContext? parentContext = null)
        {
            // The SDK's inner steps are credentials, compression and each HTTP request. Their spans say little and cost as much as the
            // span of the call.
            // A call that does not belong to a recorded trace, such as one of a health check, is not traced either.
            var activity = spanKind is SpanKind.CLIENT && Activity.Current is { Recorded: true }
                ? source.StartActivity(ActivityKind.Client, tags: DynamoDbSpanTags.For(source.Name, name), name: name)
                : null;
            return new AwsTraceSpan(name, activity, initialAttributes);
        }
    }

    private sealed class AwsTraceSpan : TraceSpan
    {
        /// <summary>
        /// How DynamoDB answers that a condition does not hold, or that a table does not exist. The caller expects these answers, so
        /// they don't mark a trace as failed.
        /// </summary>
        private static readonly string[] ExpectedErrors =
            ["ConditionalCheckFailedException", "ResourceNotFoundException", "TransactionCanceledException"];

        private readonly Activity? _activity;
        private bool _hasExpectedError;

        public AwsTraceSpan(string name, Activity? activity, Attributes? attributes)
        {
            Name = name;
            _activity = activity;
            foreach (var (key, value) in attributes?.AllAttributes ?? [])
            {
                SetAttribute(key, value);
            }
        }

        public override void SetAttribute(string key, object value)
        {
            // The text of an error may quote values of the request. Its type and code are kept.
            if (key is not (TelemetryConstants.ExceptionMessageAttributeKey or TelemetryConstants.ExceptionStackTraceAttributeKey))
            {
                _activity?.SetTag(key, value);
            }
        }

        public override void EmitEvent(string name, Attributes? attributes = null) => _activity?.AddEvent(new ActivityEvent(name));

        public override void SetStatus(SpanStatus spanStatus) =>
            _activity?.SetStatus(spanStatus switch
            {
                SpanStatus.OK => ActivityStatusCode.Ok,
                SpanStatus.ERROR when !_hasExpectedError => ActivityStatusCode.Error,
                _ => ActivityStatusCode.Unset,
            });

        public override void RecordException(Exception exception, Attributes? attributes = null)
        {
            var type = exception.GetType().Name;
            _hasExpectedError = ExpectedErrors.Contains(type);
            _activity?.SetTag("error.type", type);
            SetStatus(SpanStatus.ERROR);
        }

        public override void End() => _activity?.Stop();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                End();
            }

            base.Dispose(disposing);
        }
    }
}
