using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Cruddur.Api.Paging;

/// <summary>Which page of a list a request asks for.</summary>
internal sealed record PageQuery
{
    /// <summary>The most items in a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>How many items a page has, unless the request says otherwise.</summary>
    public const int DefaultLimit = 20;

    /// <summary>The most items to answer, 1 to 100; 20 where it is left out.</summary>
    [FromQuery(Name = "limit")]
    [Description("The most items to answer.")]
    [Range(1, MaxLimit)]
    [DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>Where the page begins: the cursor of a <c>Link</c> in an earlier answer. The newest page where it is left out.</summary>
    [FromQuery(Name = "cursor")]
    [Description("Where the page begins: the cursor of a `Link` in an earlier answer. The newest page where it is left out.")]
    public string? Cursor { get; init; }

    /// <summary>The limit that counts.</summary>
    public int EffectiveLimit() => Limit ?? DefaultLimit;

    /// <summary>Whether the limit is in its range.</summary>
    public bool HasValidLimit() => EffectiveLimit() is >= 1 and <= MaxLimit;
}
