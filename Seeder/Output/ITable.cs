using System.Text.Json.Nodes;

namespace Cruddur.Seeder.Output;

/// <summary>Rows to print.</summary>
internal interface ITable
{
    /// <summary>The columns of the table, in order. JSON output contains all members of a row.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>The text of a row in one of the columns; null if the row has none.</summary>
    string? Cell(JsonObject row, string column) => row[column]?.ToString();

    /// <summary>All rows.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> ListAsync(CancellationToken cancellationToken);
}
