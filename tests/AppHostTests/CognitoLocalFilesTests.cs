using System.Text.Json;
using Cruddur.AppHost.Cognito;

namespace Cruddur.AppHostTests;

public sealed class CognitoLocalFilesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cruddur-cognito-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_pool_has_its_users_with_plain_passwords_and_fixed_ids()
    {
        CognitoLocalFiles.Write(_directory.FullName, new Uri("http://localhost:9229"));

        var users = Read($"db/{LocalPool.PoolId}.json").GetProperty("Users");
        Assert.Equal(["andrewbrown", "bayko", "londo"], users.EnumerateObject().Select(user => user.Name));
        Assert.All(LocalPool.Users, user =>
        {
            var written = users.GetProperty(user.Handle);
            Assert.Equal(LocalPool.Password, written.GetProperty("Password").GetString());
            Assert.Equal("CONFIRMED", written.GetProperty("UserStatus").GetString());
            Assert.Contains(written.GetProperty("Attributes").EnumerateArray(), attribute =>
                attribute.GetProperty("Name").GetString() == "sub" && attribute.GetProperty("Value").GetString() == user.Sub);
        });
        Assert.Equal(LocalPool.PoolId, Read("db/clients.json").GetProperty("Clients").GetProperty(LocalPool.ClientId).GetProperty("UserPoolId").GetString());
    }

    [Fact]
    public void People_who_signed_up_stay_and_the_issuer_follows_the_port()
    {
        CognitoLocalFiles.Write(_directory.FullName, new Uri("http://localhost:9229"));
        var pool = Path.Combine(_directory.FullName, ".cognito", "db", $"{LocalPool.PoolId}.json");
        File.WriteAllText(pool, File.ReadAllText(pool).Replace("londo", "gkar", StringComparison.Ordinal));

        CognitoLocalFiles.Write(_directory.FullName, new Uri("http://localhost:41234/"));

        Assert.Contains("gkar", File.ReadAllText(pool), StringComparison.Ordinal);
        Assert.Equal("http://localhost:41234", Read("config.json").GetProperty("TokenConfig").GetProperty("IssuerDomain").GetString());
    }

    private JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_directory.FullName, ".cognito", file))).RootElement;
}
