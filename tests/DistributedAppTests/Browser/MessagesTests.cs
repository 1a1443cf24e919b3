using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>Reading conversations, writing messages, and finding people to write to.</summary>
public sealed class MessagesTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    /// <summary>Pixels that rounding may move a line by.</summary>
    private const float Rounding = 2;

    /// <summary>
    /// Where the message with a text ends, in pixels from the top of the window. The text hangs there; above it the sender's
    /// name goes away when another message of theirs comes before it.
    /// </summary>
    private const string BottomOf = "text => [...document.querySelectorAll('article')].find(article => "
        + "article.innerText.includes(text)).getBoundingClientRect().bottom";

    [Fact]
    public async Task The_list_shows_the_others_their_last_lines_and_the_open_conversation_newest_first()
    {
        var (me, first, second) = (await RegisterAsync("Susan Ivanova"), await RegisterAsync("Marcus Cole"), await RegisterAsync("Talia Winters"));
        await first.WriteAsync(me, ["Good morning.", "I brought coffee."], Cancelled);
        await me.WriteAsync(second, "Are you there?", Cancelled);

        var page = await SignInAsync(me);
        var rows = page.Conversations().GetByRole(AriaRole.Link);
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.Nth(0)).ToContainTextAsync("Talia Winters");
        await Expect(rows.Nth(0)).ToContainTextAsync("Are you there?");
        await Expect(rows.Nth(1)).ToContainTextAsync("Marcus Cole");
        await Expect(rows.Nth(1)).ToContainTextAsync("I brought coffee.");
        await Expect(rows.Nth(1).Locator("time")).ToHaveTextAsync(new Regex("^(now|[0-9]+m)$"));

        await rows.Nth(1).ClickAsync();
        await Expect(page.Heading("Marcus Cole")).ToBeVisibleAsync();
        await Expect(page.ConversationWith(first)).ToHaveAttributeAsync("aria-current", "page");
        await Expect(page.ConversationWith(second)).Not.ToHaveAttributeAsync("aria-current", "page");
    }

    [Fact]
    public async Task It_opens_at_the_newest_message_and_older_ones_load_above_without_moving_what_is_read()
    {
        var (me, other) = (await RegisterAsync("Susan Ivanova"), await RegisterAsync("Marcus Cole"));
        var texts = Enumerable.Range(1, 45).Select(number => $"Message {number} of the long range report.").ToList();
        var conversation = await other.WriteAsync(me, texts, Cancelled);

        // The older page is held back until the window stands still, so that nothing else can move it.
        var release = new TaskCompletionSource();
        var page = await SignInAsync(me);
        await page.RouteAsync("**/api/messages/*cursor=*", async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync($"/messages/{conversation}");
        await Expect(page.Message("Message 45 of")).ToBeInViewportAsync();
        await Expect(page.Messages()).ToHaveCountAsync(20);

        await page.GetByRole(AriaRole.Region, new() { Name = "Messages, newest last" }).HoverAsync();
        await page.Mouse.WheelAsync(0, -10_000);
        await Expect(page.Message("Message 26 of")).ToBeInViewportAsync();
        await Expect(page.Button("Loading older messages…")).ToBeVisibleAsync();
        await UntilStillAsync(page);
        var before = await page.EvaluateAsync<float>(BottomOf, "Message 26 of");

        release.SetResult();
        await Expect(page.Message("Message 25 of")).ToBeAttachedAsync();
        Assert.InRange(await page.EvaluateAsync<float>(BottomOf, "Message 26 of") - before, -Rounding, Rounding);

        // What is left comes as one goes on scrolling, and each message is there once, in order.
        await ScrollUpUntilAsync(page, page.Message("Message 1 of"));
        await Expect(page.Messages()).ToHaveTextAsync(texts.Select(text => new Regex(Regex.Escape(text))));

        await page.Button("To the newest").ClickAsync();
        await Expect(page.Message("Message 45 of")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Days_stand_between_the_messages()
    {
        var (me, other) = (await RegisterAsync("Susan Ivanova"), await RegisterAsync("Marcus Cole"));
        var conversation = await other.WriteAsync(me, ["Good morning.", "I brought coffee."], Cancelled);

        var page = await SignInAsync(me, $"/messages/{conversation}");
        await Expect(page.Heading("Today")).ToHaveCountAsync(1);

        // The same messages a day later: the day is told from the reader's clock.
        await page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddDays(1));
        await page.ReloadAsync();
        await Expect(page.Heading("Yesterday")).ToHaveCountAsync(1);
        await Expect(page.Heading("Today")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_message_has_1024_characters_at_most_and_a_counter_says_how_many()
    {
        var (me, other) = (await RegisterAsync("Susan Ivanova"), await RegisterAsync("Marcus Cole"));
        var page = await SignInAsync(me, $"/messages/new/{other.Handle}");
        await Expect(page.Button("Send")).ToBeDisabledAsync();

        // A character outside the basic plane counts as one, as it does for the API.
        await page.Composer().FillAsync(new string('a', 1023) + "🛰️"[..2] + "b");
        await Expect(page.GetByText("1025 / 1024")).ToBeVisibleAsync();
        await Expect(page.Alert()).ToContainTextAsync("1 character too many");
        await Expect(page.Button("Send")).ToBeDisabledAsync();
        await page.Composer().PressAsync("Enter");

        await page.Composer().PressAsync("Backspace");
        await Expect(page.GetByText("1024 / 1024")).ToBeVisibleAsync();
        await page.Button("Send").ClickAsync();
        await Expect(page.SentMessage("aaa")).ToBeVisibleAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("/messages/new/"));
        var conversation = page.Url.Split('/')[^1];
        Assert.Equal([new string('a', 1023) + "🛰️"[..2]], await other.MessagesAsync(conversation, Cancelled));
    }

    [Fact]
    public async Task Enter_sends_and_Shift_Enter_begins_a_new_line()
    {
        var (me, other) = (await RegisterAsync("Susan Ivanova"), await RegisterAsync("Marcus Cole"));
        var conversation = await other.WriteAsync(me, "Report?", Cancelled);
        var page = await SignInAsync(me, $"/messages/{conversation}");

        await page.Composer().PressSequentiallyAsync("All quiet.");
        await page.Composer().PressAsync("Shift+Enter");
        await page.Composer().PressSequentiallyAsync("Too quiet.");
        await page.Composer().PressAsync("Enter");
        await Expect(page.SentMessage("All quiet.")).ToBeVisibleAsync();
        await Expect(page.Composer()).ToHaveValueAsync("");
        Assert.Equal(["Report?", "All quiet.\nToo quiet."], await other.MessagesAsync(conversation, Cancelled));

        await page.ReloadAsync();
        await Expect(page.SentMessage("All quiet.\nToo quiet.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_message_stands_there_at_once_and_goes_out_once_although_its_answer_gets_lost()
    {
        var (me, other) = (await RegisterAsync("Susan Ivanova"), await RegisterAsync("Marcus Cole"));
        var conversation = await other.WriteAsync(me, "Report?", Cancelled);
        var page = await SignInAsync(me, $"/messages/{conversation}");
        await Expect(page.Message("Report?")).ToBeVisibleAsync();

        // The API gets the message, but the first answer never reaches the page, as when a connection breaks.
        var release = new TaskCompletionSource();
        await page.RouteAsync(
            "**/api/messages",
            async route =>
            {
                await release.Task;
                await route.FetchAsync();
                await route.AbortAsync();
            },
            new() { Times = 1 });
        await page.SendAsync("All quiet.");
        await Expect(page.Message("All quiet.")).ToContainTextAsync("Sending…");

        release.SetResult();
        await Expect(page.SentMessage("All quiet.")).ToBeVisibleAsync();
        await Expect(page.Message("All quiet.")).ToHaveCountAsync(1);
        Assert.Equal(["Report?", "All quiet."], await other.MessagesAsync(conversation, Cancelled));
    }

    [Fact]
    public async Task A_person_is_found_by_name_with_the_keyboard_and_written_to()
    {
        var (me, other) = (await RegisterAsync("Susan Ivanova"), await RegisterAsync("Marcus Cole"));
        var page = await SignInAsync(me);

        await page.PersonSearch().PressSequentiallyAsync(other.Handle[..^2]);
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Option)).ToContainTextAsync("Marcus Cole");
        await page.PersonSearch().PressAsync("ArrowDown");
        await page.PersonSearch().PressAsync("Enter");
        await Expect(page.Heading("Marcus Cole")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/messages/new/{other.Handle}$"));

        await page.SendAsync("Permission to come aboard?");
        await Expect(page).ToHaveURLAsync(new Regex("/messages/[0-9a-f-]{36}$"));
        await Expect(page.SentMessage("Permission to come aboard?")).ToBeVisibleAsync();
        await Expect(page.ConversationWith(other)).ToContainTextAsync("Permission to come aboard?");

        // Whoever has been written to is gone on with, not begun with again.
        await page.PersonSearch().FillAsync($"@{other.Handle}");
        await page.Button("Write").ClickAsync();
        await Expect(page.SentMessage("Permission to come aboard?")).ToBeVisibleAsync();
        await Expect(page.Conversations().GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_draft_is_kept_for_each_conversation_over_leaving_and_reloading()
    {
        var (me, first, second) = (await RegisterAsync("Susan Ivanova"), await RegisterAsync("Marcus Cole"), await RegisterAsync("Talia Winters"));
        var conversation = await first.WriteAsync(me, "Good morning.", Cancelled);
        await second.WriteAsync(me, "Are you there?", Cancelled);
        var page = await SignInAsync(me, $"/messages/{conversation}");

        await page.Composer().FillAsync("Not before my");
        await page.ConversationWith(second).ClickAsync();
        await Expect(page.Heading("Talia Winters")).ToBeVisibleAsync();
        await Expect(page.Composer()).ToHaveValueAsync("");

        await page.ConversationWith(first).ClickAsync();
        await Expect(page.Composer()).ToHaveValueAsync("Not before my");
        await page.ReloadAsync();
        await Expect(page.Composer()).ToHaveValueAsync("Not before my");
        Assert.Equal(["Good morning."], await first.MessagesAsync(conversation, Cancelled));
    }

    [Fact]
    public async Task What_does_not_load_says_so_and_can_be_tried_again()
    {
        var (me, other) = (await RegisterAsync("Susan Ivanova"), await RegisterAsync("Marcus Cole"));
        var conversation = await other.WriteAsync(me, "Good morning.", Cancelled);
        var page = await SignInAsync(me, "/messages");
        await page.RouteAsync($"**/api/messages/{conversation}", route => route.FulfillAsync(new() { Status = 500 }));
        await page.GotoAsync($"/messages/{conversation}");
        await Expect(page.Alert()).ToContainTextAsync("The messages did not load");

        await page.UnrouteAllAsync();
        await page.Alert().GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Message("Good morning.")).ToBeVisibleAsync();
        await Expect(page.Alert()).ToHaveCountAsync(0);
    }

    /// <summary>Waits until the messages have stopped scrolling: turning the wheel sets off an animation.</summary>
    private static async Task UntilStillAsync(IPage page) =>
        await page.GetByRole(AriaRole.Region, new() { Name = "Messages, newest last" }).EvaluateAsync("""
            async scroller => {
              for (let still = 0, last; still < 20; last = scroller.scrollTop) {
                await new Promise(requestAnimationFrame);
                still = scroller.scrollTop === last ? still + 1 : 0;
              }
            }
            """);

    /// <summary>Turns the mouse wheel until something has come up from above.</summary>
    private static async Task ScrollUpUntilAsync(IPage page, ILocator locator)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timer.CancelAfter(TimeSpan.FromMilliseconds(Chromium.Timeout));
        while (await locator.CountAsync() == 0)
        {
            await page.Mouse.WheelAsync(0, -500);
            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
            timer.Token.ThrowIfCancellationRequested();
        }
    }
}
