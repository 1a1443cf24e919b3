namespace Cruddur.Data.Paging;

/// <summary>Where a page of a list begins, and its direction.</summary>
/// <param name="Position">The position of the item before the page. The page does not include it.</param>
/// <param name="Direction">Whether the page goes back or forward in time from there.</param>
public sealed record PageStart(string Position, PageDirection Direction);

/// <summary>The direction of a page in time.</summary>
public enum PageDirection
{
    /// <summary>To older items.</summary>
    Older,

    /// <summary>To newer items.</summary>
    Newer,
}
