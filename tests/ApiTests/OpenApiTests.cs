using System.Net;
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

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_the_server_that_answers_and_the_sign_in_of_local_users()
    {
        var document = await DocumentAsync(fixture.Api);

        Assert.Equal(fixture.Api.Address, new Uri(document["servers"]![0]!["url"]!.GetValue<string>()));
        var flow = document["components"]!["securitySchemes"]!["local-user"]!["flows"]!["password"]!;
        Assert.Equal("/development/token", flow["tokenUrl"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_local_user_signs_in_by_password()
    {
        var user = await fixture.Users.NewAsync(Cancelled);
        var (status, answer) = await SignInAsync(
            fixture.Api, ("grant_type", "password"), ("username", user.Email), ("password", TestUsers.Password));
        Assert.Equal((HttpStatusCode.OK, "Bearer"), (status, answer["token_type"]!.GetValue<string>()));
        using var caller = new ApiClient(fixture.Api.Address, $"Bearer {answer["access_token"]!.GetValue<string>()}");
        await caller.GroupsAsync();

        (status, answer) = await SignInAsync(fixture.Api, ("grant_type", "password"), ("username", user.Email), ("password", "another"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (status, answer["error"]!.GetValue<string>()));
        (status, answer) = await SignInAsync(fixture.Api, ("grant_type", "client_credentials"));
        Assert.Equal((HttpStatusCode.BadRequest, "unsupported_grant_type"), (status, answer["error"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Production")]
    [InlineData("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "")]
    public async Task Without_a_local_pool_in_development_there_is_no_sign_in(string setting, string value)
    {
        // A local pool is refused in production, so that the first case has neither.
        await using var api = await fixture.StartApiAsync(
            Cancelled, new("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", ""), new(setting, value));

        var (status, _) = await SignInAsync(api, ("grant_type", "password"), ("username", "andrewbrown"), ("password", TestUsers.Password));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Null((await DocumentAsync(api))["components"]!["securitySchemes"]!["local-user"]);
    }

    [Fact]
    public async Task The_API_reference_may_contact_no_other_host()
    {
        using var nobody = new ApiClient(fixture.Api.Address, authorization: null);
        var page = await nobody.GetAsync("/scalar/");

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describes_every_route_with_its_errors_and_the_token_it_asks_for()
    {
        var document = await DocumentAsync(fixture.Api);
        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject()
                .Select(operation => KeyValuePair.Create($"{operation.Key} {path.Key}", operation.Value!)))
            .ToDictionary();

        Assert.Equal(Routes.Order(), operations.Keys.Order());
        Assert.All(operations, operation =>
        {
            Assert.InRange(operation.Value["summary"]!.GetValue<string>().Length, 1, 30);
            Assert.NotEmpty(operation.Value["description"]!.GetValue<string>());
            Assert.NotNull(operation.Value["security"]![0]!["cognito"]);
            Assert.NotNull(operation.Value["responses"]!["401"]!["content"]!["application/problem+json"]!["example"]);
            Assert.NotNull(operation.Value["responses"]!["429"]);
            Assert.NotNull(operation.Value["responses"]!["503"]);
        });
        Assert.All(
            document["components"]!["schemas"]!.AsObject().Where(schema =>
                schema.Key.EndsWith("Response", StringComparison.Ordinal) || schema.Key.EndsWith("Request", StringComparison.Ordinal)),
            schema =>
            {
                Assert.NotEmpty(schema.Value!["examples"]!.AsArray());
                Assert.NotEmpty(schema.Value["description"]!.GetValue<string>());
            });
    }

    private static async Task<JsonNode> DocumentAsync(ApiProcess api)
    {
        using var nobody = new ApiClient(api.Address, authorization: null);
        return JsonNode.Parse((await nobody.GetAsync("/openapi/v1.json")).Text)!;
    }

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> SignInAsync(
        ApiProcess api, params (string Name, string Value)[] form)
    {
        using var nobody = new ApiClient(api.Address, authorization: null);
        var answer = await nobody.SendAsync(new(HttpMethod.Post, "/development/token")
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });
        return (answer.Status, JsonNode.Parse(answer.Text)!);
    }
}
