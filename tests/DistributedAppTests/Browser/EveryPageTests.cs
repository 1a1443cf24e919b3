using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>
/// Every page, in a desktop window and on a phone: nothing on it is closed to anyone by the rules of axe, it fits the
/// window, and a picture of it is kept in <c>TestResults/screenshots</c>.
/// </summary>
public sealed class EveryPageTests(RunningCruddur cruddur, Chromium chromium, EveryPageTests.Visitor visitor)
    : BrowserTest(cruddur, chromium), IClassFixture<EveryPageTests.Visitor>
{
    /// <summary>The rules of WCAG 2.2 on levels A and AA that a program can check. See https://www.deque.com/axe/core-documentation/api-documentation/#axe-core-tags.</summary>
    private static readonly List<string> Wcag22AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    private static readonly (string Name, int Width, int Height)[] Sizes = [("desktop", 1280, 800), ("phone", 390, 844)];

    public static TheoryData<string> Pages => [.. AllPages.Keys];

    /// <summary>By the name of the picture: where the page is, and what it shows when it has loaded.</summary>
    private static IReadOnlyDictionary<string, PageToVisit> AllPages { get; } = new Dictionary<string, PageToVisit>
    {
        ["sign-in"] = new("/signin", page => page.Heading("Sign in to Cruddur"), IsSignedIn: false),
        ["sign-up"] = new("/signup", page => page.Heading("Create an account"), IsSignedIn: false),
        ["confirm"] = new("/confirm", page => page.Heading("Confirm your account"), IsSignedIn: false),
        ["forgot"] = new("/forgot", page => page.Heading("Recover your account"), IsSignedIn: false),
        ["home"] = new("/", page => page.Cruds().First),
        ["profile"] = new("/@londo", page => page.Cruds().First),
        ["profile-unknown"] = new("/@nobody_at_all", page => page.Heading("Nobody goes by @nobody_at_all")),
        ["messages"] = new("/messages", page => page.Conversations()),
        ["conversation"] = new("/messages/{conversation}", page => page.Messages().Last),
        ["conversation-unknown"] = new("/messages/00000000-0000-4000-8000-000000000000", page => page.Heading("This conversation does not exist")),
        ["new-conversation"] = new("/messages/new/londo", page => page.Heading("Londo Mollari")),
        ["not-found"] = new("/no/such/page", page => page.Heading("There is nothing at this address")),
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_is_accessible_and_fits_the_window(string name)
    {
        var visit = AllPages[name];
        await visitor.SignInOnceAsync(this);
        var page = await OpenAsync(visit.Path.Replace("{conversation}", visitor.Conversation, StringComparison.Ordinal), options =>
        {
            // Animations would be checked for contrast half way.
            options.ReducedMotion = ReducedMotion.Reduce;
            options.StorageState = visit.IsSignedIn ? visitor.StorageState : null;
        });

        foreach (var (size, width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            await Expect(visit.Shows(page)).ToBeVisibleAsync();
            await Expect(page.GetByText("Loading")).ToHaveCountAsync(0);

            await Screenshots.KeepAsync(page, $"{name}-{size}");
            await AssertAccessibleAsync(page);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"The page is wider than a {size} window.");
        }
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = Wcag22AA } });
        Assert.NotEmpty(result.Passes);

        var report = new StringBuilder();
        foreach (var violation in result.Violations)
        {
            report.AppendLine().Append(violation.Id).Append(": ").Append(violation.Help).Append(" (").Append(violation.HelpUrl).AppendLine(")");
            foreach (var node in violation.Nodes)
            {
                report.Append("  ").AppendLine(node.Html);
            }
        }

        Assert.True(result.Violations.Length == 0, report.ToString());
    }

    /// <summary>One signed-in person for all pages.</summary>
    public sealed class Visitor
    {
        /// <summary>What the browser keeps of the session.</summary>
        public string? StorageState { get; private set; }

        /// <summary>The uuid of a conversation with some messages.</summary>
        public string Conversation { get; private set; } = "";

        public async Task SignInOnceAsync(EveryPageTests test)
        {
            if (StorageState is not null)
            {
                return;
            }

            var (me, other) = (await test.RegisterAsync("Catherine Sakai"), await test.RegisterAsync("Jeffrey Sinclair"));
            await me.WriteAsync(other, "I found something on Sigma 957. You have to see it to believe it.", Cancelled);
            Conversation = await other.WriteAsync(me, ["Nobody would believe me.", "What was it?"], Cancelled);
            await me.WriteAsync(other, "There are things in the universe billions of years older than either of our races.", Cancelled);
            var page = await test.SignInAsync(me);
            StorageState = await page.Context.StorageStateAsync();
        }
    }

    private sealed record PageToVisit(string Path, Func<IPage, ILocator> Shows, bool IsSignedIn = true);
}
