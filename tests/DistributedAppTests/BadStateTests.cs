namespace Cruddur.DistributedAppTests;

/// <summary>A missing program or a wrong setting is one line that names the fix, and the exit code is 1.</summary>
public sealed class BadStateTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_Java_it_says_to_install_Java() =>
        await AssertRefusedAsync(
            AppHostProcess.Start(AppHostProcess.Without("java", "docker", "podman")),
            "needs Java 17 or newer, and no java was found: install Java 17");

    [Fact]
    public async Task Without_node_it_says_to_install_node() =>
        await AssertRefusedAsync(
            AppHostProcess.Start(AppHostProcess.Without("node")), "needs Node.js 20 or newer, and no node was found: install it");

    [Fact]
    public async Task Containers_that_cannot_run_here_are_refused() =>
        await AssertRefusedAsync(
            AppHostProcess.Start(AppHostProcess.Without("docker", "podman"), "--Backing:Mode=containers"),
            "Backing:Mode=containers needs");

    [Fact]
    public async Task An_unknown_backing_mode_is_refused() =>
        await AssertRefusedAsync(AppHostProcess.Start("--Backing:Mode=cloud"), "can only be auto, embedded or containers");

    [Fact]
    public async Task A_malformed_user_pool_id_is_refused() =>
        await AssertRefusedAsync(AppHostProcess.Start("--AWS:UserPoolId=cruddur", "--AWS:ClientId=abc"), "AWS:UserPoolId is "
            + "'cruddur', which is not a user pool id");

    [Fact]
    public async Task A_user_pool_that_does_not_exist_is_refused() =>
        await AssertRefusedAsync(AppHostProcess.Start("--AWS:UserPoolId=us-east-1_NoSuchPool", "--AWS:ClientId=abc"), "AWS:UserPoolId");

    [Fact]
    public async Task A_user_pool_without_its_client_is_refused() =>
        await AssertRefusedAsync(AppHostProcess.Start("--AWS:UserPoolId=us-east-1_AbCdEfGhI"), "needs both AWS:UserPoolId "
            + "and AWS:ClientId");

    [Fact]
    public async Task A_data_directory_in_use_is_refused()
    {
        await using var first = AppHostProcess.Start();
        await first.WaitUntilReadyAsync(Cancelled);

        await AssertRefusedAsync(
            AppHostProcess.Start($"--{AppHost.State.StateDirectory.Setting}={first.State}"),
            "Another AppHost uses the data directory");
    }

    [Fact]
    public async Task A_directory_of_other_files_is_refused_and_a_fresh_start_deletes_nothing_there()
    {
        var home = Directory.CreateTempSubdirectory("cruddur-home-");
        try
        {
            var file = Path.Combine(home.CreateSubdirectory("projects/cruddur").FullName, "notes.txt");
            await File.WriteAllTextAsync(file, "mine", Cancelled);

            await AssertRefusedAsync(
                AppHostProcess.Start($"--{AppHost.State.StateDirectory.Setting}={home.FullName}", "--fresh"),
                $"The directory {home.FullName} holds files that are not Cruddur's");

            Assert.Equal([file], home.EnumerateFiles("*", SearchOption.AllDirectories).Select(each => each.FullName));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_data_of_another_PostgreSQL_is_explained_in_one_line_and_left_alone()
    {
        var state = Directory.CreateTempSubdirectory("cruddur-old-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(state.FullName, ".cruddur-state"), "", Cancelled);
            var data = state.CreateSubdirectory("postgres/data/global").Parent!.FullName;
            await File.WriteAllTextAsync(Path.Combine(data, "PG_VERSION"), "17\n", Cancelled);
            await File.WriteAllTextAsync(Path.Combine(data, "global", "pg_control"), "", Cancelled);

            await using var appHost = AppHostProcess.Start($"--{AppHost.State.StateDirectory.Setting}={state.FullName}");
            await appHost.WaitForOutputAsync("press Start on postgres", Cancelled);

            Assert.Contains(
                $"postgres did not start: {data} was created by PostgreSQL 17, and this is PostgreSQL 18: start once with --fresh",
                appHost.Output,
                StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(data, "PG_VERSION")));

            await appHost.SignalAsync("TERM", Cancelled);
            await appHost.WaitForExitAsync(Cancelled);
            Assert.DoesNotContain("   at ", appHost.Output, StringComparison.Ordinal);
        }
        finally
        {
            state.Delete(recursive: true);
        }
    }

    private static async Task AssertRefusedAsync(AppHostProcess started, string sentence)
    {
        await using var appHost = started;
        await appHost.AssertRefusedAsync(sentence, Cancelled);
    }
}
