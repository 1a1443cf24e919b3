using System.Diagnostics;
using Amazon;

namespace Cruddur.ServiceDefaults.Aws;

/// <summary>
/// Joins the AWS SDK's telemetry hook (<see cref="AWSConfigs.TelemetryProvider"/>) to <see cref="ActivitySource"/> and
/// <see cref="System.Diagnostics.Metrics.Meter"/>, which OpenTelemetry listens to.
/// </summary>
public static class AwsTelemetry
{
    /// <summary>Makes all AWS clients of this process report spans and metrics. Call it before the first client is made.</summary>
    public static void Register()
    {
        AWSConfigs.TelemetryProvider.RegisterTracerProvider(new AwsTracerProvider());
        AWSConfigs.TelemetryProvider.RegisterMeterProvider(new AwsMeterProvider());
    }

    /// <summary>Whether an HTTP request belongs to a call of the AWS SDK, whose own span says all that the request's would.</summary>
    /// <param name="request">The activity of the HTTP request.</param>
    internal static bool IsPartOfAwsCall(Activity? request) =>
        request?.Parent?.Source.Name.StartsWith(AwsTracerProvider.SourcePrefix, StringComparison.Ordinal) is true;
}
