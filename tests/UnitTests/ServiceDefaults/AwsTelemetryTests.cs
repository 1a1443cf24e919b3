using System.Diagnostics;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime.Telemetry;
using Amazon.Runtime.Telemetry.Tracing;
using Cruddur.ServiceDefaults.Aws;

namespace Cruddur.UnitTests.ServiceDefaults;

public sealed class AwsTelemetryTests
{
    [Fact]
    public void A_call_of_DynamoDB_is_a_client_span_that_follows_the_database_conventions()
    {
        var span = Record("AWSSDK.DynamoDB", "DynamoDB.Query", SpanKind.CLIENT, _ => { });

        Assert.NotNull(span);
        Assert.Equal(("DynamoDB.Query", ActivityKind.Client), (span.OperationName, span.Kind));
        Assert.Equal("dynamodb", span.GetTagItem("db.system"));
        Assert.Equal("Query", span.GetTagItem("db.operation.name"));
    }

    [Fact]
    public void The_steps_within_a_call_are_not_traced() =>
        Assert.Null(Record("AWSSDK.DynamoDB", "CredentialsRetrieval", SpanKind.INTERNAL, _ => { }));

    [Fact]
    public void Another_service_is_not_a_database() =>
        Assert.Null(Record("AWSSDK.STS", "STS.AssumeRole", SpanKind.CLIENT, _ => { })!.GetTagItem("db.system"));

    [Fact]
    public void An_error_is_recorded_by_its_type_and_not_by_its_text()
    {
        var span = Record("AWSSDK.DynamoDB", "DynamoDB.PutItem", SpanKind.CLIENT, call =>
        {
            call.RecordException(new InvalidOperationException("secret"));
            call.SetAttribute(TelemetryConstants.ExceptionMessageAttributeKey, "secret");
            call.SetAttribute(TelemetryConstants.AWSErrorCodeAttributeKey, "ValidationException");
        });

        Assert.Equal(ActivityStatusCode.Error, span!.Status);
        Assert.Equal("ValidationException", span.GetTagItem("aws.error_code"));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("secret", StringComparison.Ordinal) is true);
        Assert.Empty(span.Events);
    }

    [Fact]
    public void An_answer_that_the_caller_expects_does_not_mark_a_span_as_failed()
    {
        var span = Record("AWSSDK.DynamoDB", "DynamoDB.DescribeTable", SpanKind.CLIENT, call =>
        {
            call.RecordException(new ResourceNotFoundException("no such table"));
            call.SetStatus(SpanStatus.ERROR);
        });

        Assert.Equal(ActivityStatusCode.Unset, span!.Status);
        Assert.Equal(nameof(ResourceNotFoundException), span.GetTagItem("error.type"));
    }

    [Fact]
    public void A_call_outside_a_recorded_trace_is_not_traced() =>
        Assert.Null(Record("AWSSDK.DynamoDB", "DynamoDB.Query", SpanKind.CLIENT, _ => { }, ActivityTraceFlags.None));

    private static Activity? Record(
        string scope, string name, SpanKind kind, Action<TraceSpan> call, ActivityTraceFlags flags = ActivityTraceFlags.Recorded)
    {
        Activity? recorded = null;
        using var parent = new Activity("test") { ActivityTraceFlags = flags }.Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == scope,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => recorded = span.TraceId == parent.TraceId ? span : recorded,
        };
        ActivitySource.AddActivityListener(listener);

        using (var span = new AwsTracerProvider().GetTracer(scope).CreateSpan(name, null, kind, null))
        {
            call(span);
        }

        return recorded;
    }
}
