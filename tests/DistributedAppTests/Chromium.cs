using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Cruddur.DistributedAppTests.Chromium))]

namespace Cruddur.DistributedAppTests;

/// <summary>A real browser, started once for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Milliseconds to wait for what a page is to show. A busy machine is slow, which is no failure.</summary>
    private const float Patience = 60_000;

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

    /// <summary>Opens a page with cookies and storage of its own.</summary>
    /// <param name="address">What relative addresses of the page are relative to.</param>
    public async Task<IPage> OpenAsync(Uri address)
    {
        var context = await _browser!.NewContextAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = 1280, Height = 800 } });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    private static string Find() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(directory => Names.Select(name => Path.Combine(directory, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("The browser tests need Chromium or Chrome, and none is on the PATH: install one (on Debian: apt-get install chromium).");
}
