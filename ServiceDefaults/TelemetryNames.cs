namespace Cruddur.ServiceDefaults;

/// <summary>Names of the activity sources and meters whose telemetry is exported.</summary>
public static class TelemetryNames
{
    /// <summary>The seeder's activity source.</summary>
    public const string Seeder = "Cruddur.Seeder";

    /// <summary>Pattern of Cruddur's own sources and meters.</summary>
    internal const string OwnSources = "Cruddur.*";

    /// <summary>Pattern of the sources and meters that the AWS SDK names after its clients, such as <c>AWSSDK.DynamoDB</c>.</summary>
    internal const string AwsSources = "AWSSDK.*";

    /// <summary>Npgsql's source and meter. Its spans carry SQL text, never parameter values.</summary>
    internal const string Npgsql = "Npgsql";
}
