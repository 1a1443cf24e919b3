using Cruddur.AppHost.Backing;
using Cruddur.AppHost.Prerequisites;

namespace Cruddur.AppHostTests;

public sealed class BackingChoiceTests
{
    private static readonly Func<Task<string?>> NoRuntime = () => Task.FromResult<string?>(null);
    private static readonly Func<Task<string?>> Podman = () => Task.FromResult<string?>("podman");
    private static readonly Func<Task<string?>> NeverAsked = () =>
        throw new InvalidOperationException("No need to ask for a container runtime.");

    [Theory]
    [InlineData(null, BackingMode.Auto)]
    [InlineData(" ", BackingMode.Auto)]
    [InlineData("auto", BackingMode.Auto)]
    [InlineData("Embedded", BackingMode.Embedded)]
    [InlineData("CONTAINERS", BackingMode.Containers)]
    public void The_mode_is_read_in_any_case(string? value, BackingMode mode) => Assert.Equal(mode, BackingChoice.Parse(value));

    [Theory]
    [InlineData("cloud")]
    [InlineData("7")]
    public void Anything_else_is_refused(string value) =>
        Assert.Contains(value, Assert.Throws<PrerequisiteException>(() => BackingChoice.Parse(value)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(BackingMode.Auto, true)]
    [InlineData(BackingMode.Auto, false)]
    [InlineData(BackingMode.Embedded, true)]
    public async Task With_Java_the_servers_are_embedded_and_no_runtime_is_asked(BackingMode wanted, bool containersBuilt)
    {
        var choice = await BackingChoice.DecideAsync(wanted, java: 21, unsupportedPlatform: null, containersBuilt, NeverAsked);

        Assert.Equal(BackingMode.Embedded, choice.Mode);
        Assert.Null(choice.ContainerRuntime);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(11)]
    public async Task Without_a_new_enough_Java_a_runtime_that_answers_is_taken(int? java)
    {
        var choice = await BackingChoice.DecideAsync(BackingMode.Auto, java, unsupportedPlatform: null, containersBuilt: true, Podman);

        Assert.Equal(BackingMode.Containers, choice.Mode);
        Assert.Equal("podman", choice.ContainerRuntime);
    }

    [Fact]
    public async Task With_neither_the_error_names_both_ways_out()
    {
        var error = await Assert.ThrowsAsync<PrerequisiteException>(
            () => BackingChoice.DecideAsync(BackingMode.Auto, java: null, unsupportedPlatform: null, containersBuilt: true, NoRuntime));

        Assert.Contains("install Java 17", error.Message, StringComparison.Ordinal);
        Assert.Contains("start a container runtime", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_offline_build_has_only_one_way_out()
    {
        var error = await Assert.ThrowsAsync<PrerequisiteException>(
            () => BackingChoice.DecideAsync(BackingMode.Auto, java: 8, unsupportedPlatform: null, containersBuilt: false, NeverAsked));

        Assert.Contains("java is version 8: install Java 17", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("container runtime", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Containers_are_taken_where_they_are_asked_for_even_with_Java()
    {
        var choice = await BackingChoice.DecideAsync(
            BackingMode.Containers, java: 21, unsupportedPlatform: null, containersBuilt: true, Podman);

        Assert.Equal(BackingMode.Containers, choice.Mode);
    }

    [Fact]
    public async Task Containers_need_a_runtime()
    {
        var error = await Assert.ThrowsAsync<PrerequisiteException>(
            () => BackingChoice.DecideAsync(BackingMode.Containers, java: 21, unsupportedPlatform: null, containersBuilt: true, NoRuntime));

        Assert.Contains("neither docker nor podman answers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Containers_need_the_nuget_build()
    {
        var error = await Assert.ThrowsAsync<PrerequisiteException>(
            () => BackingChoice.DecideAsync(
                BackingMode.Containers, java: 21, unsupportedPlatform: null, containersBuilt: false, NeverAsked));

        Assert.Contains("-p:AspireHosting=nuget", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embedded_without_Java_is_refused_even_where_containers_could_run() =>
        await Assert.ThrowsAsync<PrerequisiteException>(
            () => BackingChoice.DecideAsync(BackingMode.Embedded, java: null, unsupportedPlatform: null, containersBuilt: true, Podman));

    [Fact]
    public async Task On_a_platform_without_embedded_servers_containers_are_the_way_out()
    {
        const string platform = "no PostgreSQL for linux-musl-x64";

        var choice = await BackingChoice.DecideAsync(BackingMode.Auto, java: 21, platform, containersBuilt: true, Podman);
        var offline = await Assert.ThrowsAsync<PrerequisiteException>(
            () => BackingChoice.DecideAsync(BackingMode.Auto, java: 21, platform, containersBuilt: false, NeverAsked));
        var embedded = await Assert.ThrowsAsync<PrerequisiteException>(
            () => BackingChoice.DecideAsync(BackingMode.Embedded, java: 21, platform, containersBuilt: true, Podman));

        Assert.Equal(BackingMode.Containers, choice.Mode);
        Assert.StartsWith($"{platform}: build with -p:AspireHosting=nuget", offline.Message, StringComparison.Ordinal);
        Assert.Equal($"{platform}: use Backing:Mode=containers.", embedded.Message);
    }
}
