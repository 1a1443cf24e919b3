namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a parameter as the name of a resource, for Aspire's analyzers.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResourceNameAttribute : Attribute;

/// <summary>Marks a parameter as the name of an endpoint, for Aspire's analyzers.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute;

/// <summary>The rules of resource and endpoint names.</summary>
internal static class ResourceName
{
    private const int MaxLength = 64;

    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    public static bool Equal(string? a, string? b) => Comparer.Equals(a, b);

    /// <exception cref="ArgumentException">The name breaks a rule; the message says which.</exception>
    public static void Validate(string kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var broken = name switch
        {
            { Length: < 1 or > MaxLength } => $"Name must be between 1 and {MaxLength} characters long.",
            _ when name.Contains("--", StringComparison.Ordinal) => "Name cannot contain consecutive hyphens.",
            _ when name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-') => "Name must contain only ASCII letters, digits, and hyphens.",
            _ when !char.IsAsciiLetter(name[0]) => "Name must start with an ASCII letter.",
            _ when name[^1] == '-' => "Name cannot end with a hyphen.",
            _ => null,
        };
        if (broken is not null)
        {
            throw new ArgumentException($"{kind} name '{name}' is invalid. {broken}", nameof(name));
        }
    }
}
