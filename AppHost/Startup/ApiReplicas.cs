using System.Globalization;

namespace Cruddur.AppHost.Startup;

/// <summary>How many processes of the API share the work.</summary>
public static class ApiReplicas
{
    /// <summary>The setting that says how many.</summary>
    public const string Setting = "Api:Replicas";

    /// <summary>The most that one machine is for.</summary>
    private const int Most = 8;

    /// <summary>Reads <see cref="Setting"/>.</summary>
    /// <param name="value">The configured text; nothing means one.</param>
    /// <returns>1 to 8.</returns>
    /// <exception cref="PrerequisiteException">The text is no such number.</exception>
    public static int Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return 1;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Most
            ? count
            : throw new PrerequisiteException($"{Setting} is '{value}', but can only be 1 to {Most}.");
    }
}
