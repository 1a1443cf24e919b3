using System.Text.Json.Nodes;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Listings;

/// <summary>A list that the seeder prints. It changes nothing.</summary>
internal interface ISeederListing
{
    /// <summary>The listing's verb on the command line, such as <c>ddb scan</c>.</summary>
    string Verb { get; }

    /// <summary>The server that has the data.</summary>
    SeederServer Server { get; }

    /// <summary>The columns of the table, in order. JSON output contains all members of a row.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>The text of a row in one of the columns; null if the row has none.</summary>
    string? Cell(JsonObject row, string column) => row[column]?.ToString();

    /// <summary>All rows.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> ListAsync(CancellationToken cancellationToken);
}
