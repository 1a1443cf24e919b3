using System.Reflection;
using System.Text.Json.Nodes;
using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Cruddur.Api.OpenApi;

/// <summary>
/// The OpenAPI document: what the routes and types do not say themselves. The build writes it to <c>Api/openapi.json</c>, from which
/// the types of the front end are generated. The document as served also names its own server and, in development, the sign-in of
/// local users.
/// </summary>
internal static class ApiDocument
{
    /// <summary>Name of the security scheme for <see cref="DevelopmentSignIn"/>.</summary>
    public const string LocalScheme = "local-user";

    private const string BearerScheme = "cognito";
    private const string ProblemType = "application/problem+json";

    private static readonly (int Status, string Description)[] EverywhereUnderApi =
    [
        (StatusCodes.Status401Unauthorized, "The request has no valid access token of this client: `unauthorized`."),
        (StatusCodes.Status403Forbidden, "The caller is not registered: `user_not_registered`. `PUT /api/users/me` registers the caller."),
        (StatusCodes.Status415UnsupportedMediaType, "The content type is not `application/json`: `unsupported_media_type`."),
        (StatusCodes.Status429TooManyRequests, "The caller is over a limit: `too_many_requests`. Retry after `Retry-After` seconds."),
        (StatusCodes.Status503ServiceUnavailable,
            "A server is unavailable or busy: `service_unavailable`. Retry after `Retry-After` seconds."),
    ];

    /// <summary>Whether the build runs this application to write the document. No server is available then.</summary>
    public static bool IsBeingWritten => Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";

    /// <summary>Adds the document <c>v1</c>.</summary>
    public static WebApplicationBuilder AddApiDocument(this WebApplicationBuilder builder)
    {
        var hasLocalSignIn = !IsBeingWritten && DevelopmentSignIn.IsAvailable(builder.Configuration, builder.Environment);
        builder.Services.AddOpenApi(options =>
        {
            options.ShouldInclude = description => description.HttpMethod != HttpMethods.Head;
            options.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document, hasLocalSignIn);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, cancellationToken) =>
                DescribeOperationAsync(operation, context, hasLocalSignIn, cancellationToken));
            options.AddSchemaTransformer(ApiSchemas.DescribeAsync);
            options.CreateSchemaReferenceId = ApiSchemas.Name;
        });
        return builder;
    }

    private static void Describe(OpenApiDocument document, bool hasLocalSignIn)
    {
        document.Info = new()
        {
            Title = "Cruddur",
            Version = "1",
            Description =
                $"""
                Conversations between two users, and cruds for everybody.

                - Errors are `application/problem+json`. `errors` holds the codes of what is wrong.
                - Lists are arrays, newest first unless stated otherwise. The `Link` header leads to the next page back in time (`next`) and
                  forward in time (`prev`).
                - Timestamps are UTC with microseconds.
                - Handles are the same in upper and lower case.
                - {RequestLimits.Description} The answer to a request over a limit is 429 with `Retry-After`.
                - `GET` routes also answer `HEAD`.
                - `/health` answers 200 `Healthy`, 200 `Degraded` while Postgres is unavailable, and 503 `Unhealthy` while DynamoDB is
                  unavailable. Without Postgres, users who have called the process before can still send and read messages. `/alive`
                  answers 200 as long as the process runs.
                """,
        };
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [BearerScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token of the Cognito user pool.",
            },
        };
        if (hasLocalSignIn)
        {
            document.Components.SecuritySchemes[LocalScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "Signs a user of the local pool in, such as `andrewbrown`, `bayko` or `londo`.",
                Flows = new()
                {
                    Password = new()
                    {
                        TokenUrl = new Uri(DevelopmentSignIn.Path, UriKind.Relative),
                        Scopes = new Dictionary<string, string>(),
                    },
                },
            };
        }

        if (IsBeingWritten)
        {
            // The address of the machine that runs the build.
            document.Servers = [];
        }
    }

    private static async Task DescribeOperationAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, bool hasLocalSignIn, CancellationToken cancellationToken)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
        {
            return;
        }

        operation.Security = [Requirement(BearerScheme)];
        if (hasLocalSignIn)
        {
            operation.Security.Add(Requirement(LocalScheme));
        }

        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), cancellationToken: cancellationToken);
        context.Document!.AddComponent(nameof(ProblemDetails), problem);
        var reference = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document);
        operation.Responses ??= [];
        foreach (var (status, description) in EverywhereUnderApi.Where(answer => Applies(answer.Status, operation, context)))
        {
            operation.Responses[$"{status}"] = new OpenApiResponse { Description = description };
        }

        foreach (var (status, response) in operation.Responses)
        {
            if (response is OpenApiResponse answer && int.Parse(status, null) is >= 400 and var code)
            {
                answer.Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemType] = new() { Schema = reference, Example = ProblemExample(code) },
                };
            }
            else if (status == "200" && context.Description.ParameterDescriptions.Any(parameter => parameter.Name == "cursor"))
            {
                ((OpenApiResponse)response).Headers = new Dictionary<string, IOpenApiHeader>
                {
                    ["Link"] = new OpenApiHeader
                    {
                        Description = "Links to the neighbouring pages (RFC 8288).",
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                        Example = "</api/message_groups?limit=20&cursor=AbC>; rel=\"next\"",
                    },
                };
            }
        }

        if (operation.Responses.TryGetValue($"{StatusCodes.Status304NotModified}", out var notModified))
        {
            notModified.Description = "The answer has not changed since the request that got the tag.";
            DescribeEntityTag(operation);
        }

        OpenApiSecurityRequirement Requirement(string scheme) =>
            new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
    }

    private static void DescribeEntityTag(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "If-None-Match",
            In = ParameterLocation.Header,
            Description = "The `ETag` of an earlier answer. If the answer is still the same, it is 304 without a body.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        var answer = (OpenApiResponse)operation.Responses!["200"];
        answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
        answer.Headers["ETag"] = new OpenApiHeader
        {
            Description = "Identifies this answer, for `If-None-Match` (RFC 9110).",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = "\"3q2-796tvu_erb7v3q2-7w\"",
        };
    }

    private static bool Applies(int status, OpenApiOperation operation, OpenApiOperationTransformerContext context) => status switch
    {
        StatusCodes.Status403Forbidden => context.Description.ActionDescriptor.EndpointMetadata
            .OfType<IAuthorizeData>().Any(data => data.Policy == RegisteredUserRequirement.Policy),
        StatusCodes.Status415UnsupportedMediaType => operation.RequestBody is not null,
        _ => true,
    };

    private static JsonObject ProblemExample(int status) => new()
    {
        ["title"] = ReasonPhrases.GetReasonPhrase(status),
        ["status"] = status,
        [Problems.Errors] = new JsonArray(
            status is StatusCodes.Status422UnprocessableEntity ? ErrorCodes.MessageBlank : ErrorCodes.ForStatus(status)),
    };
}
