using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Cruddur.Api;

/// <summary>
/// Adds an <c>ETag</c> to answers, and answers 304 to a request whose <c>If-None-Match</c> has it (RFC 9110). The tag is a hash of
/// the body and the links, so all replicas give the same answer the same tag.
/// </summary>
internal static class EntityTags
{
    private const string ContentType = "application/json; charset=utf-8";
    private const int TagBytes = 16;

    /// <summary>Adds entity tags to the 200 answers of a route.</summary>
    public static RouteHandlerBuilder WithEntityTag(this RouteHandlerBuilder route) =>
        route.AddEndpointFilter(AnswerAsync).Produces(StatusCodes.Status304NotModified);

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var result = answer is INestedHttpResult nested ? nested.Result : answer;
        if (result is not (IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK }))
        {
            return answer;
        }

        var json = context.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, json.GetTypeInfo(value.GetType()));
        return TypedResults.Bytes(body, ContentType, entityTag: new($"\"{Tag(body, context.HttpContext.Response.Headers.Link)}\""));
    }

    private static string Tag(byte[] body, string? links)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(body);
        hash.AppendData(Encoding.UTF8.GetBytes(links ?? ""));
        return WebEncoders.Base64UrlEncode(hash.GetHashAndReset().AsSpan(0, TagBytes));
    }
}
