using Cruddur.Api.Auth;
using Scalar.AspNetCore;

namespace Cruddur.Api.OpenApi;

/// <summary>The API reference: a page that shows the OpenAPI document and sends requests.</summary>
internal static class ApiReference
{
    /// <summary>Path of the page.</summary>
    public const string Path = "/scalar";

    /// <summary>
    /// The content security policy of the page. The page contacts no other host: it works in closed networks, and no other host sees
    /// its readers.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; frame-ancestors 'none'";

    /// <summary>Maps the page, without the fonts and the buttons for services of its vendor.</summary>
    public static IEndpointConventionBuilder MapApiReference(this WebApplication app) =>
        app.MapScalarApiReference(Path, options =>
        {
            options
                .WithTitle("Cruddur API")
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .DisableMcp()
                .HideClientButton()
                .HideDeveloperTools();
            if (DevelopmentSignIn.IsAvailable(app.Configuration, app.Environment))
            {
                options
                    .AddPreferredSecuritySchemes(ApiDocument.LocalScheme)
                    .AddPasswordFlow(ApiDocument.LocalScheme, flow => flow
                        .WithUsername(DevelopmentSignIn.UserName)
                        .WithPassword(DevelopmentSignIn.Password));
            }
        });
}
