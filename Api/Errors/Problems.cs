using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Errors;

/// <summary>Error responses: <c>application/problem+json</c> with <c>errors: [codes]</c>.</summary>
internal static class Problems
{
    /// <summary>Name of the member that holds the codes.</summary>
    public const string Errors = "errors";

    /// <summary>When to retry after a 503, in seconds.</summary>
    private const string RetryAfter = "2";

    /// <summary>400: the request is malformed.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    public static ProblemHttpResult BadRequest(string code) => WithCodes(StatusCodes.Status400BadRequest, code);

    /// <summary>422: the request is well-formed but not valid.</summary>
    /// <param name="codes">At least one of <see cref="ErrorCodes"/>.</param>
    public static ProblemHttpResult Unprocessable(params string[] codes) => WithCodes(StatusCodes.Status422UnprocessableEntity, codes);

    /// <summary>409: the request conflicts with existing data.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    public static ProblemHttpResult Conflict(string code) => WithCodes(StatusCodes.Status409Conflict, code);

    /// <summary>404: the resource does not exist, or the caller may not see it.</summary>
    public static ProblemHttpResult NotFound() => WithCodes(StatusCodes.Status404NotFound, ErrorCodes.NotFound);

    /// <summary>Writes 503: a server that the request needs is unavailable or too busy.</summary>
    public static Task WriteUnavailableAsync(this HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfter;
        return context.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Writes the problem for a status.</summary>
    public static async Task WriteProblemAsync(this HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(
            new() { HttpContext = context, ProblemDetails = { Status = status } });
    }

    /// <summary>Makes every error response a problem with codes, including those of the framework.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services
            .AddExceptionHandler<ExceptionProblems>()
            .AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            {
                var problem = context.ProblemDetails;
                var status = problem.Status ?? context.HttpContext.Response.StatusCode;
                problem.Extensions.TryAdd(Errors, new[] { ErrorCodes.ForStatus(status) });
            });

    private static ProblemHttpResult WithCodes(int status, params string[] codes) =>
        TypedResults.Problem(statusCode: status, extensions: [new(Errors, codes)]);
}
