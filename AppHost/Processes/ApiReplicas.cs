using System.Globalization;
using Cruddur.AppHost.Prerequisites;

namespace Cruddur.AppHost.Processes;

/// <summary>How many processes of the API share the work.</summary>
public static class ApiReplicas
{
    /// <summary>The setting that says how many.</summary>
    public const string Setting = "Api:Replicas";

    /// <summary>The highest number that makes sense on one machine.</summary>
    private const int Maximum = 8;

    /// <summary>Reads <see cref="Setting"/>.</summary>
    /// <param name="value">The configured text; nothing means one.</param>
    /// <returns>1 to 8.</returns>
    /// <exception cref="PrerequisiteException">The text is not such a number.</exception>
    public static int Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return 1;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Maximum
            ? count
            : throw new PrerequisiteException($"{Setting} is '{value}', but can only be 1 to {Maximum}.");
    }
}
