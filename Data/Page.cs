namespace Cruddur.Data;

/// <summary>Part of a list, in the order it was asked for.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">The page's items.</param>
/// <param name="Next">Where the next page begins, to be handed back as it is; null where the list ends here.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
