using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cruddur.Api.Activities;
using Cruddur.Api.Errors;
using Cruddur.Api.Events;
using Cruddur.Api.MessageGroups;
using Cruddur.Api.Messages;
using Cruddur.Api.Users;
using Cruddur.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cruddur.Api.OpenApi;

/// <summary>The schemas of the OpenAPI document. The examples are written by the JSON serializer of the API.</summary>
internal static class ApiSchemas
{
    private const string AndrewBrown = "Andrew Brown";
    private const string Question = "Have you ever watched Babylon 5? It's one of my favorite TV shows!";

    private static readonly UtcTimestamp At = UtcTimestamp.Parse("2026-11-22T15:10:17.473774+00:00");
    private static readonly Guid GroupUuid = new("5ae290ed-55d1-47a0-bc6d-fe2bc2700399");
    private static readonly Guid Uuid = new("8e03978e-40d5-43e8-bc93-6894a57f9324");

    private static readonly SentMessageResponse Sent = new(GroupUuid, Uuid, AndrewBrown, "andrewbrown", Question, At);

    private static readonly Dictionary<Type, JsonNode?> Examples = new()
    {
        [typeof(MessageGroupResponse)] = JsonSerializer.SerializeToNode(
            new MessageGroupResponse(GroupUuid, "Andrew Bayko", "bayko", Question, At), ApiJson.Default.MessageGroupResponse),
        [typeof(MessageResponse)] = JsonSerializer.SerializeToNode(
            new MessageResponse(Uuid, AndrewBrown, "andrewbrown", Question, At), ApiJson.Default.MessageResponse),
        [typeof(SentMessageResponse)] = JsonSerializer.SerializeToNode(Sent, ApiJson.Default.SentMessageResponse),
        [typeof(SendMessageRequest)] = new JsonObject { ["message"] = Question, ["handle"] = "bayko" },
        [typeof(UserResponse)] = JsonSerializer.SerializeToNode(
            new UserResponse(Uuid, "andrewbrown", AndrewBrown), ApiJson.Default.UserResponse),
        [typeof(ActivityResponse)] = JsonSerializer.SerializeToNode(
            new ActivityResponse(Uuid, AndrewBrown, "andrewbrown", "Cloud is very fun!", 1, 0, 2, true, null, At, At),
            ApiJson.Default.ActivityResponse),
        [typeof(CreateActivityRequest)] = new JsonObject { ["message"] = "Cloud is very fun!", ["ttl"] = "7-days" },
        [typeof(ReplyRequest)] = new JsonObject { ["message"] = "It is!" },
    };

    /// <summary>The required properties of requests. All others may be omitted, and none may be null.</summary>
    private static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(SendMessageRequest)] = ["message"],
        [typeof(CreateActivityRequest)] = ["message", "ttl"],
        [typeof(ReplyRequest)] = ["message"],
    };

    /// <summary>The name of a type's schema.</summary>
    public static string? Name(JsonTypeInfo type) =>
        type.Type == typeof(SseItem<string>) ? "EventStream" : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    /// <summary>Adds to the schema of a type what the type does not say itself.</summary>
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (context.JsonPropertyInfo is null && Examples.TryGetValue(type, out var example))
        {
            schema.Examples = [example!.DeepClone()];
        }

        if (Required.TryGetValue(type, out var required))
        {
            schema.Required = required.ToHashSet();
            foreach (var property in schema.Properties!.Values.OfType<OpenApiSchema>())
            {
                property.Type &= ~JsonSchemaType.Null;
            }
        }

        if (type == typeof(CreateActivityRequest))
        {
            ((OpenApiSchema)schema.Properties!["ttl"]).Enum = [.. ActivityRules.Ttls.Select(ttl => JsonValue.Create(ttl))];
        }
        else if (type == typeof(UtcTimestamp))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "date-time";
            schema.Examples = [At.ToString()];
        }
        else if (type == typeof(SseItem<string>))
        {
            DescribeEvents(schema);
        }
        else if (type == typeof(ProblemDetails))
        {
            schema.Required = new HashSet<string> { Problems.Errors };
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties[Problems.Errors] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                MinItems = 1,
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum = [.. ErrorCodes.All.Select(code => JsonValue.Create(code))],
                },
                Description = "The codes of what is wrong.",
            };
        }

        return Task.CompletedTask;
    }

    private static void DescribeEvents(OpenApiSchema schema)
    {
        var message = JsonSerializer.Serialize(Sent, ApiJson.Default.SentMessageResponse);
        schema.Type = JsonSchemaType.String;
        schema.Properties = null;
        schema.Description =
            $$"""
            Server-sent events. To resume a stream, send the last `id` as `Last-Event-ID`. `data` is JSON, and depends on the type of the
            event:

            - `{{EventTypes.Ready}}`: the stream includes all messages that are sent from now on. `data` is `{}`.
            - `{{EventTypes.Message}}`: a member of one of the caller's conversations has sent a message. `data` is a
              `SentMessageResponse`.
            - `{{EventTypes.MessageGroup}}`: a conversation has moved to the top of the caller's list. `data` is a
              `MessageGroupResponse`.
            - `{{EventTypes.Reset}}`: the client has missed too much and must reload its conversations. `data` is `{}`.
            - `{{EventTypes.Reload}}`: the connection to the database was lost, and its data may have been replaced. The client must load
              everything again. `data` is `{}`.
            - `{{EventTypes.Heartbeat}}`: the stream is still open. Sent every 10 seconds. `data` is `{}`.
            """;
        schema.Examples = [$"event: {EventTypes.Message}\ndata: {message}\n\n"];
    }
}
