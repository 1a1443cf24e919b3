using System.Net;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Prerequisites;

namespace Cruddur.AppHostTests;

public sealed class UserPoolSettingsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    public void Without_settings_there_is_no_real_pool(string? poolId, string? clientId) =>
        Assert.Null(UserPoolSettings.Parse(poolId, clientId));

    [Fact]
    public void A_real_pool_names_its_region()
    {
        var pool = UserPoolSettings.Parse("ca-central-1_AbCdEfGhI", "5v1j2k3l4m")!;

        Assert.Equal("ca-central-1", pool.Region);
    }

    [Theory]
    [InlineData("us-east-1_AbCdEfGhI", null, "only one is set")]
    [InlineData(null, "5v1j2k3l4m", "only one is set")]
    [InlineData("AbCdEfGhI", "5v1j2k3l4m", "not a user pool id")]
    [InlineData("us-east-1_Ab/../x", "5v1j2k3l4m", "not a user pool id")]
    [InlineData("us-east-1_AbCdEfGhI", "Not A Client", "not an app client id")]
    public void Half_or_malformed_settings_are_refused(string? poolId, string? clientId, string sentence)
    {
        var error = Assert.Throws<PrerequisiteException>(() => UserPoolSettings.Parse(poolId, clientId));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_whose_keys_AWS_has_exists()
    {
        Uri? asked = null;
        using var client = new HttpClient(new Answer(request =>
        {
            asked = request.RequestUri;
            return new HttpResponseMessage(HttpStatusCode.OK);
        }));

        await UserPoolSettings.Parse("us-east-1_AbCdEfGhI", "5v1j2k3l4m")!.CheckExistsAsync(client);

        Assert.Equal(new Uri("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/jwks.json"), asked);
    }

    [Fact]
    public async Task A_pool_that_AWS_does_not_know_is_refused()
    {
        using var client = new HttpClient(new Answer(_ => new HttpResponseMessage(HttpStatusCode.NotFound)));

        var error = await Assert.ThrowsAsync<PrerequisiteException>(
            () => UserPoolSettings.Parse("us-east-1_Wrong", "5v1j2k3l4m")!.CheckExistsAsync(client));

        Assert.Contains("AWS knows no user pool us-east-1_Wrong", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_that_cannot_be_checked_is_refused()
    {
        using var client = new HttpClient(new Answer(_ => throw new HttpRequestException("no route")));

        var error = await Assert.ThrowsAsync<PrerequisiteException>(
            () => UserPoolSettings.Parse("us-east-1_AbCdEfGhI", "5v1j2k3l4m")!.CheckExistsAsync(client));

        Assert.Contains("can't be reached", error.Message, StringComparison.Ordinal);
    }

    private sealed class Answer(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
