using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>Two people, or one person's page and the network, do something at the same moment.</summary>
public sealed class RaceTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    /// <summary>Pixels that rounding may move a line by.</summary>
    private const double Rounding = 3;

    [Fact]
    public async Task The_same_words_at_the_same_moment_are_two_messages_in_both_browsers()
    {
        const int Rounds = 5;
        var (one, two) = (await RegisterAsync("G'Kar Narn"), await RegisterAsync("Londo Centauri"));
        var conversation = await one.WriteAsync(two, "Shall we vote?", Cancelled);
        var (first, second) = (await SignInAsync(one, $"/messages/{conversation}"), await SignInAsync(two, $"/messages/{conversation}"));
        IPage[] pages = [first, second];
        foreach (var page in pages)
        {
            await Expect(page.Message("Shall we vote?")).ToBeVisibleAsync();
        }

        for (var round = 1; round <= Rounds; round++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Aye, for the motion number {round}.");
            await Task.WhenAll(pages.Select(page => page.SendAsync(text)));
            foreach (var page in pages)
            {
                await Expect(page.Message(text)).ToHaveCountAsync(2);
                await Expect(page.SentMessage(text)).ToHaveCountAsync(1);
            }
        }

        Assert.Equal(1 + (2 * Rounds), (await one.MessagesAsync(conversation, Cancelled)).Count);
    }

    [Fact]
    public async Task A_text_goes_on_in_the_conversation_that_the_other_person_begins_meanwhile()
    {
        var (me, other) = (await RegisterAsync("Vir Cotto"), await RegisterAsync("Adira Tyree"));
        var page = await SignInAsync(me, $"/messages/new/{other.Handle}");
        await page.Composer().PressSequentiallyAsync("Would you care");

        await other.WriteAsync(me, "There you are!", Cancelled);
        await Expect(page.Message("There you are!")).ToBeVisibleAsync();
        await Expect(page.Composer()).ToHaveValueAsync("Would you care");
        await page.Keyboard.TypeAsync(" to dance?");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.SentMessage("Would you care to dance?")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Going_back_and_reloading_show_what_was_being_read()
    {
        var (me, other) = (await RegisterAsync("Delenn Mir"), await RegisterAsync("Lennier Mir"));
        var verses = Enumerable.Range(1, 150).Select(number => $"Verse {number} of the prophecy.");
        var conversation = await other.WriteAsync(me, verses, Cancelled);
        var page = await SignInAsync(me, $"/messages/{conversation}");
        await Expect(page.Message("Verse 150 of")).ToBeInViewportAsync();

        // Three pages are loaded by then.
        var read = page.Message("Verse 20 of");
        await LoadOlderAsync(page, read);
        await read.EvaluateAsync("message => message.scrollIntoView({ block: 'center' })");
        var place = await TopAsync(read);

        await page.GetByRole(AriaRole.Link, new() { Name = "Home", Exact = true }).ClickAsync();
        await Expect(page.Heading("Home")).ToBeVisibleAsync();
        await other.WriteAsync(me, "Verse 151 of the prophecy.", Cancelled);
        await page.GoBackAsync();
        await ExpectPlaceAsync();

        await page.ReloadAsync();
        await ExpectPlaceAsync();

        // Another visit begins at the newest message.
        await page.GotoAsync("/");
        await page.GotoAsync("/messages");
        await page.ConversationWith(other).ClickAsync();
        await Expect(page.Message("Verse 151 of")).ToBeInViewportAsync();

        async Task ExpectPlaceAsync()
        {
            await Expect(read).ToBeInViewportAsync();
            Assert.InRange(await TopAsync(read), place - Rounding, place + Rounding);
        }
    }

    [Fact]
    public async Task A_page_that_was_hidden_keeps_its_place_and_reads_what_it_missed_with_few_requests()
    {
        var (me, other) = (await RegisterAsync("Delenn Mir"), await RegisterAsync("Lennier Mir"));
        var verses = Enumerable.Range(1, 130).Select(number => $"Verse {number} of the prophecy.");
        var conversation = await other.WriteAsync(me, verses, Cancelled);
        var page = await SignInAsync(me, $"/messages/{conversation}");
        var read = page.Message("Verse 60 of");
        await LoadOlderAsync(page, read);
        await read.EvaluateAsync("message => message.scrollIntoView({ block: 'center' })");
        var place = await TopAsync(read);
        await SetHiddenAsync(true);
        await other.WriteAsync(me, Enumerable.Range(131, 30).Select(number => $"Verse {number} of the prophecy."), Cancelled);

        var requests = 0;
        page.Request += (_, request) => requests += request.Url.Contains("/api/message", StringComparison.Ordinal)
            && request.Method == "GET" ? 1 : 0;
        await SetHiddenAsync(false);
        await Expect(page.Message("Verse 160 of")).ToBeAttachedAsync();
        await Expect(page.Message("Verse 131 of")).ToBeAttachedAsync();
        await Expect(read).ToBeInViewportAsync();
        Assert.InRange(await TopAsync(read), place - Rounding, place + Rounding);
        Assert.InRange(requests, 0, 10);

        Task SetHiddenAsync(bool hidden) => page.EvaluateAsync(
            """
            hidden => {
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
              Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => hidden ? 'hidden' : 'visible' });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """,
            hidden);
    }

    /// <summary>Scrolls to the oldest message, which loads those before it, until a message is there.</summary>
    private static async Task LoadOlderAsync(IPage page, ILocator expected)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timer.CancelAfter(TimeSpan.FromMilliseconds(Chromium.Timeout));
        while (await expected.CountAsync() == 0)
        {
            await page.Messages().First.EvaluateAsync("message => message.scrollIntoView()");
            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
            timer.Token.ThrowIfCancellationRequested();
        }
    }

    private static Task<double> TopAsync(ILocator locator) =>
        locator.EvaluateAsync<double>("element => element.getBoundingClientRect().top");
}
