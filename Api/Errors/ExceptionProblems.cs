using Cruddur.Data;
using Cruddur.Data.Messages;
using Microsoft.AspNetCore.Diagnostics;

namespace Cruddur.Api.Errors;

/// <summary>Turns exceptions into problems.</summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                await httpContext.WriteProblemAsync(bad.StatusCode);
                return true;
            case MessageGroupBusyException:
            case var _ when ServerAvailability.IsUnavailable(exception):
                LogUnavailable(logger, exception.GetType().Name, exception.Message);
                await httpContext.WriteUnavailableAsync();
                return true;
            default:
                LogFault(logger, exception);
                await httpContext.WriteProblemAsync(StatusCodes.Status500InternalServerError);
                return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Answered a request with 503, because a server does not answer: {ExceptionType}: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string exceptionType, string reason);

    [LoggerMessage(LogLevel.Error, "Answered a request with 500.")]
    private static partial void LogFault(ILogger logger, Exception exception);
}
