using System.Text.Json;
using System.Text.Json.Serialization;
using Cruddur.Api.Activities;
using Cruddur.Api.Auth;
using Cruddur.Api.MessageGroups;
using Cruddur.Api.Messages;
using Cruddur.Api.Users;
using Cruddur.Data;

namespace Cruddur.Api;

/// <summary>The JSON of the API. The compiler generates it, so that the start needs no reflection.</summary>
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
[JsonSerializable(typeof(TokenError))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(UserResponse[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Uses these settings on all routes.</summary>
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

/// <summary>Reads and writes timestamps as fixed-width text.</summary>
internal sealed class UtcTimestampConverter : JsonConverter<UtcTimestamp>
{
    /// <inheritdoc />
    public override UtcTimestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        UtcTimestamp.TryParse(reader.GetString(), out var timestamp) ? timestamp : throw new JsonException();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, UtcTimestamp value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
