using Cruddur.ApiTests.Infrastructure;
using Cruddur.Data.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cruddur.ApiTests;

/// <summary>The links between rows and Cognito users, who choose their handles themselves: several can have the same.</summary>
public sealed class CognitoLinkTests(ApiFixture fixture) : IDisposable
{
    private readonly IHost _stores = fixture.NewStores(_ => { });

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private UserStore Users => _stores.Services.GetRequiredService<UserStore>();

    public void Dispose() => _stores.Dispose();

    [Fact]
    public async Task An_unlinked_row_is_linked_to_the_user_with_its_handle_in_any_case()
    {
        var handle = await NewRowAsync();
        var sub = NewSub();

        Assert.Equal(1, await Users.LinkCognitoUsersAsync([new(sub, handle.ToUpperInvariant())], Cancelled));
        Assert.Equal(0, await Users.LinkCognitoUsersAsync([new(sub, handle)], Cancelled));

        Assert.Equal(handle, (await Users.FindByCognitoUserIdAsync(sub, Cancelled))?.Handle);
        Assert.Empty(await Users.FindCognitoConflictsAsync([new(sub, handle)], Cancelled));
    }

    [Fact]
    public async Task Two_users_with_one_handle_link_neither()
    {
        var handle = await NewRowAsync();
        var subs = new[] { NewSub(), NewSub() }.Order(StringComparer.Ordinal).ToArray();
        CognitoIdentity[] pool = [new(subs[1], handle), new(subs[0], handle.ToUpperInvariant())];

        Assert.Equal(0, await Users.LinkCognitoUsersAsync(pool, Cancelled));
        Assert.Equal(0, await Users.RelinkCognitoUsersAsync(pool, Cancelled));

        Assert.Null(await Users.FindByCognitoUserIdAsync(subs[0], Cancelled));
        Assert.Null(await Users.FindByCognitoUserIdAsync(subs[1], Cancelled));
        var conflict = Assert.Single(await Users.FindCognitoConflictsAsync(pool, Cancelled));
        Assert.Equal((handle, (string?)null), (conflict.Handle, conflict.LinkedTo));
        Assert.Equal(subs, conflict.CognitoUserIds);
    }

    [Fact]
    public async Task A_linked_row_changes_owner_only_when_it_is_relinked()
    {
        var handle = await NewRowAsync();
        var (owner, other) = (NewSub(), NewSub());
        await Users.LinkCognitoUsersAsync([new(owner, handle)], Cancelled);
        CognitoIdentity[] pool = [new(other, handle)];

        Assert.Equal(0, await Users.LinkCognitoUsersAsync(pool, Cancelled));
        Assert.Equal(handle, (await Users.FindByCognitoUserIdAsync(owner, Cancelled))?.Handle);
        var conflict = Assert.Single(await Users.FindCognitoConflictsAsync(pool, Cancelled));
        Assert.Equal((handle, owner), (conflict.Handle, conflict.LinkedTo));

        Assert.Equal(1, await Users.RelinkCognitoUsersAsync(pool, Cancelled));
        Assert.Null(await Users.FindByCognitoUserIdAsync(owner, Cancelled));
        Assert.Equal(handle, (await Users.FindByCognitoUserIdAsync(other, Cancelled))?.Handle);
    }

    [Fact]
    public async Task A_user_who_chooses_another_handle_keeps_the_row()
    {
        var (own, wanted) = (await NewRowAsync(), await NewRowAsync());
        var sub = NewSub();
        await Users.LinkCognitoUsersAsync([new(sub, own)], Cancelled);

        Assert.Equal(0, await Users.LinkCognitoUsersAsync([new(sub, wanted)], Cancelled));
        Assert.Equal(own, (await Users.FindByCognitoUserIdAsync(sub, Cancelled))?.Handle);

        Assert.Equal(1, await Users.RelinkCognitoUsersAsync([new(sub, wanted)], Cancelled));
        Assert.Equal(wanted, (await Users.FindByCognitoUserIdAsync(sub, Cancelled))?.Handle);
    }

    [Fact]
    public async Task Registering_with_a_linked_handle_takes_nothing()
    {
        using var owner = await fixture.NewCallerAsync(Cancelled);
        var newcomer = NewSub();

        Assert.Null(await Users.RegisterAsync(newcomer, owner.User.Handle, "Name", "newcomer@test.example", Cancelled));
        Assert.Equal(owner.User.Uuid, (await Users.FindByCognitoUserIdAsync(owner.User.Subject, Cancelled))?.Uuid);
        Assert.Null(await Users.FindByCognitoUserIdAsync(newcomer, Cancelled));
    }

    private static string NewSub() => Guid.NewGuid().ToString();

    private async Task<string> NewRowAsync()
    {
        var handle = $"t{Guid.NewGuid():N}"[..16];
        await fixture.Users.TakeHandleAsync(handle, Cancelled);
        return handle;
    }
}
