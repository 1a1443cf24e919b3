using System.Security.Claims;
using Cruddur.Api.Auth;

namespace Cruddur.UnitTests.Api;

public sealed class TokenClaimsTests
{
    [Theory]
    [InlineData("access", "client", true)]
    [InlineData("id", "client", false)]
    [InlineData("access", "another", false)]
    [InlineData("access", null, false)]
    [InlineData(null, "client", false)]
    public void Only_access_tokens_of_this_client_are_accepted(string? use, string? client, bool isAccepted)
    {
        var identity = new ClaimsIdentity();
        if (use is not null)
        {
            identity.AddClaim(new("token_use", use));
        }

        if (client is not null)
        {
            identity.AddClaim(new("client_id", client));
        }

        Assert.Equal(isAccepted, TokenClaims.AreOfAccessToken(new(identity), "client"));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(0, 0)]
    [InlineData(-30, 0)]
    public void The_remaining_lifetime_of_a_token_is_not_negative(int expiresIn, int remaining)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var identity = new ClaimsIdentity([new("exp", $"{now.ToUnixTimeSeconds() + expiresIn}")]);
        Assert.Equal(TimeSpan.FromSeconds(remaining), TokenClaims.RemainingLifetime(new(identity), now));
    }
}
