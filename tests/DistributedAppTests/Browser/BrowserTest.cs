using System.Collections.Concurrent;
using Cruddur.AppHost.Cognito;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cruddur.DistributedAppTests.Browser;

/// <summary>
/// What the tests in a browser share: windows, and people to sit in front of them. A test fails too when a page throws an
/// error that nothing catches; of a test that fails a picture of each window is kept.
/// </summary>
public abstract class BrowserTest(RunningCruddur cruddur, Chromium chromium) : IAsyncDisposable
{
    private readonly List<IPage> _pages = [];
    private readonly List<Member> _members = [];
    private readonly ConcurrentQueue<string> _uncaught = [];

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected RunningCruddur Cruddur => cruddur;

    /// <summary>Makes somebody whom no other test knows.</summary>
    protected async Task<Member> RegisterAsync(string name)
    {
        var member = await Member.RegisterAsync(cruddur, name, Cancelled);
        _members.Add(member);
        return member;
    }

    /// <summary>Opens a page in a window of its own, in which nobody is signed in.</summary>
    protected async Task<IPage> OpenAsync(string path, Action<BrowserNewContextOptions>? change = null)
    {
        var window = await chromium.OpenWindowAsync(cruddur.Address(CruddurResources.Frontend), change);
        var page = await window.NewPageAsync();
        page.PageError += (_, error) => _uncaught.Enqueue(error);
        _pages.Add(page);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Opens a page in a window of its own and signs in.</summary>
    /// <param name="user">The handle or e-mail address.</param>
    /// <param name="path">A page for signed-in people only; it sends to sign in and is then shown.</param>
    protected async Task<IPage> SignInAsync(string user, string path = "/messages", Action<BrowserNewContextOptions>? change = null)
    {
        var page = await OpenAsync(path, change);
        await page.SignInAsync(user, LocalPool.Password);
        await Expect(page.SignOutButton()).ToBeVisibleAsync();
        return page;
    }

    /// <inheritdoc cref="SignInAsync(string, string, Action{BrowserNewContextOptions})"/>
    protected Task<IPage> SignInAsync(Member member, string path = "/messages", Action<BrowserNewContextOptions>? change = null) =>
        SignInAsync(member.Email, path, change);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var (index, page) in _pages.Index())
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                await Screenshots.KeepAsync(page, "failed", $"{GetType().Name}.{TestContext.Current.TestMethod!.MethodName}-{index + 1}");
            }

            await page.Context.CloseAsync();
        }

        _members.ForEach(member => member.Dispose());
        Assert.Empty(_uncaught);
    }
}
