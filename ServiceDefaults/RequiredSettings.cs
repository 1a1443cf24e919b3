using Microsoft.Extensions.Configuration;

namespace Cruddur.ServiceDefaults;

/// <summary>Reads settings that a process requires.</summary>
public static class RequiredSettings
{
    /// <summary>The value of a setting.</summary>
    /// <param name="configuration">The process's configuration.</param>
    /// <param name="name">The setting's name, one of <see cref="SettingNames"/>.</param>
    /// <exception cref="InvalidOperationException">The setting is missing or blank.</exception>
    public static string GetRequiredSetting(this IConfiguration configuration, string name) =>
        configuration[name] is { } value && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new InvalidOperationException(
                $"The setting {name} is missing. Start the system with `dotnet run --project AppHost`, which sets it, or set it yourself.");
}
