namespace Cruddur.AppHost.Backing;

/// <summary>Where Postgres and DynamoDB Local run. Set by <c>Backing:Mode</c>.</summary>
public enum BackingMode
{
    /// <summary>Embedded where Java allows it, else containers where a runtime answers.</summary>
    Auto,

    /// <summary>As processes of this machine, out of npm packages. Needs Java 17 or newer, no Docker.</summary>
    Embedded,

    /// <summary>As containers. Needs a container runtime and the nuget hosting build.</summary>
    Containers,
}
