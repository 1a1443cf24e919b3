using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Cruddur.Api.Paging;

/// <summary>The page of a list that a request asks for.</summary>
internal sealed record PageQuery
{
    /// <summary>The most items in a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>The number of items in a page, unless the request specifies a limit.</summary>
    public const int DefaultLimit = 20;

    /// <summary>The most items to return, 1 to 100; 20 if omitted.</summary>
    [FromQuery(Name = "limit")]
    [Description("The most items to return.")]
    [Range(1, MaxLimit)]
    [DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>Where the page begins: the cursor of a <c>Link</c> in an earlier response. The newest page if omitted.</summary>
    [FromQuery(Name = "cursor")]
    [Description("Where the page begins: the cursor of a `Link` in an earlier response. The newest page if omitted.")]
    public string? Cursor { get; init; }

    /// <summary>The limit, or the default.</summary>
    public int EffectiveLimit() => Limit ?? DefaultLimit;

    /// <summary>Whether the limit is within its range.</summary>
    public bool HasValidLimit() => EffectiveLimit() is >= 1 and <= MaxLimit;
}
