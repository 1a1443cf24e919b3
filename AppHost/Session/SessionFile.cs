using System.Text.Json;
using System.Text.Json.Serialization;
using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.State;

namespace Cruddur.AppHost.Session;

/// <summary>
/// What a terminal has to know about the running AppHost. It is a file of the state directory, which only its owner can read. The AppHost
/// writes it and the seeder reads it; both compile this source file.
/// </summary>
/// <param name="AppHost">The AppHost's process. The file of a process that has ended does not count.</param>
/// <param name="Pipe">The name of the pipe that takes a <see cref="CommandRequest"/>.</param>
/// <param name="Environment">The environment variables of the seeder: connection string, addresses, credentials, telemetry.</param>
internal sealed record SessionFile(RecordedProcess AppHost, string Pipe, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The environment variable that keeps a verb from using a running AppHost, with the value <c>false</c>.</summary>
    public const string EnabledVariable = "Session__Enabled";

    private const string Name = "session.json";

    /// <summary>Reads the file.</summary>
    /// <param name="statePath">The state directory.</param>
    /// <returns>The session, or <see langword="null"/> when no AppHost runs with this directory.</returns>
    public static SessionFile? Read(string statePath)
    {
        try
        {
            using var file = File.OpenRead(PathIn(statePath));
            var session = JsonSerializer.Deserialize(file, SessionJson.Default.SessionFile);
            return session is { AppHost.IsRunning: true } ? session : null;
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            // There is no file, or it is from another version.
            return null;
        }
    }

    /// <summary>Deletes the file if it exists.</summary>
    /// <param name="statePath">The state directory.</param>
    public static void Delete(string statePath) => File.Delete(PathIn(statePath));

    /// <summary>Writes the file. Readers see all of it or nothing.</summary>
    /// <param name="statePath">The state directory.</param>
    public void Write(string statePath) =>
        OwnerOnlyFile.Write(PathIn(statePath), file => JsonSerializer.Serialize(file, this, SessionJson.Default.SessionFile));

    private static string PathIn(string statePath) => Path.Combine(statePath, Name);
}

/// <summary>Reads and writes the session and its messages without reflection, which would slow down the start of each verb.</summary>
[JsonSerializable(typeof(SessionFile))]
[JsonSerializable(typeof(CommandRequest))]
[JsonSerializable(typeof(CommandAnswer))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, IgnoreReadOnlyProperties = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class SessionJson : JsonSerializerContext;
