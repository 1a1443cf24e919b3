using Cruddur.Data;
using Cruddur.ServiceDefaults;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Cruddur.Api.Auth;

/// <summary>Accepts the access tokens of one client of one Cognito user pool.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html</remarks>
internal static class CognitoAuthentication
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause between two attempts to read the signing keys.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    /// <summary>Adds authentication by bearer token, and requires a token on every route that does not allow anonymous callers.</summary>
    public static WebApplicationBuilder AddCognitoAuthentication(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddSingleton<IConfigureOptions<JwtBearerOptions>, ConfigureCognitoTokens>();
        builder.Services.AddSingleton<RefusedTokens>();

        builder.Services.AddScoped<CurrentUser>();
        builder.Services.AddScoped<IAuthorizationHandler, RegisteredUserHandler>();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(
                RegisteredUserRequirement.Policy,
                policy => policy.RequireAuthenticatedUser().AddRequirements(new RegisteredUserRequirement()))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder;
    }

    private sealed class ConfigureCognitoTokens(
        IConfiguration configuration, IHostEnvironment environment, CallDeadline deadline, RefusedTokens refusedTokens)
        : IConfigureNamedOptions<JwtBearerOptions>
    {
        public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

        public void Configure(string? name, JwtBearerOptions options)
        {
            var pool = PoolSettings.Read(configuration, environment);
            options.MapInboundClaims = false;
            var signingKeys = new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{pool.Issuer}/.well-known/jwks.json",
                new SigningKeysRetriever(),
                new HttpDocumentRetriever { RequireHttps = !pool.IsLocal })
            {
                RefreshInterval = RetryInterval,
            };
            options.ConfigurationManager = signingKeys;

            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = pool.Issuer,
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                // Cognito names the key of each token in `kid`.
                TryAllIssuerSigningKeys = false,
                // Access tokens of Cognito have no audience; their client is checked below.
                ValidateAudience = false,
                ClockSkew = ClockSkew,
                NameClaimType = TokenClaims.Subject,
            };

            var clientId = configuration.GetRequiredSetting(SettingNames.UserPoolClientId);
            options.Events = new JwtBearerEvents
            {
                // No token can be validated without the keys. While the pool is unavailable, validation would answer 401 to every
                // caller, and clients would sign their users out.
                OnMessageReceived = context => HasBearerToken(context.Request)
                    ? deadline.RunAsync(signingKeys.GetConfigurationAsync, context.HttpContext.RequestAborted)
                    : Task.CompletedTask,
                OnTokenValidated = context =>
                {
                    if (!TokenClaims.AreOfAccessToken(context.Principal, clientId))
                    {
                        context.Fail("Not an access token of this application's client.");
                    }

                    return Task.CompletedTask;
                },
                OnChallenge = context =>
                {
                    refusedTokens.Log(HasBearerToken(context.Request), context.AuthenticateFailure);
                    return Task.CompletedTask;
                },
            };
        }

        private static bool HasBearerToken(HttpRequest request) =>
            request.Headers.Authorization.ToString()
                .StartsWith($"{JwtBearerDefaults.AuthenticationScheme} ", StringComparison.OrdinalIgnoreCase);
    }
}
