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
    public void Only_access_tokens_of_this_client_are_let_in(string? use, string? client, bool isLetIn)
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

        Assert.Equal(isLetIn, TokenClaims.AreOfAccessToken(new(identity), "client"));
    }
}
