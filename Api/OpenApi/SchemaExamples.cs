using System.Text.Json;
using System.Text.Json.Nodes;
using Cruddur.Api.Activities;
using Cruddur.Api.Errors;
using Cruddur.Api.MessageGroups;
using Cruddur.Api.Messages;
using Cruddur.Api.Users;
using Cruddur.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cruddur.Api.OpenApi;

/// <summary>An example of each type, in the JSON that the API itself would write.</summary>
internal static class SchemaExamples
{
    private const string AndrewBrown = "Andrew Brown";
    private const string Question = "Have you ever watched Babylon 5? It's one of my favorite TV shows!";

    private static readonly UtcTimestamp At = UtcTimestamp.Parse("2026-11-22T15:10:17.473774+00:00");
    private static readonly Guid GroupUuid = new("5ae290ed-55d1-47a0-bc6d-fe2bc2700399");
    private static readonly Guid Uuid = new("8e03978e-40d5-43e8-bc93-6894a57f9324");

    private static readonly Dictionary<Type, JsonNode?> Examples = new()
    {
        [typeof(MessageGroupResponse)] = JsonSerializer.SerializeToNode(
            new MessageGroupResponse(GroupUuid, "Andrew Bayko", "bayko", Question, At), ApiJson.Default.MessageGroupResponse),
        [typeof(MessageResponse)] = JsonSerializer.SerializeToNode(
            new MessageResponse(Uuid, AndrewBrown, "andrewbrown", Question, At), ApiJson.Default.MessageResponse),
        [typeof(SentMessageResponse)] = JsonSerializer.SerializeToNode(
            new SentMessageResponse(GroupUuid, Uuid, AndrewBrown, "andrewbrown", Question, At), ApiJson.Default.SentMessageResponse),
        [typeof(SendMessageRequest)] = new JsonObject { ["message"] = Question, ["handle"] = "bayko" },
        [typeof(UserResponse)] = JsonSerializer.SerializeToNode(
            new UserResponse(Uuid, "andrewbrown", AndrewBrown), ApiJson.Default.UserResponse),
        [typeof(ActivityResponse)] = JsonSerializer.SerializeToNode(
            new ActivityResponse(Uuid, AndrewBrown, "andrewbrown", "Cloud is very fun!", 1, 0, 2, true, null, At, At), ApiJson.Default.ActivityResponse),
        [typeof(CreateActivityRequest)] = new JsonObject { ["message"] = "Cloud is very fun!", ["ttl"] = "7-days" },
        [typeof(ReplyRequest)] = new JsonObject { ["message"] = "It is!" },
    };

    /// <summary>Adds the example of a type, and what the types don't say of themselves.</summary>
    public static Task AddAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (Examples.TryGetValue(type, out var example))
        {
            schema.Examples = [example!.DeepClone()];
        }
        else if (type == typeof(UtcTimestamp))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "date-time";
            schema.Examples = [At.ToString()];
        }
        else if (type == typeof(ProblemDetails))
        {
            schema.Required = new HashSet<string> { Problems.Errors };
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties[Problems.Errors] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = "The codes of what is wrong, at least one.",
            };
        }

        return Task.CompletedTask;
    }
}
