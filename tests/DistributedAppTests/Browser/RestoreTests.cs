using Cruddur.AppHost.Cognito;
using Cruddur.AppHost.Snapshots;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>Everything is changed after a save, and is as it was after the restore, in pages that stay open all the time.</summary>
public sealed class RestoreTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    [Fact]
    public async Task Open_pages_show_the_restored_conversation_feed_and_users_and_go_on_without_a_reload()
    {
        var name = $"browser-{Guid.NewGuid():N}"[..20];
        var (one, two) = (await RegisterAsync("Catherine Sakai"), await RegisterAsync("Jeffrey Sinclair"));
        var conversation = await one.WriteAsync(two, "Before the save.", Cancelled);
        await one.TellAsync(["A crud from before the save."], Cancelled);
        var (first, second) = (await SignInAsync(one, $"/messages/{conversation}"), await SignInAsync(two, $"/@{one.Handle}"));
        await Expect(first.Message("Before the save.")).ToBeVisibleAsync();
        await Expect(second.Crud("A crud from before the save.")).ToBeVisibleAsync();
        await Cruddur.SnapshotAsync(SnapshotCommandNames.Save, name, Cancelled);

        await first.SendAsync("After the save.");
        await Expect(first.SentMessage("After the save.")).ToBeVisibleAsync();
        await one.TellAsync(["A crud from after the save."], Cancelled);
        await second.ReloadAsync();
        await Expect(second.Crud("A crud from after the save.")).ToBeVisibleAsync();
        var late = await RegisterAsync("Ulkesh Naranek");
        await late.WriteAsync(one, "I signed up after the save.", Cancelled);
        await Expect(first.ConversationWith(late)).ToBeVisibleAsync();
        var lateSession = await SignInAsync(late);
        await Expect(lateSession.ConversationWith(one)).ToBeVisibleAsync();

        await Cruddur.SnapshotAsync(SnapshotCommandNames.Restore, name, Cancelled);

        await Expect(first.Messages()).ToHaveCountAsync(1);
        await Expect(first.Message("Before the save.")).ToBeVisibleAsync();
        await Expect(first.ConversationWith(late)).ToHaveCountAsync(0);
        await Expect(second.Cruds()).ToHaveCountAsync(1);
        await Expect(second.Crud("A crud from before the save.")).ToBeVisibleAsync();

        // The session of a user who is gone ends, and the user can't sign in again.
        await Expect(lateSession.UserName()).ToBeVisibleAsync();
        await lateSession.SignInAsync(late.Email, LocalPool.Password);
        await Expect(lateSession.Alert()).ToContainTextAsync("do not match");

        // The others go on.
        await first.SendAsync("After the restore.");
        await Expect(first.SentMessage("After the restore.")).ToBeVisibleAsync();
        await second.GotoAsync($"/messages/{conversation}");
        await Expect(second.Messages()).ToContainTextAsync(["Before the save.", "After the restore."]);
        await second.SendAsync("Live again.");
        await Expect(first.Message("Live again.")).ToBeVisibleAsync();
        await Cruddur.SnapshotAsync(SnapshotCommandNames.Delete, name, Cancelled);
    }
}
