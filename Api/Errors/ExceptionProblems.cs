using Cruddur.Data;
using Cruddur.Data.Messages;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Cruddur.Api.Errors;

/// <summary>Answers exceptions with problems.</summary>
internal sealed partial class ExceptionProblems(IProblemDetailsService problems, ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    /// <summary>When to try again after a 503, in seconds.</summary>
    private const string RetryAfter = "2";

    /// <inheritdoc />
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var status = exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            MessageGroupBusyException => StatusCodes.Status503ServiceUnavailable,
            _ when ServerAvailability.IsAway(exception) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };

        switch (status)
        {
            case StatusCodes.Status503ServiceUnavailable:
                httpContext.Response.Headers.RetryAfter = RetryAfter;
                LogUnavailable(logger, exception.GetType().Name, exception.Message);
                break;
            case StatusCodes.Status500InternalServerError:
                LogFault(logger, exception);
                break;
        }

        httpContext.Response.StatusCode = status;
        return problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = new ProblemDetails { Status = status } });
    }

    [LoggerMessage(LogLevel.Warning, "A server does not answer: {ExceptionType}: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string exceptionType, string reason);

    [LoggerMessage(LogLevel.Error, "A request failed by a fault of ours.")]
    private static partial void LogFault(ILogger logger, Exception exception);
}
