using System.Net;
using Cruddur.Api.Users;
using Cruddur.Data;
using Cruddur.ServiceDefaults;
using Cruddur.UnitTests.Seeder;

namespace Cruddur.UnitTests.Api;

public sealed class CognitoProfilesTests
{
    [Fact]
    public async Task A_profile_has_the_attributes_of_the_user()
    {
        var profile = await FindAsync(
            HttpStatusCode.OK,
            """{"UserAttributes":[{"Name":"preferred_username","Value":"londo"},{"Name":"name","Value":"Londo Mollari"}]}""");
        Assert.Equal(new("londo", "Londo Mollari", null), profile);
    }

    [Theory]
    [InlineData("NotAuthorizedException")]
    [InlineData("UserNotFoundException")]
    [InlineData("com.amazonaws.cognito#NotAuthorizedException")]
    public async Task A_token_that_is_no_longer_accepted_has_no_profile(string type) =>
        Assert.Null(await FindAsync(HttpStatusCode.BadRequest, $$"""{"__type":"{{type}}","message":"Access Token has been revoked"}"""));

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, """{"__type":"TooManyRequestsException","message":"Rate exceeded"}""")]
    [InlineData(HttpStatusCode.BadRequest, """{"__type":"InternalErrorException"}""")]
    [InlineData(HttpStatusCode.BadRequest, """{"__type":1}""")]
    [InlineData(HttpStatusCode.BadRequest, "[]")]
    [InlineData(HttpStatusCode.BadRequest, "<html>")]
    [InlineData(HttpStatusCode.BadRequest, "")]
    [InlineData(HttpStatusCode.InternalServerError, """{"__type":"NotAuthorizedException"}""")]
    public async Task Another_error_means_that_cognito_is_unavailable(HttpStatusCode status, string body)
    {
        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => FindAsync(status, body));
        Assert.True(ServerAvailability.IsUnavailable(exception));
    }

    private static async Task<CognitoProfile?> FindAsync(HttpStatusCode status, string body)
    {
        using var http = new HttpClient(new StubCognito((status, body)));
        var pool = new CognitoUserPool("us-east-1_Test", "http://cognito.example", IsLocal: true);
        return await new CognitoProfiles(http, pool).FindAsync("token", TestContext.Current.CancellationToken);
    }
}
