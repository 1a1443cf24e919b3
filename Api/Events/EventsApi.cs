using System.ComponentModel;
using System.Net.ServerSentEvents;
using System.Security.Claims;
using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cruddur.Api.Events;

/// <summary>The live events of the caller's conversations.</summary>
internal static class EventsApi
{
    /// <summary>Path of the stream.</summary>
    public const string Path = "/api/events";

    public static void MapEventsApi(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", Listen)
            .WithTags("Events")
            .WithName("ListenToEvents")
            .RequireRateLimiting(RequestLimits.StreamPolicy)
            .WithSummary("Listen to events")
            .WithDescription("Streams the caller's new messages and changed conversations as server-sent events.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static Results<ServerSentEventsResult<string>, ProblemHttpResult> Listen(
        [FromHeader(Name = "Last-Event-ID"), Description("The id of the last event received. The stream continues after it.")]
        string? lastEventId,
        CurrentUser caller,
        ClaimsPrincipal principal,
        EventStream events,
        TimeProvider clock,
        IHostApplicationLifetime application,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var position = string.IsNullOrEmpty(lastEventId) ? null : EventPosition.Parse(lastEventId);
        if (position is null && !string.IsNullOrEmpty(lastEventId))
        {
            return Problems.BadRequest(ErrorCodes.LastEventIdInvalid);
        }

        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        return TypedResults.ServerSentEvents(HttpMethods.IsHead(context.Request.Method)
            ? AsyncEnumerable.Empty<SseItem<string>>()
            : UntilAsync(TokenClaims.RemainingLifetime(principal, clock.GetUtcNow())));

        // A stream ends when its token expires or the application stops.
        async IAsyncEnumerable<SseItem<string>> UntilAsync(TimeSpan lifetime)
        {
            using var expiry = new CancellationTokenSource(lifetime, clock);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(
                expiry.Token, application.ApplicationStopping, cancellationToken);
            await using var stream = events.ListenAsync(caller.User, position, end.Token).GetAsyncEnumerator(CancellationToken.None);
            while (await MoveNextAsync(stream))
            {
                yield return stream.Current;
            }
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<SseItem<string>> stream)
    {
        try
        {
            return await stream.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
