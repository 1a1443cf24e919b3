using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Cruddur.ServiceDefaults;

namespace Cruddur.Seeder.Cognito;

/// <summary>
/// Signs a request to Cognito with Signature Version 4. Uses the signer and the credential chain of the AWS SDK, because the
/// package with the SDK's Cognito client is missing from some feeds.
/// </summary>
/// <param name="pool">The user pool that receives the request.</param>
/// <param name="credentials">The credentials to sign with; null for the credential chain of the AWS SDK.</param>
internal sealed class CognitoRequestSigner(CognitoUserPool pool, AWSCredentials? credentials = null)
{
    private const string Service = "cognito-idp";

    /// <summary>Adds the headers of the signature.</summary>
    /// <param name="request">A request with a body.</param>
    /// <param name="cancellationToken">Cancels the search for credentials.</param>
    /// <exception cref="AmazonClientException">There are no credentials.</exception>
    public async Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var config = new SigningConfig(pool.Region);
        var signer = credentials ?? await new DefaultAWSCredentialsIdentityResolver().ResolveIdentityAsync(config, cancellationToken);
        var keys = await signer.GetCredentialsAsync();

        var unsigned = new DefaultRequest(new SignedRequest(), Service)
        {
            Endpoint = new(pool.Endpoint),
            HttpMethod = request.Method.Method,
            ResourcePath = request.RequestUri!.AbsolutePath,
            Content = await request.Content!.ReadAsByteArrayAsync(cancellationToken),
            AuthenticationRegion = pool.Region,
            OverrideSigningServiceName = Service,
        };
        foreach (var (name, values) in request.Headers.Concat(request.Content.Headers))
        {
            unsigned.Headers[name] = string.Join(',', values);
        }

        if (keys.UseToken)
        {
            unsigned.Headers["X-Amz-Security-Token"] = keys.Token;
        }

        var signature = new AWS4Signer().SignRequest(unsigned, config, null, keys.AccessKey, keys.SecretKey);

        // The signer adds the headers that it signs, such as the date. The request provides Host and Content-*.
        foreach (var (name, value) in unsigned.Headers.Where(header => header.Key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
    }

    private sealed class SignedRequest : AmazonWebServiceRequest;

    /// <summary>The part of a service client's configuration that the signer and the credential chain use.</summary>
    private sealed class SigningConfig : ClientConfig
    {
        public SigningConfig(string region)
            : base(new DefaultConfigurationProvider([new DefaultConfiguration { Name = DefaultConfigurationMode.Standard }]))
        {
            AuthenticationRegion = region;
            AuthenticationServiceName = Service;
        }

        public override string ServiceVersion => "2016-04-18";

        public override string UserAgent => "cruddur";

        public override string RegionEndpointServiceName => Service;

        public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
            throw new NotSupportedException("The endpoint is the user pool's.");
    }
}
