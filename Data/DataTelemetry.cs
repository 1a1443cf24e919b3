using System.Diagnostics;

namespace Cruddur.Data;

/// <summary>The spans of this project.</summary>
internal static class DataTelemetry
{
    /// <summary>The source of the spans. Its name matches the pattern that the service defaults export.</summary>
    public static readonly ActivitySource Source = new("Cruddur.Data");
}
