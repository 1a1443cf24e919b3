using Cruddur.ApiTests.Infrastructure;
using Cruddur.Data;
using Cruddur.Data.Postgres;
using Cruddur.Data.Users;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Cruddur.ApiTests;

/// <summary>The cache of users: when it reads, and that nothing out of date stays in it.</summary>
public sealed class UserDirectoryTests : IAsyncDisposable
{
    private readonly ApiFixture _fixture;
    private readonly FakeTimeProvider _clock = new();
    private readonly TcpRelay _relay;
    private readonly NpgsqlDataSource _postgres;
    private readonly UserDirectory _directory;
    private readonly string _application = $"{Guid.NewGuid():N}";

    public UserDirectoryTests(ApiFixture fixture)
    {
        _fixture = fixture;
        var settings = new NpgsqlConnectionStringBuilder(fixture.Servers.Postgres) { ApplicationName = _application };
        _relay = new(settings.Host!, settings.Port);
        (settings.Host, settings.Port) = ("127.0.0.1", _relay.Port);
        _postgres = NpgsqlDataSource.Create(settings.ConnectionString);
        _directory = new(new(new PostgresClient(_postgres, new CallDeadline(limit: null, TimeProvider.System))), _clock);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task A_cached_user_is_found_in_each_way_without_postgres()
    {
        var user = await _fixture.Users.NewAsync(Cancelled);
        var found = await _directory.FindByCognitoUserIdAsync(user.Subject, Cancelled);
        _relay.Start(Outage.Refuses);

        Assert.Equal(new User(user.Uuid, user.Handle, user.DisplayName), found);
        Assert.Equal(found, await _directory.FindByCognitoUserIdAsync(user.Subject, Cancelled));
        Assert.Equal(found, await _directory.FindByHandleAsync(user.Handle, Cancelled));
        Assert.Equal(found, await _directory.FindByUuidAsync(user.Uuid, Cancelled));
    }

    [Fact]
    public async Task A_user_who_registers_after_a_search_is_found()
    {
        var handle = $"t{Guid.NewGuid():N}"[..16];
        Assert.Null(await _directory.FindByHandleAsync(handle, Cancelled));

        await _fixture.Users.TakeHandleAsync(handle, Cancelled);
        Assert.Equal(handle, (await _directory.FindByHandleAsync(handle, Cancelled))?.Handle);
    }

    [Theory]
    [InlineData("notification")]
    [InlineData("connection")]
    [InlineData("time")]
    public async Task A_new_name_is_read_after_a(string reason)
    {
        var user = await _fixture.Users.NewAsync(Cancelled);
        await AssertNameAsync(user, user.DisplayName);
        await _fixture.Users.RenameAsync(user, "G'Kar", Cancelled);
        await AssertNameAsync(user, user.DisplayName);

        switch (reason)
        {
            case "notification":
                _directory.OnNotification($"{user.Uuid}");
                break;
            case "connection":
                _directory.OnConnected();
                break;
            default:
                _clock.Advance(TimeSpan.FromMinutes(5));
                break;
        }

        await AssertNameAsync(user, "G'Kar");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_name_that_changes_while_it_is_read_is_not_cached(bool isConnection)
    {
        var user = await _fixture.Users.NewAsync(Cancelled);
        await using (await _postgres.OpenConnectionAsync(Cancelled))
        {
            // The pool has a connection, so that only the answer of the query is held back.
        }

        // Postgres has answered with the old name, and the answer is on its way.
        _relay.HoldAnswers();
        var reading = _directory.FindByUuidAsync(user.Uuid, Cancelled).AsTask();
        await Eventually.EqualAsync(true, HasAnsweredAsync);
        await _fixture.Users.RenameAsync(user, "G'Kar", Cancelled);
        if (isConnection)
        {
            _directory.OnConnected();
        }
        else
        {
            _directory.OnNotification($"{user.Uuid}");
        }

        _relay.Resume();
        Assert.Equal(user.DisplayName, (await reading)!.DisplayName);
        await AssertNameAsync(user, "G'Kar");
    }

    private async Task AssertNameAsync(TestUser user, string name)
    {
        Assert.Equal(name, (await _directory.FindByUuidAsync(user.Uuid, Cancelled))!.DisplayName);
        Assert.Equal(name, (await _directory.FindByHandleAsync(user.Handle, Cancelled))!.DisplayName);
        Assert.Equal(name, (await _directory.FindByCognitoUserIdAsync(user.Subject, Cancelled))!.DisplayName);
    }

    private async Task<bool> HasAnsweredAsync()
    {
        await using var command = _fixture.Postgres.CreateCommand(
            "select exists (select from pg_stat_activity where application_name = $1 and state = 'idle' and query like '%from users%')");
        command.Parameters.AddWithValue(_application);
        return (bool)(await command.ExecuteScalarAsync(Cancelled))!;
    }
}
