using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>The places on Cruddur's pages, found by the roles and names that a screen reader tells as well.</summary>
internal static class CruddurPage
{
    public static ILocator Heading(this IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Alert(this IPage page) => page.GetByRole(AriaRole.Alert);

    // Who is there

    public static ILocator UserName(this IPage page) => page.GetByLabel("Handle or e-mail");

    public static ILocator SignOutButton(this IPage page) => page.Button("Sign out");

    public static async Task SignInAsync(this IPage page, string user, string password)
    {
        await page.UserName().FillAsync(user);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.Button("Sign in").ClickAsync();
    }

    // Cruds

    /// <summary>The cruds of a feed, newest first.</summary>
    public static ILocator Cruds(this IPage page) =>
        page.GetByRole(AriaRole.List, new() { Name = "Cruds", Exact = true }).Locator(":scope > li").GetByRole(AriaRole.Article);

    public static ILocator Crud(this IPage page, string text) => page.Cruds().Filter(new() { HasText = text });

    /// <summary>The box to write a crud in.</summary>
    public static ILocator CrudComposer(this IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "New crud", Exact = true });

    // Messages

    /// <summary>The list of conversations.</summary>
    public static ILocator Conversations(this IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Conversations", Exact = true });

    public static ILocator ConversationWith(this IPage page, Member member) =>
        page.Conversations().GetByRole(AriaRole.Link, new() { NameRegex = new($"@{Regex.Escape(member.Handle)}\\b") });

    /// <summary>The messages of the open conversation, oldest first, those included that are not sent yet.</summary>
    public static ILocator Messages(this IPage page) =>
        page.GetByRole(AriaRole.List, new() { Name = "Conversation", Exact = true }).GetByRole(AriaRole.Article);

    public static ILocator Message(this IPage page, string text) => page.Messages().Filter(new() { HasText = text });

    /// <summary>A message that the API has taken, in the sender's window.</summary>
    public static ILocator SentMessage(this IPage page, string text) =>
        page.GetByRole(AriaRole.Article, new() { NameRegex = new("^You, (?!not sent)") }).Filter(new() { HasText = text });

    /// <summary>The box to write a message in.</summary>
    public static ILocator Composer(this IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "Message", Exact = true });

    public static ILocator PersonSearch(this IPage page) =>
        page.GetByRole(AriaRole.Combobox, new() { Name = "Handle of the person to write to" });

    /// <summary>Writes a message and sends it with the keyboard.</summary>
    public static async Task SendAsync(this IPage page, string text)
    {
        await page.Composer().FillAsync(text);
        await page.Composer().PressAsync("Enter");
    }

    /// <summary>Stands on every page while the API is away.</summary>
    public static ILocator OutageBanner(this IPage page) => page.GetByText("Cruddur cannot be reached.");
}
