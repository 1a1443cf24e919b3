using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cruddur.AppHost;
using Cruddur.AppHost.Snapshots;
using Cruddur.Seeder.Listings;
using Cruddur.Seeder.Session;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Snapshots;

/// <summary>The snapshots of the running system, newest first.</summary>
internal sealed class SnapshotsListing : ISeederListing
{
    /// <summary>The member of a row with the snapshot's name.</summary>
    public const string Name = "name";

    private const string SavedAt = "saved_at";
    private const string Bytes = "bytes";
    private const string Servers = "servers";

    private static readonly Dictionary<string, string?> NoArguments = [];

    public string Verb => "state list";

    public SeederServer Server => SeederServer.AppHost;

    public IReadOnlyList<string> Columns => [Name, SavedAt, Bytes, Servers];

    public string? Cell(JsonObject row, string column) => column switch
    {
        SavedAt => row[SavedAt]!.GetValue<DateTimeOffset>().ToString("u", CultureInfo.InvariantCulture),
        Bytes => row[Bytes]!.GetValue<long>().ToString("N0", CultureInfo.InvariantCulture),
        Servers => string.Join(", ", row[Servers]!.AsArray()),
        _ => row[column]?.ToString(),
    };

    public async IAsyncEnumerable<JsonObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var appHost = RunningAppHost.GetRequired();
        var answer = await appHost.ExecuteCommandAsync(
            CruddurResources.Seeder, SnapshotCommandNames.List, NoArguments, json: true, cancellationToken);
        var rows = answer is { Success: true, Result: { } json }
            ? JsonNode.Parse(json)!.AsArray()
            : throw new InvalidOperationException(answer.Message);
        foreach (var row in rows)
        {
            yield return row!.AsObject();
        }
    }
}
