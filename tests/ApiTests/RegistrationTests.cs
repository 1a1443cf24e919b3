using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Registration of new users, and the search for users.</summary>
public sealed class RegistrationTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_user_can_use_everything_after_registering()
    {
        using var newcomer = new ApiClient(fixture.Api.Address, await fixture.Users.NewWithoutRowAsync(Cancelled));
        using var other = await fixture.NewCallerAsync(Cancelled);
        (await newcomer.GetAsync("/api/message_groups")).Errors(HttpStatusCode.Forbidden);

        var registered = await RegisterAsync(newcomer);
        Assert.Equal((newcomer.User.Handle, newcomer.User.DisplayName), (registered.Handle, registered.DisplayName));

        Assert.Equal(registered, await RegisterAsync(newcomer));
        await newcomer.SendToUserAsync(other.User.Handle, "hello");
        Assert.Equal(newcomer.User.Handle, Assert.Single(await other.GroupsAsync()).Handle);
    }

    [Fact]
    public async Task Registering_several_times_at_once_creates_one_row()
    {
        using var newcomer = new ApiClient(fixture.Api.Address, await fixture.Users.NewWithoutRowAsync(Cancelled));
        var rows = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RegisterAsync(newcomer)));
        Assert.Single(rows.Distinct());
    }

    [Fact]
    public async Task The_handle_of_another_user_is_409()
    {
        using var newcomer = new ApiClient(fixture.Api.Address, await fixture.Users.NewWithoutRowAsync(Cancelled));
        await fixture.Users.TakeHandleAsync(newcomer.User.Handle, Cancelled);

        var answer = await newcomer.SendAsync(new(HttpMethod.Put, "/api/users/me"));
        Assert.Equal(["user_handle_taken"], answer.Errors(HttpStatusCode.Conflict));
        (await newcomer.GetAsync("/api/message_groups")).Errors(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Registering_without_a_token_is_401()
    {
        using var nobody = new ApiClient(fixture.Api.Address, authorization: null);
        (await nobody.SendAsync(new(HttpMethod.Put, "/api/users/me"))).Errors(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Users_are_found_by_the_beginning_of_their_handle_or_name()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var row = new UserRow(one.User.Uuid, one.User.Handle, one.User.DisplayName);

        Assert.Equal([row], await SearchAsync(one, one.User.Handle));
        Assert.Equal([row], await SearchAsync(one, one.User.Handle[..12].ToUpperInvariant()));
        Assert.Equal([row], await SearchAsync(one, $"test {one.User.Handle}"));
        Assert.Empty(await SearchAsync(one, one.User.Handle[1..]));
        Assert.Equal(10, (await SearchAsync(one, "t")).Length);
    }

    [Fact]
    public async Task Handles_are_the_same_in_upper_and_lower_case()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var upper = other.User.Handle.ToUpperInvariant();

        Assert.Equal(other.User.Handle, (await one.GetAsync($"/api/users/@{upper}/short")).Read<UserRow>().Handle);
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync($"/api/users/@{upper}/activities")).Status);
        await one.SendToUserAsync(upper, "hello");
        Assert.Equal(other.User.Handle, Assert.Single(await one.GroupsAsync()).Handle);
        var toSelf = await one.PostAsync("/api/messages", new { message = "hello", handle = one.User.Handle.ToUpperInvariant() });
        Assert.Equal(["user_receiver_is_self"], toSelf.Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("' or 1=1 --")]
    [InlineData("a\0b")]
    public async Task Special_characters_in_a_search_stand_for_themselves(string query)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        Assert.Empty(await SearchAsync(one, query));
    }

    [Theory]
    [InlineData("/api/users")]
    [InlineData("/api/users?q=")]
    [InlineData("/api/users?q=%20")]
    public async Task A_blank_search_is_422(string path)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        Assert.Equal(["query_blank"], (await one.GetAsync(path)).Errors(HttpStatusCode.UnprocessableEntity));
    }

    private static async Task<UserRow> RegisterAsync(ApiClient caller) =>
        (await caller.SendAsync(new(HttpMethod.Put, "/api/users/me"))).Read<UserRow>();

    private static async Task<UserRow[]> SearchAsync(ApiClient caller, string query) =>
        (await caller.GetAsync($"/api/users?q={Uri.EscapeDataString(query)}")).Read<UserRow[]>();

    private sealed record UserRow(Guid Uuid, string Handle, string DisplayName);
}
