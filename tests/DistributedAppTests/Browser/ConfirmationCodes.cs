using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>The codes that the user pool would send by e-mail; the local one prints them to its log.</summary>
internal static partial class ConfirmationCodes
{
    /// <summary>Waits for a code.</summary>
    /// <param name="cruddur">The running system.</param>
    /// <param name="email">The address it is sent to.</param>
    /// <param name="number">1 for the first code to the address, 2 for the second.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<string> ReadAsync(RunningCruddur cruddur, string email, int number, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(TimeSpan.FromMilliseconds(Chromium.Timeout));
        var pool = cruddur.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == CruddurResources.Cognito);
        var destination = "";
        await foreach (var batch in cruddur.App.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(pool).WithCancellation(timer.Token))
        {
            foreach (var line in batch.Select(line => line.Content))
            {
                destination = Destination().Match(line) is { Success: true } found ? found.Groups[1].Value : destination;
                if (destination == email && Code().Match(line) is { Success: true } code && --number == 0)
                {
                    return code.Groups[1].Value;
                }
            }
        }

        throw new InvalidOperationException($"The log of the user pool ended without a code for {email}.");
    }

    [GeneratedRegex(@"Destination: +(\S+)")]
    private static partial Regex Destination();

    [GeneratedRegex(@"\bCode: +(\d{6})\b")]
    private static partial Regex Code();
}
