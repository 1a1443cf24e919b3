using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>Two people in two browsers, side by side: what one sends, the other sees without doing anything.</summary>
public sealed class LiveTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    /// <summary>Milliseconds from sending to seeing.</summary>
    private const double Promptly = 1000;

    /// <summary>Notes the time at which Enter goes down, and the time at which each message comes up.</summary>
    private const string TakeTimes = """
        () => {
          window.seen = {};
          addEventListener('keydown', event => { if (event.key === 'Enter') window.sent = Date.now(); }, true);
          new MutationObserver(() => {
            for (const article of document.querySelectorAll('article')) window.seen[article.innerText.split('\n').at(-1)] ??= Date.now();
          }).observe(document.body, { childList: true, subtree: true, characterData: true });
        }
        """;

    [Fact]
    public async Task Messages_reach_the_other_browser_within_a_second_in_order_and_none_is_lost()
    {
        var (one, two) = (await RegisterAsync("G'Kar Narn"), await RegisterAsync("Londo Centauri"));
        var conversation = await one.WriteAsync(two, "Mollari.", Cancelled);
        var (first, second) = (await SignInAsync(one, $"/messages/{conversation}"), await SignInAsync(two, $"/messages/{conversation}"));
        foreach (var page in (IPage[])[first, second])
        {
            await Expect(page.Message("Mollari.")).ToBeVisibleAsync();
            await page.EvaluateAsync(TakeTimes);
        }

        // One at a time, and back and forth, each when the one before has arrived.
        var texts = Enumerable.Range(1, 8).Select(number => $"Word {number} of a long quarrel.").ToList();
        var delays = new Dictionary<IPage, List<double>> { [first] = [], [second] = [] };
        foreach (var (index, text) in texts.Index())
        {
            var (sender, receiver) = index % 2 == 0 ? (first, second) : (second, first);
            await sender.SendAsync(text);
            await Expect(receiver.Message(text)).ToBeVisibleAsync();
            delays[receiver].Add(await receiver.EvaluateAsync<double>("text => window.seen[text]", text) - await sender.EvaluateAsync<double>("window.sent"));
        }

        foreach (var page in (IPage[])[first, second])
        {
            await Expect(page.Messages()).ToContainTextAsync(["Mollari.", .. texts]);
        }

        // The machine may be busy with something else now and then, so that a slow message proves nothing. A fast one does, if
        // there is one each way: pages that ask every five seconds show those of one side fast, as it happens, but then those
        // of the other late, for the two ways add up to five seconds. The first one each way comes at a moment of its own.
        foreach (var way in delays.Values)
        {
            TestContext.Current.TestOutputHelper?.WriteLine("Milliseconds: " + string.Join(", ", way.Select(delay => delay.ToString(CultureInfo.InvariantCulture))));
            Assert.InRange(way.Skip(1).Min(), 0, Promptly);
        }
    }

    [Fact]
    public async Task The_list_follows_in_order_and_last_line_while_another_conversation_is_open()
    {
        var (me, first, second) = (await RegisterAsync("Delenn Mir"), await RegisterAsync("Lennier Mir"), await RegisterAsync("Draal Mir"));
        await first.WriteAsync(me, "The Council waits.", Cancelled);
        var open = await second.WriteAsync(me, "The Machine waits.", Cancelled);
        var (mine, theirs) = (await SignInAsync(me, $"/messages/{open}"), await SignInAsync(first));
        var rows = mine.Conversations().GetByRole(AriaRole.Link);
        await Expect(rows).ToContainTextAsync(["The Machine waits.", "The Council waits."]);

        await theirs.ConversationWith(me).ClickAsync();
        await Expect(theirs.ConversationWith(me)).ToHaveAttributeAsync("aria-current", "page");
        await theirs.SendAsync("The Council is broken.");
        await Expect(rows).ToContainTextAsync(["The Council is broken.", "The Machine waits."]);
        await Expect(theirs.ConversationWith(me)).ToContainTextAsync("The Council is broken.");

        // It is not mixed into the conversation that is open, and stands in its own.
        await Expect(mine.Messages()).ToHaveCountAsync(1);
        await mine.ConversationWith(first).ClickAsync();
        await Expect(mine.Messages()).ToContainTextAsync(["The Council waits.", "The Council is broken."]);
    }

    [Fact]
    public async Task A_conversation_that_somebody_begins_comes_up_in_the_list()
    {
        var (me, other) = (await RegisterAsync("Delenn Mir"), await RegisterAsync("Lennier Mir"));
        var page = await SignInAsync(me);
        await Expect(page.Heading("No conversations yet")).ToBeVisibleAsync();

        var theirs = await SignInAsync(other, $"/messages/new/{me.Handle}");
        await theirs.SendAsync("I am on Minbar.");
        await Expect(page.ConversationWith(other)).ToContainTextAsync("I am on Minbar.");
    }

    [Fact]
    public async Task Who_reads_older_messages_is_not_pulled_away_by_a_new_one()
    {
        var (me, other) = (await RegisterAsync("Delenn Mir"), await RegisterAsync("Lennier Mir"));
        var conversation = await other.WriteAsync(me, Enumerable.Range(1, 30).Select(number => $"Verse {number} of the "
            + "prophecy."), Cancelled);
        var page = await SignInAsync(me, $"/messages/{conversation}");
        await Expect(page.Message("Verse 30 of")).ToBeInViewportAsync();
        await page.Message("Verse 11 of").ScrollIntoViewIfNeededAsync();
        await Expect(page.Button("To the newest")).ToBeVisibleAsync();

        await other.WriteAsync(me, "Verse 31 of the prophecy.", Cancelled);
        await Expect(page.Message("Verse 31 of")).ToBeAttachedAsync();
        await Expect(page.Message("Verse 11 of")).ToBeInViewportAsync();
        await Expect(page.Message("Verse 31 of")).Not.ToBeInViewportAsync();
    }
}
