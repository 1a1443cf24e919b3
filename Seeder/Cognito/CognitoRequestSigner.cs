using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Cruddur.ServiceDefaults;

namespace Cruddur.Seeder.Cognito;

/// <summary>
/// Signs a request to Cognito with Signature Version 4, by the signer of the AWS SDK and the credentials that it finds in its
/// usual places. The SDK's own Cognito client is a package that not every feed has.
/// </summary>
/// <param name="pool">The user pool that the request goes to.</param>
/// <param name="credentials">The credentials to sign with; null for those of the usual places.</param>
internal sealed class CognitoRequestSigner(CognitoUserPool pool, AWSCredentials? credentials = null)
{
    private const string Service = "cognito-idp";

    /// <summary>Adds the signature's headers.</summary>
    /// <param name="request">A request with a body.</param>
    /// <param name="cancellationToken">Stops the search for credentials.</param>
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

        // The signer has added the headers that it signs, the time among them. Host and Content-* come from the request itself.
        foreach (var (name, value) in unsigned.Headers.Where(header => header.Key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
    }

    private sealed class SignedRequest : AmazonWebServiceRequest;

    /// <summary>The little of a service client's configuration that the signer and the credentials' sources ask for.</summary>
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
