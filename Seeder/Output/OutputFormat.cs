namespace Cruddur.Seeder.Output;

/// <summary>How a verb writes its result to standard output.</summary>
internal enum OutputFormat
{
    /// <summary>For people: a table on a terminal, tab-separated lines when the output is redirected.</summary>
    Text,

    /// <summary>For programs: one JSON value.</summary>
    Json,

    /// <summary>For documents and the dashboard: a GitHub Flavored Markdown table.</summary>
    Markdown,
}
