using System.Text.Json.Nodes;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Listings;

/// <summary>Something the seeder shows. It changes nothing.</summary>
internal interface ISeederListing
{
    /// <summary>The listing's verb on the command line, such as <c>ddb scan</c>.</summary>
    string Verb { get; }

    /// <summary>The server that is asked.</summary>
    SeederServer Server { get; }

    /// <summary>The members of a row that people are shown, in their order. Programs get all.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>All rows.</summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<JsonObject> ListAsync(CancellationToken cancellationToken);
}
