using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>People's own pages, and the handle that leads there.</summary>
public sealed class ProfileTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    [Fact]
    public async Task A_persons_page_has_their_cruds_alone_and_leads_to_a_message()
    {
        var (me, other) = (await RegisterAsync("Bester Alfred"), await RegisterAsync("Lyta Alexander"));
        await other.TellAsync(["I was there at the dawn.", "I will be there at the end."], Cancelled);
        await me.TellAsync(["Be seeing you."], Cancelled);

        var page = await SignInAsync(me, $"/@{other.Handle}");
        await Expect(page.Heading("Lyta Alexander")).ToBeVisibleAsync();
        await Expect(page.Cruds()).ToContainTextAsync(["I will be there at the end.", "I was there at the dawn."]);

        await page.GetByRole(AriaRole.Link, new() { Name = "Message", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/messages/new/{other.Handle}$"));
        await page.SendAsync("Be seeing you.");
        await Expect(page.SentMessage("Be seeing you.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ones_own_page_is_in_the_navigation_and_offers_no_message_to_oneself()
    {
        var me = await RegisterAsync("Bester Alfred");
        await me.TellAsync(["Be seeing you."], Cancelled);
        var page = await SignInAsync(me, "/");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Profile" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/@{me.Handle}$"));
        await Expect(page.Heading("Bester Alfred")).ToBeVisibleAsync();
        await Expect(page.Crud("Be seeing you.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Message", Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_name_in_the_feed_leads_to_the_persons_page()
    {
        var (me, other) = (await RegisterAsync("Bester Alfred"), await RegisterAsync("Lyta Alexander"));
        var text = $"I was there at the dawn. {Guid.NewGuid()}";
        await other.TellAsync([text], Cancelled);
        var page = await SignInAsync(me, "/");
        await page.Crud(text).GetByRole(AriaRole.Link, new() { Name = "Lyta Alexander" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/@{other.Handle}$"));
    }

    [Fact]
    public async Task Nobody_goes_by_an_unknown_handle()
    {
        var page = await SignInAsync("londo", "/@nobody_at_all");
        await Expect(page.Heading("Nobody goes by @nobody_at_all")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_fresh_account_whose_handle_is_taken_chooses_another_one()
    {
        var (taken, handle) = (await RegisterAsync("Lyta Alexander"), Member.NewHandle("Talia Winters"));
        await Member.SignUpAsync(Cruddur, "Talia Winters", taken.Handle, Cancelled, Member.AddressOf(handle));
        await Member.ConfirmAsync(Cruddur, Member.AddressOf(handle), Cancelled);

        var page = await OpenAsync("/messages");
        await page.SignInAsync(Member.AddressOf(handle), AppHost.Cognito.LocalPool.Password);
        await Expect(page.Heading("Choose another handle")).ToBeVisibleAsync();

        await page.GetByLabel("Handle", new() { Exact = true }).FillAsync(handle);
        await page.Button("Use this handle").ClickAsync();
        await Expect(page.Heading("No conversations yet")).ToBeVisibleAsync();
        await Expect(page.GetByText($"@{handle}", new() { Exact = true })).ToBeVisibleAsync();
    }
}
