using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cruddur.Seeder.Output;

/// <summary>How the verbs write JSON.</summary>
internal static class JsonText
{
    /// <summary>The output is not HTML, so messages need no HTML escaping.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
