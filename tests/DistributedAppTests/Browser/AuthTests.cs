using Cruddur.AppHost.Cognito;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>Signing in, up and out, and a session that ends.</summary>
public sealed class AuthTests(RunningCruddur cruddur, Chromium chromium) : BrowserTest(cruddur, chromium)
{
    private const string NewPassword = "Zathras2258!";

    [Theory]
    [InlineData("londo")]
    [InlineData("londo@cruddur.example")]
    public async Task A_person_signs_in_by_handle_or_email_and_stays_signed_in_over_a_reload(string user)
    {
        var page = await SignInAsync(user);
        await Expect(page.GetByText("@londo", new() { Exact = true })).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(page.GetByText("@londo", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_the_right_one_leads_to_the_page_asked_for()
    {
        var page = await OpenAsync("/messages/new/andrewbrown");
        await page.SignInAsync("bayko", "Wrong1234!");
        await Expect(page.Alert()).ToContainTextAsync("do not match");
        await Expect(page.UserName()).ToHaveValueAsync("bayko");

        await page.SignInAsync("bayko", LocalPool.Password);
        await Expect(page.Heading("Andrew Brown")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_closes_the_pages_in_every_tab_and_leaves_no_token_and_no_text()
    {
        var page = await SignInAsync("londo");
        await page.GotoAsync("/");
        await page.CrudComposer().FillAsync("A secret of mine.");
        var otherTab = await page.Context.NewPageAsync();
        await otherTab.GotoAsync("/");
        await otherTab.CrudComposer().FillAsync("Another secret.");

        await page.SignOutButton().ClickAsync();
        foreach (var tab in (IPage[])[page, otherTab])
        {
            await Expect(tab.UserName()).ToBeVisibleAsync();
            await Expect(tab.GetByText("Your session has ended.")).ToHaveCountAsync(0);
            Assert.DoesNotContain("secret", await tab.EvaluateAsync<string>("JSON.stringify(sessionStorage)"), StringComparison.Ordinal);
        }

        Assert.Empty(await page.EvaluateAsync<string[]>("Object.keys(localStorage).filter(key => /token/i.test(key))"));

        await page.GotoAsync("/messages");
        await Expect(page.UserName()).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_sign_up_is_confirmed_with_the_code_and_signed_in()
    {
        var handle = Member.NewHandle("Zack Allan");
        var page = await OpenAsync("/signup");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Zack Allan");
        await page.GetByLabel("Handle", new() { Exact = true }).FillAsync(handle);
        await page.GetByLabel("E-mail").FillAsync(Member.AddressOf(handle));
        await page.GetByLabel("Password").FillAsync(LocalPool.Password);
        await page.Button("Create account").ClickAsync();

        await Expect(page.Heading("Confirm your account")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("E-mail")).ToHaveValueAsync(Member.AddressOf(handle));
        var code = await ConfirmationCodes.ReadAsync(Cruddur, Member.AddressOf(handle), number: 1, Cancelled);
        await page.GetByLabel("Code").FillAsync(code == "000000" ? "000001" : "000000");
        await page.Button("Confirm").ClickAsync();
        await Expect(page.Alert()).ToContainTextAsync("That is not the code");

        await page.GetByLabel("Code").FillAsync(code);
        await page.Button("Confirm").ClickAsync();
        await Expect(page.GetByText($"@{handle}", new() { Exact = true })).ToBeVisibleAsync();

        // Everything is open at once, which takes a row that the API makes on the first visit.
        await page.GotoAsync("/messages");
        await Expect(page.Heading("No conversations yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_email_that_has_an_account_is_refused_and_what_was_typed_stays()
    {
        var page = await OpenAsync("/signup");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Londo Mollari");
        await page.GetByLabel("Handle", new() { Exact = true }).FillAsync("emperor");
        await page.GetByLabel("E-mail").FillAsync("londo@cruddur.example");
        await page.GetByLabel("Password").FillAsync(LocalPool.Password);
        await page.Button("Create account").ClickAsync();

        await Expect(page.Alert()).ToContainTextAsync("There is an account with this e-mail address");
        await Expect(page.GetByLabel("Handle", new() { Exact = true })).ToHaveValueAsync("emperor");
    }

    [Fact]
    public async Task Signing_in_before_the_account_is_confirmed_asks_for_the_code()
    {
        var handle = Member.NewHandle("Zack Allan");
        await Member.SignUpAsync(Cruddur, "Zack Allan", handle, Cancelled);
        var page = await OpenAsync("/signin");
        await page.SignInAsync(Member.AddressOf(handle), LocalPool.Password);

        await Expect(page.Heading("Confirm your account")).ToBeVisibleAsync();
        await page.GetByLabel("Code").FillAsync(await ConfirmationCodes.ReadAsync(Cruddur, Member.AddressOf(handle), number: 1, Cancelled));
        await page.Button("Confirm").ClickAsync();

        await Expect(page.Heading("Sign in to Cruddur")).ToBeVisibleAsync();
        await page.SignInAsync(Member.AddressOf(handle), LocalPool.Password);
        await Expect(page.SignOutButton()).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_account_is_recovered_with_a_code_and_has_a_new_password()
    {
        var member = await RegisterAsync("Zack Allan");
        var page = await OpenAsync("/forgot");
        await page.UserName().FillAsync(member.Email);
        await page.Button("Send a code").ClickAsync();

        // The first code was the one for the sign-up.
        await page.GetByLabel("Code").FillAsync(await ConfirmationCodes.ReadAsync(Cruddur, member.Email, number: 2, Cancelled));
        await page.GetByLabel("New password").FillAsync(NewPassword);
        await page.Button("Set password and sign in").ClickAsync();
        await Expect(page.GetByText($"@{member.Handle}", new() { Exact = true })).ToBeVisibleAsync();

        await page.SignOutButton().ClickAsync();
        await page.SignInAsync(member.Email, LocalPool.Password);
        await Expect(page.Alert()).ToContainTextAsync("do not match");
        await page.SignInAsync(member.Email, NewPassword);
        await Expect(page.SignOutButton()).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_session_that_has_run_out_sends_to_sign_in_and_back_and_loses_no_message()
    {
        var (member, other) = (await RegisterAsync("Zack Allan"), await RegisterAsync("Lou Welch"));
        var conversation = await other.WriteAsync(member, "Where were you?", Cancelled);
        var page = await SignInAsync(member, $"/messages/{conversation}");
        await Expect(page.Message("Where were you?")).ToBeVisibleAsync();

        // Later than the tokens are good for, and the local pool does not renew them.
        await page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddDays(AppHost.Integrations.CognitoLocal.CognitoLocalFiles.TokenDays + 1));
        await page.SendAsync("In the casino.");
        await Expect(page.GetByText("Your session has ended.")).ToBeVisibleAsync();

        await page.SignInAsync(member.Email, LocalPool.Password);
        await Expect(page.SentMessage("In the casino.")).ToBeVisibleAsync();
        Assert.Equal(["Where were you?", "In the casino."], await other.MessagesAsync(conversation, Cancelled));
    }

    [Fact]
    public async Task A_token_that_the_API_refuses_sends_to_sign_in_and_back()
    {
        var (member, other) = (await RegisterAsync("Zack Allan"), await RegisterAsync("Lou Welch"));
        var conversation = await other.WriteAsync(member, "Where were you?", Cancelled);
        var page = await SignInAsync(member);

        await page.EvaluateAsync("""
            for (const key of Object.keys(localStorage).filter(key => key.endsWith('.accessToken'))) {
              const [header, payload] = localStorage[key].split('.');
              localStorage[key] = `${header}.${payload}.forged`;
            }
            """);
        await page.GotoAsync($"/messages/{conversation}");
        await Expect(page.GetByText("Your session has ended.")).ToBeVisibleAsync();

        await page.SignInAsync(member.Email, LocalPool.Password);
        await Expect(page.Message("Where were you?")).ToBeVisibleAsync();
    }
}
