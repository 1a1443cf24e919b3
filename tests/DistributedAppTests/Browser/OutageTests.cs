using System.Diagnostics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>The API goes away for a while and comes back. Tests run one at a time, so that no other one notices.</summary>
public sealed class OutageTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    /// <summary>Long enough for every attempt and reconnection to fail several times.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Both_browsers_say_so_keep_what_is_written_and_recover_with_nothing_lost_or_doubled()
    {
        var (one, two, third) = (await RegisterAsync("Michael Garibaldi"), await RegisterAsync("Stephen Franklin"), await RegisterAsync("Lise Hampton"));
        var conversation = await one.WriteAsync(two, "Before the outage.", Cancelled);
        await third.WriteAsync(one, "Call me.", Cancelled);
        var (first, second) = (await SignInAsync(one, $"/messages/{conversation}"), await SignInAsync(two, $"/messages/{conversation}"));
        await Expect(first.Message("Before the outage.")).ToBeVisibleAsync();
        await Expect(second.Message("Before the outage.")).ToBeVisibleAsync();

        await ExecuteAsync(KnownResourceCommands.StopCommand);
        var outage = Stopwatch.StartNew();
        try
        {
            // Sent at the moment that the API goes away, or just after.
            await first.SendAsync("Can you hear me?");
            await Expect(first.OutageBanner()).ToBeVisibleAsync();
            await Expect(second.OutageBanner()).ToBeVisibleAsync();
            await Expect(first.Message("Can you hear me?")).ToContainTextAsync("Not sent yet.");

            await first.SendAsync("Hello?");
            await second.SendAsync("Nobody there.");
            await Expect(second.Message("Nobody there.")).ToContainTextAsync("Not sent yet.");

            // What is being written stays, in this conversation and in another one, over a reload too.
            await second.Composer().FillAsync("A half written");
            await first.ConversationWith(third).ClickAsync();
            await Expect(first.Heading("Lise Hampton")).ToBeVisibleAsync();
            await first.Composer().FillAsync("I will call when");
            await second.ReloadAsync();
            await Expect(second.Composer()).ToHaveValueAsync("A half written");
            await Expect(second.Message("Nobody there.")).ToBeVisibleAsync();

            await Task.Delay(TimeSpan.FromTicks(Math.Max(0, (Outage - outage.Elapsed).Ticks)), Cancelled);
        }
        finally
        {
            await ExecuteAsync(KnownResourceCommands.StartCommand);
        }

        await CruddurIsBackAsync();
        foreach (var page in (IPage[])[first, second])
        {
            await Expect(page.OutageBanner()).ToHaveCountAsync(0);
        }

        await Expect(first.Composer()).ToHaveValueAsync("I will call when");
        await first.ConversationWith(two).ClickAsync();
        await Expect(first.Heading("Stephen Franklin")).ToBeVisibleAsync();
        await Expect(second.Composer()).ToHaveValueAsync("A half written");
        foreach (var page in (IPage[])[first, second])
        {
            await Expect(page.Messages()).ToHaveCountAsync(4);
            foreach (var text in (string[])["Before the outage.", "Can you hear me?", "Hello?", "Nobody there."])
            {
                await Expect(page.Message(text)).ToHaveCountAsync(1);
            }
        }

        await Expect(first.SentMessage("Hello?")).ToBeVisibleAsync();
        await Expect(second.SentMessage("Nobody there.")).ToBeVisibleAsync();

        var stored = await one.MessagesAsync(conversation, Cancelled);
        Assert.Equal(["Before the outage.", "Can you hear me?", "Hello?", "Nobody there."], stored.Order(StringComparer.Ordinal));
        Assert.True(stored.ToList().IndexOf("Can you hear me?") < stored.ToList().IndexOf("Hello?"), "The sender's order is kept.");

        // Live again, and the session is still there after a reload.
        await first.SendAsync("There you are.");
        await Expect(second.Message("There you are.")).ToBeVisibleAsync();
        await first.ReloadAsync();
        await Expect(first.SentMessage("There you are.")).ToBeVisibleAsync();

        Task CruddurIsBackAsync() => Cruddur.App.ResourceNotifications.WaitForResourceHealthyAsync(CruddurResources.Api, Cancelled)
            .WaitAsync(RunningCruddur.Timeout, Cancelled);
    }

    private async Task ExecuteAsync(string command)
    {
        var result = await Cruddur.App.ResourceCommands.ExecuteCommandAsync(CruddurResources.Api, command, Cancelled);
        Assert.True(result.Success, result.Message);
    }
}
