using System.Net;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Cruddur.Seeder.Cognito;
using Cruddur.ServiceDefaults;

namespace Cruddur.UnitTests.Seeder;

public sealed class CognitoUserListTests
{
    private static readonly CognitoUserPool Pool = new("eu-west-1_Pool", "https://cognito-idp.eu-west-1.amazonaws.com", IsLocal: false);

    [Fact]
    public async Task All_pages_are_read()
    {
        using var cognito = new StubCognito(
            (HttpStatusCode.OK, Page(["1:andrewbrown", "2:bayko"], "more")),
            (HttpStatusCode.OK, Page(["3:londo"], "even more")),
            (HttpStatusCode.OK, Page(["4"], null)));

        var users = await ListAsync(cognito);

        Assert.Equal([new("1", "andrewbrown"), new("2", "bayko"), new("3", "londo"), new("4", null)], users);
        Assert.Equal(
            [null, "more", "even more"],
            cognito.Requests.Select(sent => JsonNode.Parse(sent.Body)!["PaginationToken"]?.GetValue<string>()));
        Assert.All(cognito.Requests, sent =>
        {
            var body = JsonNode.Parse(sent.Body)!;
            Assert.Equal("eu-west-1_Pool", body["UserPoolId"]!.GetValue<string>());
            Assert.Equal(60, body["Limit"]!.GetValue<int>());
            Assert.Equal("AWSCognitoIdentityProviderService.ListUsers", Assert.Single(sent.Request.Headers.GetValues("X-Amz-Target")));
            Assert.Equal("application/x-amz-json-1.1", sent.Request.Content!.Headers.ContentType!.ToString());
            Assert.Equal("https://cognito-idp.eu-west-1.amazonaws.com/", sent.Request.RequestUri!.ToString());
        });
    }

    [Fact]
    public async Task A_missing_pool_is_named_with_advice()
    {
        using var cognito = new StubCognito(
            (HttpStatusCode.BadRequest, """{"__type":"ResourceNotFoundException","message":"No such pool"}"""));

        var error = await Assert.ThrowsAsync<CognitoException>(() => ListAsync(cognito));

        Assert.Contains("eu-west-1_Pool", error.Message, StringComparison.Ordinal);
        Assert.Contains("There is no such pool", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_that_is_not_from_Cognito_is_an_error_with_its_status()
    {
        using var cognito = new StubCognito((HttpStatusCode.BadGateway, "<html>Bad gateway</html>"));

        var error = await Assert.ThrowsAsync<CognitoException>(() => ListAsync(cognito));

        Assert.Contains("HTTP status 502", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<CognitoUser>> ListAsync(StubCognito cognito)
    {
        using var http = new HttpClient(cognito, disposeHandler: false);
        var list = new CognitoUserList(new(http, new CognitoRequestSigner(Pool, new BasicAWSCredentials("key", "secret")), Pool));
        var users = new List<CognitoUser>();
        await foreach (var user in list.ListAsync(TestContext.Current.CancellationToken))
        {
            users.Add(user);
        }

        return users;
    }

    private static string Page(string[] users, string? next)
    {
        var page = new JsonObject
        {
            ["Users"] = new JsonArray([.. users.Select(user =>
            {
                var attributes = new JsonArray(new JsonObject { ["Name"] = "sub", ["Value"] = user.Split(':')[0] });
                if (user.Split(':') is [_, var handle])
                {
                    attributes.Add(new JsonObject { ["Name"] = "preferred_username", ["Value"] = handle });
                }

                return new JsonObject { ["Username"] = user, ["Attributes"] = attributes };
            })]),
        };
        if (next is not null)
        {
            page["PaginationToken"] = next;
        }

        return page.ToJsonString();
    }
}
