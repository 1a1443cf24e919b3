using System.Globalization;
using Cruddur.Api.Errors;
using Cruddur.Data.Paging;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cruddur.Api.Paging;

/// <summary>Answers a page of a list, with links to the pages next to it.</summary>
internal sealed class Pager(Cursors cursors, IHttpContextAccessor http)
{
    /// <summary>Answers a page: the items as an array, and a <c>Link</c> header after RFC 8288.</summary>
    /// <param name="list">Names the list and the caller, for whom alone its cursors are good.</param>
    /// <param name="query">Which page is asked for.</param>
    /// <param name="read">Reads the page, given how many items and where it begins.</param>
    /// <param name="write">Makes the answer out of the page's items, which come newest first.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<Results<Ok<TResponse[]>, ProblemHttpResult>> AnswerAsync<T, TResponse>(
        string list,
        PageQuery query,
        Func<int, PageStart?, Task<Page<T>>> read,
        Func<IReadOnlyList<T>, Task<TResponse[]>> write,
        CancellationToken cancellationToken)
    {
        if (!query.HasValidLimit())
        {
            return Problems.BadRequest(ErrorCodes.LimitOutOfRange);
        }

        PageStart? start = null;
        if (query.Cursor is not null)
        {
            start = await cursors.DecodeAsync(list, query.Cursor, cancellationToken);
            if (start is null)
            {
                return Problems.BadRequest(ErrorCodes.CursorInvalid);
            }
        }

        var page = await read(query.EffectiveLimit(), start);
        await AddLinkAsync("next", list, query, page.Older, PageDirection.Older, cancellationToken);
        await AddLinkAsync("prev", list, query, page.Newer, PageDirection.Newer, cancellationToken);
        return TypedResults.Ok(await write(page.Items));
    }

    private async Task AddLinkAsync(
        string relation, string list, PageQuery query, string? position, PageDirection direction, CancellationToken cancellationToken)
    {
        if (position is null)
        {
            return;
        }

        var context = http.HttpContext!;
        var parameters = new QueryBuilder
        {
            { "limit", query.EffectiveLimit().ToString(CultureInfo.InvariantCulture) },
            { "cursor", await cursors.EncodeAsync(list, new(position, direction), cancellationToken) },
        };
        context.Response.Headers.Append(
            "Link", $"<{context.Request.PathBase}{context.Request.Path}{parameters}>; rel=\"{relation}\"");
    }
}
