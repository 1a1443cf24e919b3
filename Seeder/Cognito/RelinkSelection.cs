namespace Cruddur.Seeder.Cognito;

/// <summary>The handles whose rows may be linked to another Cognito user than before.</summary>
internal sealed class RelinkSelection
{
    /// <summary>No handle: links that exist stay.</summary>
    public static readonly RelinkSelection None = new(_ => false);

    private readonly Predicate<string> _includes;

    private RelinkSelection(Predicate<string> includes) => _includes = includes;

    /// <summary>These handles, in upper, lower or mixed case; all handles if there are none.</summary>
    public static RelinkSelection Of(IReadOnlyCollection<string> handles) =>
        handles.Count == 0 ? new(_ => true) : new(handle => handles.Contains(handle, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether the row with this handle may be linked to another Cognito user.</summary>
    public bool Includes(string handle) => _includes(handle);
}
