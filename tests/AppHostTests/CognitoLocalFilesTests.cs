using System.Text.Json;
using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Integrations.CognitoLocal;

namespace Cruddur.AppHostTests;

public sealed class CognitoLocalFilesTests : IDisposable
{
    private static readonly CognitoLocalPool Pool = new(LocalPool.PoolId, LocalPool.ClientId, LocalPool.Users);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cruddur-cognito-");

    private string PoolFile => Path.Combine(_directory.FullName, ".cognito", "db", $"{LocalPool.PoolId}.json");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_pool_has_its_users_with_plain_passwords_and_fixed_ids()
    {
        Write("http://localhost:9229", Pool);

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
        Assert.Equal(LocalPool.PoolId, Client(LocalPool.ClientId).GetProperty("UserPoolId").GetString());
    }

    [Fact]
    public void People_who_signed_up_stay_and_the_issuer_follows_the_port()
    {
        Write("http://localhost:9229", Pool);
        File.WriteAllText(PoolFile, File.ReadAllText(PoolFile).Replace("\"londo\": {", "\"gkar\": {", StringComparison.Ordinal));

        Write("http://localhost:41234/", Pool);

        Assert.Contains("\"gkar\": {", File.ReadAllText(PoolFile), StringComparison.Ordinal);
        Assert.Equal("http://localhost:41234", Read("config.json").GetProperty("TokenConfig").GetProperty("IssuerDomain").GetString());
    }

    [Fact]
    public void New_users_and_client_settings_reach_files_that_exist_and_changed_users_stay()
    {
        Write("http://localhost:9229", Pool with { ClientId = "oldclient", Users = [LocalPool.Users[0]] });
        File.WriteAllText(PoolFile, File.ReadAllText(PoolFile).Replace(LocalPool.Password, "Changed1234!", StringComparison.Ordinal));
        var clients = Path.Combine(_directory.FullName, ".cognito", "db", "clients.json");
        File.WriteAllText(clients, File.ReadAllText(clients).Replace(
            "\"AccessTokenValidity\": "
            + $"{CognitoLocalFiles.TokenDays}", "\"AccessTokenValidity\": 1", StringComparison.Ordinal));

        Write("http://localhost:9229", Pool with { ClientId = "oldclient" });

        var users = Read($"db/{LocalPool.PoolId}.json").GetProperty("Users");
        Assert.Equal("Changed1234!", users.GetProperty("andrewbrown").GetProperty("Password").GetString());
        Assert.Equal(LocalPool.Password, users.GetProperty("londo").GetProperty("Password").GetString());
        Assert.Equal(CognitoLocalFiles.TokenDays, Client("oldclient").GetProperty("AccessTokenValidity").GetInt32());
    }

    [Fact]
    public void A_file_that_is_not_JSON_is_named_and_left_alone()
    {
        Write("http://localhost:9229", Pool);
        File.WriteAllText(PoolFile, "{");

        var error = Assert.Throws<Aspire.Hosting.DistributedApplicationException>(() => Write("http://localhost:9229", Pool));

        Assert.StartsWith(PoolFile, error.Message, StringComparison.Ordinal);
        Assert.Equal("{", File.ReadAllText(PoolFile));
    }

    private void Write(string issuer, CognitoLocalPool pool) => CognitoLocalFiles.Write(_directory.FullName, new Uri(issuer), [pool]);

    private JsonElement Client(string id) => Read("db/clients.json").GetProperty("Clients").GetProperty(id);

    private JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_directory.FullName, ".cognito", file))).RootElement;
}
