namespace Cruddur.Data.Paging;

/// <summary>Where in a list a page begins, and in which direction it goes.</summary>
/// <param name="Position">The position of the item next to the page, which is not in it.</param>
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
