using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>The API reference.</summary>
public sealed class ApiReferenceTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    [Fact]
    public async Task A_local_user_signs_in_and_sends_a_request_without_any_other_host()
    {
        var api = Cruddur.Address(CruddurResources.Api);
        var page = await OpenAsync("about:blank");
        var hosts = new ConcurrentBag<string>();
        page.Request += (_, request) => hosts.Add(new Uri(request.Url).Authority);
        await page.GotoAsync(new Uri(api, "/scalar/#tag/message-groups/GET/api/message_groups").ToString());

        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Clear tokens" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test Request (get /api/message_groups)" }).ClickAsync();
        var response = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync(),
            received => received.Url.Contains("/api/message_groups", StringComparison.Ordinal));

        Assert.Equal(200, response.Status);
        Assert.Equal([api.Authority], hosts.Distinct());
    }
}
