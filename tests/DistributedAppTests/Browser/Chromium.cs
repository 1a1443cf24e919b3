using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Cruddur.DistributedAppTests.Browser.Chromium))]

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>A real browser, started once for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Milliseconds to wait for what a page is to show. A busy machine is slow, which is no failure.</summary>
    public const float Patience = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),

            // The browser's own sandbox does not work for root; the rest keeps it from calling its maker.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
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
    /// <param name="address">What relative addresses of its pages are relative to.</param>
    /// <param name="change">Makes it differ from a desktop window.</param>
    public async Task<IBrowserContext> OpenWindowAsync(Uri address, Action<BrowserNewContextOptions>? change = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = 1280, Height = 800 },
            Locale = "en-GB",
            TimezoneId = "Etc/UTC",
        };
        change?.Invoke(options);
        var window = await _browser!.NewContextAsync(options);
        window.SetDefaultTimeout(Patience);
        return window;
    }

    private static string Find() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(directory => Names.Select(name => Path.Combine(directory, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("The browser tests need Chromium or Chrome, and none is on the PATH: install one (on Debian: apt-get install chromium).");
}
