using Cruddur.Api.Auth;
using Cruddur.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Cruddur.UnitTests.ServiceDefaults;

public sealed class CognitoUserPoolTests
{
    [Fact]
    public void Without_an_endpoint_the_pool_is_in_aws()
    {
        var pool = CognitoUserPool.From(Settings(("AWS_COGNITO_USER_POOL_ID", "eu-west-1_Pool")));
        Assert.False(pool.IsLocal);
        Assert.Equal("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool", pool.Issuer);
    }

    [Theory]
    [InlineData("http://localhost:9229")]
    [InlineData("http://localhost:9229/")]
    public void With_an_endpoint_the_pool_is_local(string endpoint)
    {
        var pool = CognitoUserPool.From(Local(endpoint));
        Assert.True(pool.IsLocal);
        Assert.Equal("us-east-1", pool.Region);
        Assert.Equal("http://localhost:9229/us-east-1_CruddurDev", pool.Issuer);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("CruddurDev")]
    [InlineData("us-east-1_")]
    public void What_is_no_pool_id_is_refused_by_the_setting_that_names_it(string? id)
    {
        var error = Assert.Throws<InvalidOperationException>(() => CognitoUserPool.From(Settings(("AWS_COGNITO_USER_POOL_ID", id))));
        Assert.Contains("AWS_COGNITO_USER_POOL_ID", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_pool_is_trusted_in_development_only()
    {
        var settings = Local("http://localhost:9229");
        Assert.True(PoolSettings.Read(settings, In(Environments.Development)).IsLocal);
        Assert.Throws<InvalidOperationException>(() => PoolSettings.Read(settings, In(Environments.Production)));
    }

    private static IConfiguration Local(string endpoint) =>
        Settings(("AWS_COGNITO_USER_POOL_ID", "us-east-1_CruddurDev"), ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", endpoint));

    private static HostingEnvironment In(string environment) => new() { EnvironmentName = environment };

    private static IConfiguration Settings(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))).Build();
}
