using System.Diagnostics;
using Amazon;

namespace Cruddur.ServiceDefaults.Aws;

/// <summary>
/// Connects the telemetry hook of the AWS SDK (<see cref="AWSConfigs.TelemetryProvider"/>) to <see cref="ActivitySource"/> and
/// <see cref="System.Diagnostics.Metrics.Meter"/>, which OpenTelemetry listens to.
/// </summary>
public static class AwsTelemetry
{
    /// <summary>Makes all AWS clients of this process report spans and metrics. Call it before creating the first client.</summary>
    public static void Register()
    {
        AWSConfigs.TelemetryProvider.RegisterTracerProvider(new AwsTracerProvider());
        AWSConfigs.TelemetryProvider.RegisterMeterProvider(new AwsMeterProvider());
    }

    /// <summary>Whether an activity is a call of the AWS SDK.</summary>
    /// <param name="activity">The activity.</param>
    internal static bool IsAwsCall(Activity activity) =>
        activity.Source.Name.StartsWith(AwsTracerProvider.SourcePrefix, StringComparison.Ordinal);
}
