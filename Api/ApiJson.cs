using System.Text.Json;
using System.Text.Json.Serialization;
using Cruddur.Api.Activities;
using Cruddur.Api.MessageGroups;
using Cruddur.Api.Messages;
using Cruddur.Api.Users;
using Cruddur.Data;

namespace Cruddur.Api;

/// <summary>How the API writes and reads JSON, made by the compiler so that no type is inspected at start-up.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(ActivityResponse))]
[JsonSerializable(typeof(ActivityResponse[]))]
[JsonSerializable(typeof(CreateActivityRequest))]
[JsonSerializable(typeof(ReplyRequest))]
[JsonSerializable(typeof(MessageGroupResponse))]
[JsonSerializable(typeof(MessageGroupResponse[]))]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(MessageResponse[]))]
[JsonSerializable(typeof(SendMessageRequest))]
[JsonSerializable(typeof(SentMessageResponse))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(UserResponse[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Makes it the JSON of all routes.</summary>
    public static IServiceCollection AddTo(IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(options =>
        {
            var json = options.SerializerOptions;
            json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.AllowDuplicateProperties = false;
            json.NumberHandling = JsonNumberHandling.Strict;
            json.Converters.Add(new UtcTimestampConverter());
            json.TypeInfoResolverChain.Insert(0, Default);
        });
}

/// <summary>Writes a timestamp in its fixed width.</summary>
internal sealed class UtcTimestampConverter : JsonConverter<UtcTimestamp>
{
    /// <inheritdoc />
    public override UtcTimestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        UtcTimestamp.TryParse(reader.GetString(), out var timestamp) ? timestamp : throw new JsonException();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, UtcTimestamp value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
