namespace Cruddur.Data.Paging;

/// <summary>Part of a list that is ordered by position, the newest first.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">The page's items, the newest first.</param>
/// <param name="Older">The position that the page before in time begins at; null where the list ends here.</param>
/// <param name="Newer">The position that the page after in time begins at, where newer items may come to be; null for an empty list.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Older, string? Newer);
