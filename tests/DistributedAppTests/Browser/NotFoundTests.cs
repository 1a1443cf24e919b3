using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>Addresses that lead nowhere say so and lead on.</summary>
public sealed class NotFoundTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    [Fact]
    public async Task An_unknown_address_leads_back()
    {
        var page = await SignInAsync("londo");
        await page.GotoAsync("/no/such/page");
        await Expect(page.Heading("There is nothing at this address")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Back to Cruddur" }).ClickAsync();
        await Expect(page.SignOutButton()).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("00000000-0000-4000-8000-000000000000")]
    [InlineData("no-uuid")]
    public async Task An_unknown_conversation_is_told(string conversation)
    {
        var page = await SignInAsync("londo", $"/messages/{conversation}");
        await Expect(page.Heading("This conversation does not exist")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "All conversations" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/messages$"));
    }

    [Fact]
    public async Task A_conversation_of_others_looks_as_if_it_did_not_exist()
    {
        var (one, two) = (await RegisterAsync("Lyta Alexander"), await RegisterAsync("Talia Winters"));
        var conversation = await one.WriteAsync(two, "The Corps is mother, the Corps is father.", Cancelled);

        var page = await SignInAsync("londo", $"/messages/{conversation}");
        await Expect(page.Heading("This conversation does not exist")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nobody_goes_by_an_unknown_handle()
    {
        var page = await SignInAsync("londo", "/messages/new/nobody_at_all");
        await Expect(page.Heading("Nobody goes by @nobody_at_all")).ToBeVisibleAsync();
        await Expect(page.Composer()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nobody_writes_to_themselves()
    {
        var page = await SignInAsync("londo", "/messages/new/londo");
        await Expect(page.Heading("That is you")).ToBeVisibleAsync();
        await Expect(page.Composer()).ToHaveCountAsync(0);
    }
}
