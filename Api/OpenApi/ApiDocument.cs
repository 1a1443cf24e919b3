using System.Reflection;
using System.Text.Json.Nodes;
using Cruddur.Api.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cruddur.Api.OpenApi;

/// <summary>
/// The OpenAPI document: what the routes and types don't say of themselves. It is written to <c>Api/openapi.json</c> by the
/// build; the front end's types are made from it.
/// </summary>
internal static class ApiDocument
{
    private const string BearerScheme = "cognito";
    private const string ProblemType = "application/problem+json";

    private static readonly (int Status, string Description)[] EverywhereUnderApi =
    [
        (StatusCodes.Status401Unauthorized, "There is no valid access token of this client: `unauthorized`."),
        (StatusCodes.Status403Forbidden, "The caller has no row yet: `user_not_registered`. `PUT /api/users/me` makes it."),
        (StatusCodes.Status415UnsupportedMediaType, "The body is not declared as `application/json`: `unsupported_media_type`."),
        (StatusCodes.Status429TooManyRequests, "The caller writes too often: `too_many_requests`. Try again after `Retry-After` seconds."),
        (StatusCodes.Status503ServiceUnavailable, "A server is away or busy: `service_unavailable`. Try again after `Retry-After` seconds."),
    ];

    /// <summary>Whether the build runs this application to write its document, with no server at hand.</summary>
    public static bool IsBeingWritten => Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";

    /// <summary>Adds the document <c>v1</c>.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer(DescribeAsync);
            options.AddOperationTransformer(DescribeOperationAsync);
            options.AddSchemaTransformer(ApiSchemas.DescribeAsync);
            options.CreateSchemaReferenceId = ApiSchemas.Name;
        });

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "Cruddur",
            Version = "1",
            Description =
                "Conversations between two users, and cruds for everybody. Errors are `application/problem+json` with `errors`, the codes of "
                + "what is wrong. Lists are arrays, newest first unless said otherwise; `Link` leads to the page before in time (`next`) "
                + "and after it (`prev`). Timestamps are UTC with microseconds.",
        };
        document.Servers = [];
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
        return Task.CompletedTask;
    }

    private static async Task DescribeOperationAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
        {
            return;
        }

        operation.Security = [new() { [new OpenApiSecuritySchemeReference(BearerScheme, context.Document)] = [] }];

        var problem = await context.GetOrCreateSchemaAsync(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), cancellationToken: cancellationToken);
        context.Document!.AddComponent("ProblemDetails", problem);
        var reference = new OpenApiSchemaReference("ProblemDetails", context.Document);
        operation.Responses ??= [];
        foreach (var (status, description) in EverywhereUnderApi.Where(answer => Applies(answer.Status, operation, context)))
        {
            operation.Responses[$"{status}"] = new OpenApiResponse { Description = description };
        }

        foreach (var (status, response) in operation.Responses)
        {
            if (response is OpenApiResponse answer && int.Parse(status, null) is >= 400 and var code)
            {
                answer.Content = new Dictionary<string, OpenApiMediaType> { [ProblemType] = new() { Schema = reference, Example = ProblemExample(code) } };
            }
            else if (status == "200" && context.Description.ParameterDescriptions.Any(parameter => parameter.Name == "cursor"))
            {
                ((OpenApiResponse)response).Headers = new Dictionary<string, IOpenApiHeader>
                {
                    ["Link"] = new OpenApiHeader
                    {
                        Description = "Links to the pages next to this one, after RFC 8288.",
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                        Example = "</api/message_groups?limit=20&cursor=AbC>; rel=\"next\"",
                    },
                };
            }
        }
    }

    private static bool Applies(int status, OpenApiOperation operation, OpenApiOperationTransformerContext context) => status switch
    {
        StatusCodes.Status403Forbidden => context.Description.ActionDescriptor.EndpointMetadata
            .OfType<IAuthorizeData>().Any(data => data.Policy == Auth.RegisteredUserRequirement.Policy),
        StatusCodes.Status415UnsupportedMediaType => operation.RequestBody is not null,
        StatusCodes.Status429TooManyRequests => context.Description.HttpMethod != HttpMethods.Get,
        _ => true,
    };

    private static JsonObject ProblemExample(int status) => new()
    {
        ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
        ["status"] = status,
        [Problems.Errors] = new JsonArray(status is StatusCodes.Status422UnprocessableEntity ? ErrorCodes.MessageBlank : ErrorCodes.ForStatus(status)),
    };
}
