namespace Cruddur.Data.Paging;

/// <summary>A page of a list that is ordered by position, newest first.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Items">The items of the page, newest first.</param>
/// <param name="Older">The position where the next older page begins; null if there are no older items.</param>
/// <param name="Newer">The position where the next newer page begins, even if it is still empty; null for an empty list.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Older, string? Newer);
