using System.Globalization;
using Cruddur.Api.Errors;
using Cruddur.Data.Paging;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Paging;

/// <summary>Answers a page of a list, with links to the pages next to it.</summary>
internal sealed class Pager(IHttpContextAccessor http)
{
    /// <summary>Answers a page: the items as an array, and a <c>Link</c> header (RFC 8288).</summary>
    /// <param name="query">The requested page.</param>
    /// <param name="isPosition">Whether a text is a position in the list.</param>
    /// <param name="read">Reads the page, given the number of items and where it begins.</param>
    /// <param name="write">Creates the response from the page's items, which are sorted newest first.</param>
    public async Task<Results<Ok<TResponse[]>, ProblemHttpResult>> AnswerAsync<T, TResponse>(
        PageQuery query,
        Predicate<string> isPosition,
        Func<int, PageStart?, Task<Page<T>>> read,
        Func<IReadOnlyList<T>, Task<TResponse[]>> write)
    {
        if (!query.HasValidLimit())
        {
            return Problems.BadRequest(ErrorCodes.LimitOutOfRange);
        }

        var start = query.Cursor is { } cursor ? Cursor.Decode(cursor, isPosition) : null;
        if (query.Cursor is not null && start is null)
        {
            return Problems.BadRequest(ErrorCodes.CursorInvalid);
        }

        var page = await read(query.EffectiveLimit(), start);
        AddLink("next", query, page.Older, PageDirection.Older);
        AddLink("prev", query, page.Newer, PageDirection.Newer);
        return TypedResults.Ok(await write(page.Items));
    }

    private void AddLink(string relation, PageQuery query, string? position, PageDirection direction)
    {
        if (position is null)
        {
            return;
        }

        var context = http.HttpContext!;
        var parameters = new QueryBuilder
        {
            { "limit", query.EffectiveLimit().ToString(CultureInfo.InvariantCulture) },
            { "cursor", Cursor.Encode(new(position, direction)) },
        };
        context.Response.Headers.Append(
            "Link", $"<{context.Request.PathBase}{context.Request.Path}{parameters}>; rel=\"{relation}\"");
    }
}
