using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>Getting about without a mouse, and hearing what arrives.</summary>
public sealed class KeyboardTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    /// <summary>More presses of Tab than any page takes.</summary>
    private const int ManyStops = 60;

    [Fact]
    public async Task The_first_stop_skips_to_the_content()
    {
        var page = await SignInAsync("londo");
        await page.ReloadAsync();
        await Expect(page.SignOutButton()).ToBeVisibleAsync();

        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await page.Keyboard.PressAsync("Tab");
        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Main).Locator(":focus")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Tab_goes_from_the_list_to_the_messages_the_composer_and_the_send_button()
    {
        var (me, other) = (await RegisterAsync("Vir Cotto"), await RegisterAsync("Adira Tyree"));
        var conversation = await other.WriteAsync(me, "Are you coming?", Cancelled);
        var page = await SignInAsync(me, $"/messages/{conversation}");
        await Expect(page.Message("Are you coming?")).ToBeVisibleAsync();
        await page.Composer().FillAsync("On my way.");

        await page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" }).FocusAsync();
        ILocator[] stops =
        [
            page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Messages" }),
            page.PersonSearch(),
            page.ConversationWith(other),
            page.GetByRole(AriaRole.Region, new() { Name = "Messages, newest last" }),
            page.Composer(),
            page.Button("Send"),
        ];
        foreach (var stop in stops)
        {
            await TabToAsync(page, stop);
        }

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.SentMessage("On my way.")).ToBeVisibleAsync();
        await Expect(page.Composer()).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_conversation_opened_with_the_keyboard_can_be_written_in_at_once()
    {
        var (me, other) = (await RegisterAsync("Vir Cotto"), await RegisterAsync("Adira Tyree"));
        await other.WriteAsync(me, "Are you coming?", Cancelled);
        var page = await SignInAsync(me);

        await page.ConversationWith(other).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Composer()).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("On my way.");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.SentMessage("On my way.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_message_that_arrives_is_announced_and_moves_no_focus()
    {
        var (me, other) = (await RegisterAsync("Vir Cotto"), await RegisterAsync("Adira Tyree"));
        var conversation = await other.WriteAsync(me, "Are you coming?", Cancelled);
        var page = await SignInAsync(me, $"/messages/{conversation}");
        await Expect(page.Message("Are you coming?")).ToBeVisibleAsync();
        var announcement = page.Locator("[aria-live=polite]").Filter(new() { HasText = "Adira Tyree: " });
        await Expect(announcement).ToHaveCountAsync(0);
        await page.Composer().FocusAsync();

        await other.WriteAsync(me, "The opera begins.", Cancelled);
        await Expect(announcement).ToHaveTextAsync("Adira Tyree: The opera begins.");
        await Expect(page.Composer()).ToBeFocusedAsync();

        // Nobody needs to be told what they have written themselves.
        await page.SendAsync("On my way.");
        await Expect(page.SentMessage("On my way.")).ToBeVisibleAsync();
        await Expect(page.Locator("[aria-live=polite]").Filter(new() { HasText = "On my way." })).ToHaveCountAsync(0);
    }

    /// <summary>Presses Tab until something has the focus.</summary>
    private static async Task TabToAsync(IPage page, ILocator stop)
    {
        for (var presses = 0; presses < ManyStops; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await stop.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            // Past the last stop the focus leaves the page, and begins again at its start.
            Assert.False(await page.EvaluateAsync<bool>("document.activeElement === document.body"), "Tab does not get to "
                + $"{stop} from the stop before it.");
        }

        Assert.Fail($"Tab does not get to {stop}.");
    }
}
