using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Errors;

/// <summary>Error answers: <c>application/problem+json</c> with <c>errors: [codes]</c>.</summary>
internal static class Problems
{
    /// <summary>Name of the member that holds the codes.</summary>
    public const string Errors = "errors";

    /// <summary>422 with what is wrong with a well-formed request.</summary>
    /// <param name="codes">At least one of <see cref="ErrorCodes"/>.</param>
    public static ProblemHttpResult Unprocessable(params string[] codes) => WithCodes(StatusCodes.Status422UnprocessableEntity, codes);

    /// <summary>404.</summary>
    public static ProblemHttpResult NotFound() => WithCodes(StatusCodes.Status404NotFound, ErrorCodes.NotFound);

    /// <summary>Makes every error answer a problem with codes, those of the framework itself included.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services
            .AddExceptionHandler<ExceptionProblems>()
            .AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            {
                var problem = context.ProblemDetails;
                problem.Extensions.TryAdd(Errors, new[] { ErrorCodes.ForStatus(problem.Status ?? context.HttpContext.Response.StatusCode) });
            });

    private static ProblemHttpResult WithCodes(int status, params string[] codes) =>
        TypedResults.Problem(statusCode: status, extensions: [new(Errors, codes)]);
}
