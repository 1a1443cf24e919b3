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

    /// <summary>Whether the current activity is a call of the AWS SDK, so that the HTTP request under it needs no span of its own.</summary>
    internal static bool IsInAwsCall() =>
        Activity.Current?.Source.Name.StartsWith(AwsTracerProvider.SourcePrefix, StringComparison.Ordinal) is true;
}
