using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>The home feed: reading cruds, telling one, liking and replying.</summary>
public sealed class FeedTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    [Fact]
    public async Task A_crud_is_told_for_a_while_and_stands_first_for_everybody()
    {
        var (me, other) = (await RegisterAsync("Elizabeth Lochley"), await RegisterAsync("Corwin David"));
        var page = await SignInAsync(me, "/");
        await Expect(page.Button("Post")).ToBeDisabledAsync();

        var text = $"The station is yours. {Guid.NewGuid()}";
        await page.CrudComposer().FillAsync(text);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Expires after" }).SelectOptionAsync("3 days");
        await page.Button("Post").ClickAsync();
        await Expect(page.Cruds().First).ToContainTextAsync(text);
        await Expect(page.Cruds().First).ToContainTextAsync(me.Name);
        await Expect(page.Cruds().First).ToContainTextAsync(new Regex("expires in (3 days|2 days|71 h)"));
        await Expect(page.CrudComposer()).ToHaveValueAsync("");

        var theirs = await SignInAsync(other, "/");
        await Expect(theirs.Crud(text)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_seeded_cruds_are_in_the_feed_newest_first_and_older_ones_load_with_scrolling()
    {
        var me = await RegisterAsync("Elizabeth Lochley");
        var mark = Guid.NewGuid();
        await me.TellAsync(Enumerable.Range(1, 25).Select(number => $"Log {number} of {mark}"), Cancelled);
        var page = await SignInAsync(me, "/");

        // The seed lies below more than a page of newer ones.
        await Expect(page.Cruds().First).ToContainTextAsync($"Log 25 of {mark}");
        await ScrollDownUntilAsync(page, page.Crud("Cloud is very fun!"));
        await Expect(page.Crud("My shoes are too tight")).ToHaveCountAsync(1);
        var logs = await page.Cruds().Filter(new() { HasText = mark.ToString() }).AllInnerTextsAsync();
        Assert.Equal(Enumerable.Range(1, 25).Reverse(), logs.Select(log => int.Parse(Regex.Match(log, "Log ([0-9]+) of").Groups[1].Value, provider: null)));
    }

    [Fact]
    public async Task A_like_is_counted_once_kept_and_taken_back()
    {
        var (me, other) = (await RegisterAsync("Elizabeth Lochley"), await RegisterAsync("Corwin David"));
        var text = $"Coffee in the Zocalo. {Guid.NewGuid()}";
        await other.TellAsync([text], Cancelled);
        var page = await SignInAsync(me, $"/@{other.Handle}");
        var like = page.Crud(text).GetByRole(AriaRole.Button, new() { NameRegex = new("^Like") });
        await Expect(like).ToHaveAttributeAsync("aria-pressed", "false");

        await AnsweredAsync();
        await Expect(like).ToHaveAccessibleNameAsync("Like 1");
        await Expect(like).ToHaveAttributeAsync("aria-pressed", "true");
        await page.ReloadAsync();
        await Expect(like).ToHaveAccessibleNameAsync("Like 1");
        await Expect(like).ToHaveAttributeAsync("aria-pressed", "true");

        await AnsweredAsync();
        await Expect(like).ToHaveAccessibleNameAsync("Like");
        await page.ReloadAsync();
        await Expect(like).ToHaveAttributeAsync("aria-pressed", "false");

        // A like is shown before the API has it, and a reload would cut it short.
        Task AnsweredAsync() => page.RunAndWaitForResponseAsync(() => like.ClickAsync(), answer => answer.Request.Method != "OPTIONS" && answer.Url.EndsWith("/like", StringComparison.Ordinal) && answer.Ok);
    }

    [Fact]
    public async Task A_reply_stands_below_its_crud_and_is_counted()
    {
        var (me, other) = (await RegisterAsync("Elizabeth Lochley"), await RegisterAsync("Corwin David"));
        var text = $"Who is on watch? {Guid.NewGuid()}";
        await other.TellAsync([text], Cancelled);
        var page = await SignInAsync(me, $"/@{other.Handle}");

        await page.Crud(text).GetByRole(AriaRole.Button, new() { NameRegex = new("^Replies") }).ClickAsync();
        var replies = page.GetByRole(AriaRole.Region, new() { Name = $"Replies to {other.Name}" });
        await Expect(replies).ToContainTextAsync("No replies yet.");
        await replies.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" }).FillAsync("I am, as always.");
        await replies.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
        await Expect(replies.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await Expect(replies.GetByRole(AriaRole.Article)).ToContainTextAsync("I am, as always.");

        await page.ReloadAsync();
        await Expect(page.Crud(text).GetByRole(AriaRole.Button, new() { Name = "Replies 1" })).ToBeVisibleAsync();
    }

    /// <summary>Turns the mouse wheel until something has come up from below.</summary>
    private static async Task ScrollDownUntilAsync(IPage page, ILocator locator)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timer.CancelAfter(TimeSpan.FromMilliseconds(Chromium.Timeout));
        await page.GetByRole(AriaRole.Main).HoverAsync();
        while (await locator.CountAsync() == 0)
        {
            await page.Mouse.WheelAsync(0, 500);
            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
            timer.Token.ThrowIfCancellationRequested();
        }
    }
}
