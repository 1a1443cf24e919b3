using Cruddur.AppHost.Cognito;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests;

/// <summary>What a person does at the front end, in a real browser.</summary>
public sealed class BrowserTests(RunningCruddur cruddur, Chromium chromium)
{
    private const string LastLine = "create memorable and beloved characters that fans will cherish for years to come.";

    [Fact]
    public async Task A_person_signs_in_reads_the_last_line_and_sends_a_message()
    {
        var page = await SignInAsync("andrewbrown");

        await ConversationWith(page, "Andrew Bayko").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Andrew Bayko", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = LastLine })).ToBeVisibleAsync();

        var text = $"Faith manages. {Guid.NewGuid()}";
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        var sent = page.GetByRole(AriaRole.Article, new() { NameRegex = new("^You, (?!not sent)") }).Filter(new() { HasText = text });
        await Expect(sent).ToBeVisibleAsync();

        // What is there after a reload has been stored, and the session has survived.
        await page.ReloadAsync();
        await Expect(sent).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_message_to_a_handle_opens_the_new_conversation()
    {
        var page = await SignInAsync("londo");

        await page.GotoAsync("/messages/new/andrewbrown");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Andrew Brown", Exact = true })).ToBeVisibleAsync();
        var text = $"My shoes are too tight. {Guid.NewGuid()}";
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync(text);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/messages/[0-9a-f-]{36}$"));
        await Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = text })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_message_appears_on_the_other_side_without_a_reload()
    {
        var (sender, receiver) = (await SignInAsync("andrewbrown"), await SignInAsync("bayko"));
        await ConversationWith(sender, "Andrew Bayko").ClickAsync();
        await ConversationWith(receiver, "Andrew Brown").ClickAsync();
        await Expect(receiver.GetByRole(AriaRole.Article).Filter(new() { HasText = LastLine })).ToBeVisibleAsync();

        var text = $"The avalanche has already started. {Guid.NewGuid()}";
        await sender.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync(text);
        await sender.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).PressAsync("Enter");

        await Expect(receiver.GetByRole(AriaRole.Article).Filter(new() { HasText = text })).ToBeVisibleAsync();
        await Expect(ConversationWith(receiver, "Andrew Brown")).ToContainTextAsync(text);
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_signing_out_closes_the_pages()
    {
        var page = await chromium.OpenAsync(cruddur.Address(CruddurResources.Frontend));
        await page.GotoAsync("/messages");
        await page.GetByLabel("Handle or e-mail").FillAsync("bayko");
        await page.GetByLabel("Password").FillAsync("Wrong1234!");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await page.GetByLabel("Password").FillAsync(LocalPool.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Conversations" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/messages");
        await Expect(page.GetByLabel("Handle or e-mail")).ToBeVisibleAsync();
    }

    private static ILocator ConversationWith(IPage page, string name) =>
        page.GetByRole(AriaRole.List, new() { Name = "Conversations" }).GetByRole(AriaRole.Link, new() { NameRegex = new(name) });

    private async Task<IPage> SignInAsync(string handle)
    {
        var page = await chromium.OpenAsync(cruddur.Address(CruddurResources.Frontend));
        await page.GotoAsync("/messages");
        await page.GetByLabel("Handle or e-mail").FillAsync(handle);
        await page.GetByLabel("Password").FillAsync(LocalPool.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Messages", Exact = true })).ToBeVisibleAsync();
        return page;
    }
}
