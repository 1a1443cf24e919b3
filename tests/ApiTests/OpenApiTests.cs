using System.Text.Json.Nodes;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>The OpenAPI document.</summary>
public sealed class OpenApiTests(ApiFixture fixture)
{
    private static readonly string[] Routes =
    [
        "get /api/message_groups",
        "get /api/messages/{message_group_uuid}",
        "post /api/messages",
        "get /api/users/@{handle}/short",
        "put /api/users/me",
        "get /api/users",
        "get /api/activities/home",
        "get /api/users/@{handle}/activities",
        "post /api/activities",
        "post /api/activities/{uuid}/reply",
        "get /api/activities/{uuid}/replies",
        "put /api/activities/{uuid}/like",
        "delete /api/activities/{uuid}/like",
        "get /api/events",
    ];

    [Fact]
    public async Task Describes_every_route_with_its_errors_and_the_token_it_asks_for()
    {
        using var nobody = new ApiClient(fixture.Api.Address, authorization: null);
        var document = JsonNode.Parse((await nobody.GetAsync("/openapi/v1.json")).Text)!;
        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => KeyValuePair.Create($"{operation.Key} {path.Key}", operation.Value!)))
            .ToDictionary();

        Assert.Equal(Routes.Order(), operations.Keys.Order());
        Assert.All(operations, operation =>
        {
            Assert.NotEmpty(operation.Value["summary"]!.GetValue<string>());
            Assert.NotNull(operation.Value["security"]![0]!["cognito"]);
            Assert.NotNull(operation.Value["responses"]!["401"]!["content"]!["application/problem+json"]!["example"]);
            Assert.NotNull(operation.Value["responses"]!["503"]);
        });
        Assert.All(
            document["components"]!["schemas"]!.AsObject().Where(schema => schema.Key.EndsWith("Response", StringComparison.Ordinal) || schema.Key.EndsWith("Request", StringComparison.Ordinal)),
            schema =>
            {
                Assert.NotEmpty(schema.Value!["examples"]!.AsArray());
                Assert.NotEmpty(schema.Value["description"]!.GetValue<string>());
            });
    }
}
