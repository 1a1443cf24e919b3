using Amazon;
using Amazon.Runtime.Internal;
using Amazon.Runtime.SharedInterfaces;

namespace Cruddur.UnitTests.Data;

/// <summary>The AWS SDK loads the clients of these services by name when a profile needs them.</summary>
public sealed class AwsProfileTests
{
    [Fact]
    public void A_profile_can_assume_a_role_or_use_a_web_identity() =>
        AssertLoads<ICoreAmazonSTS>("AWSSDK.SecurityToken", "Amazon.SecurityToken.AmazonSecurityTokenServiceClient");

    [Fact]
    public void A_profile_can_sign_in_with_SSO()
    {
        AssertLoads<ICoreAmazonSSO>("AWSSDK.SSO", "Amazon.SSO.AmazonSSOClient");
        AssertLoads<ICoreAmazonSSOOIDC>("AWSSDK.SSOOIDC", "Amazon.SSOOIDC.AmazonSSOOIDCClient");
    }

    private static void AssertLoads<TService>(string assembly, string client)
        where TService : class =>
        Assert.IsType<TService>(
            ServiceClientHelpers.CreateServiceFromAssembly<TService>(assembly, client, RegionEndpoint.USEast1), exactMatch: false);
}
