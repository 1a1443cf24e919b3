using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>Many tabs of one browser, which all use the same few connections.</summary>
public sealed class TabsTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    /// <summary>As many as a browser opens connections to one server over HTTP/1.1.</summary>
    private const int Tabs = 6;

    [Fact]
    public async Task Six_tabs_leave_connections_for_requests()
    {
        var (one, two) = (await RegisterAsync("Zack Allan"), await RegisterAsync("Lou Welch"));
        var conversation = await one.WriteAsync(two, "How many windows have you got?", Cancelled);
        var tabs = new List<IPage> { await SignInAsync(one, $"/messages/{conversation}") };
        while (tabs.Count < Tabs)
        {
            var tab = await tabs[0].Context.NewPageAsync();
            await tab.GotoAsync($"/messages/{conversation}");
            await Expect(tab.Message("How many windows have you got?")).ToBeVisibleAsync();
            tabs.Add(tab);
        }

        await tabs[^1].SendAsync("Six, and all of them work.");
        await Expect(tabs[^1].SentMessage("Six, and all of them work.")).ToBeVisibleAsync();
        foreach (var tab in tabs)
        {
            await Expect(tab.Message("Six, and all of them work.")).ToBeVisibleAsync();
        }
    }
}
