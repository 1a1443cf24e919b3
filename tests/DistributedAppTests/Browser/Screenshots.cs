using Microsoft.Playwright;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>Pictures of the pages, kept in <c>TestResults/screenshots</c> at the root of the repository.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Projects.AppHost.ProjectPath, "..", "TestResults", "screenshots"));

    /// <summary>Keeps what the page shows, in place of an earlier picture of that name.</summary>
    public static Task KeepAsync(IPage page, params string[] name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine([Folder, .. name[..^1], $"{name[^1]}.png"]), Animations = ScreenshotAnimations.Disabled });
}
