using System.Collections;
using System.Reflection;
using Cruddur.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Cruddur.DistributedAppTests.Browser.Chromium))]

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>A real browser, started once for all tests. <c>Chromium.targets</c> says where it comes from.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>The longest time for a page to show what a test expects, in milliseconds. Long, because a machine may be busy.</summary>
    public const float Timeout = 60_000;

    private static readonly string Package = Metadata("ChromiumPackage");

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser to start, or <see langword="null"/> when the machine has none and npm has none for its platform.</summary>
    internal static string? Executable { get; } =
        Metadata("InstalledBrowsers").Split(';').Append(Path.Combine(Package, "chromium")).FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Executable is null)
        {
            MissingPrerequisite.Exit(
                "The browser tests need Chromium or Chrome, and none was found: install one, put it on the PATH, and build again.");
        }

        Assertions.SetDefaultExpectTimeout(Timeout);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(Options());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a window with cookies and storage of its own, as another person's browser has.</summary>
    /// <param name="address">The address that relative addresses of its pages start from.</param>
    /// <param name="change">Changes the options of a desktop window.</param>
    public async Task<IBrowserContext> OpenWindowAsync(Uri address, Action<BrowserNewContextOptions>? change = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = 1280, Height = 800 },

            // The npm package's own locale is en-US@posix, which JavaScript's Intl rejects.
            Locale = "en-GB",
            TimezoneId = "Etc/UTC",
        };
        change?.Invoke(options);
        var window = await _browser!.NewContextAsync(options);
        window.SetDefaultTimeout(Timeout);
        return window;
    }

    private static BrowserTypeLaunchOptions Options()
    {
        var options = new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args =
            [
                "--disable-gpu", "--disable-quic", "--no-first-run",

                // No requests to Google in the background.
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        };
        if (Path.GetDirectoryName(Executable) == Package)
        {
            // The package has the libraries that a bare machine lacks, and a font.
            var environment = Environment.GetEnvironmentVariables();
            environment["LD_LIBRARY_PATH"] = Path.Combine(Package, "lib");
            environment["FONTCONFIG_FILE"] = Path.Combine(Package, "fonts.conf");
            options.Env = environment.Cast<DictionaryEntry>()
                .Select(variable => KeyValuePair.Create((string)variable.Key, (string)variable.Value!));
        }

        return options;
    }

    private static string Metadata(string key) =>
        typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
