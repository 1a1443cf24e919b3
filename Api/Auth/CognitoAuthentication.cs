using Cruddur.ServiceDefaults;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Cruddur.Api.Auth;

/// <summary>Lets in the access tokens of one client of one Cognito user pool.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html</remarks>
internal static class CognitoAuthentication
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Adds authentication by bearer token, and authorization that asks for a token on every route which doesn't say otherwise.</summary>
    public static WebApplicationBuilder AddCognitoAuthentication(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddSingleton<IConfigureOptions<JwtBearerOptions>, ConfigureCognitoTokens>();

        builder.Services.AddScoped<CurrentUser>();
        builder.Services.AddScoped<IAuthorizationHandler, RegisteredUserHandler>();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(RegisteredUserRequirement.Policy, policy => policy.RequireAuthenticatedUser().AddRequirements(new RegisteredUserRequirement()))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder;
    }

    private sealed class ConfigureCognitoTokens(IConfiguration configuration, IHostEnvironment environment)
        : IConfigureNamedOptions<JwtBearerOptions>
    {
        public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

        public void Configure(string? name, JwtBearerOptions options)
        {
            var pool = PoolSettings.Read(configuration, environment);
            options.MapInboundClaims = false;
            options.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{pool.Issuer}/.well-known/jwks.json",
                new SigningKeysRetriever(),
                new HttpDocumentRetriever(new HttpClient { Timeout = TimeSpan.FromSeconds(2) }) { RequireHttps = !pool.IsLocal });

            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = pool.Issuer,
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                // Access tokens of Cognito have no audience; their client is checked below.
                ValidateAudience = false,
                ClockSkew = ClockSkew,
                NameClaimType = TokenClaims.Subject,
            };

            var clientId = configuration.GetRequiredSetting(SettingNames.UserPoolClientId);
            options.Events = new JwtBearerEvents
            {
                OnTokenValidated = context =>
                {
                    if (!TokenClaims.AreOfAccessToken(context.Principal, clientId))
                    {
                        context.Fail("Not an access token of this application's client.");
                    }

                    return Task.CompletedTask;
                },
            };
        }
    }
}
