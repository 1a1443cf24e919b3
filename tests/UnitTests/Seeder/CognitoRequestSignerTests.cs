using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Cruddur.Seeder.Cognito;
using Cruddur.ServiceDefaults;

namespace Cruddur.UnitTests.Seeder;

public sealed class CognitoRequestSignerTests
{
    private const string Body = """{"UserPoolId":"eu-west-1_Pool"}""";

    private static readonly CognitoUserPool Pool = new("eu-west-1_Pool", "https://cognito-idp.eu-west-1.amazonaws.com", IsLocal: false);

    [Fact]
    public async Task The_signature_follows_the_specification()
    {
        using var request = await SignAsync(new BasicAWSCredentials("AKIDEXAMPLE", "secret"));

        var authorization = Header(request, "Authorization");
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/", authorization, StringComparison.Ordinal);
        Assert.Contains("/eu-west-1/cognito-idp/aws4_request", authorization, StringComparison.Ordinal);
        Assert.EndsWith($"Signature={ExpectedSignature(request, "secret")}", authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Temporary_credentials_add_their_session_token()
    {
        using var request = await SignAsync(new SessionAWSCredentials("AKIDEXAMPLE", "secret", "session"));

        Assert.Equal("session", Header(request, "X-Amz-Security-Token"));
        Assert.Contains("x-amz-security-token", SignedHeaders(request));
        Assert.EndsWith($"Signature={ExpectedSignature(request, "secret")}", Header(request, "Authorization"), StringComparison.Ordinal);
    }

    private static async Task<HttpRequestMessage> SignAsync(AWSCredentials credentials)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Pool.Endpoint}/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)),
        };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUsers");
        await new CognitoRequestSigner(Pool, credentials).SignAsync(request, TestContext.Current.CancellationToken);
        return request;
    }

    /// <summary>Signature Version 4 of the signed headers, calculated as the specification describes.</summary>
    private static string ExpectedSignature(HttpRequestMessage request, string secret)
    {
        var time = Header(request, "X-Amz-Date");
        var scope = $"{time[..8]}/eu-west-1/cognito-idp/aws4_request";
        var signed = SignedHeaders(request);
        var canonical = string.Join('\n',
        [
            "POST", "/", "", .. signed.Select(name => $"{name}:{Header(request, name)}"), "", string.Join(';', signed), Hash(Body),
        ]);

        var key = Encoding.UTF8.GetBytes($"AWS4{secret}");
        foreach (var part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        var text = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hash(canonical)}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string[] SignedHeaders(HttpRequestMessage request)
    {
        var authorization = Header(request, "Authorization");
        const string Name = "SignedHeaders=";
        var start = authorization.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        return authorization[start..authorization.IndexOf(',', start)].Split(';');
    }

    private static string Header(HttpRequestMessage request, string name) => name.ToUpperInvariant() switch
    {
        "HOST" => request.RequestUri!.Host,
        "CONTENT-TYPE" => request.Content!.Headers.ContentType!.ToString(),
        "CONTENT-LENGTH" => request.Content!.Headers.ContentLength!.Value.ToString(),
        _ => request.Headers.NonValidated[name].ToString(),
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
