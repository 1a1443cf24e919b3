using Cruddur.AppHost.Integrations;
using Cruddur.AppHost.Prerequisites;

namespace Cruddur.AppHostTests;

public sealed class InstalledProgramsTests
{
    [Theory]
    [InlineData("openjdk version \"17.0.15\" 2025-04-15\nOpenJDK Runtime Environment (build 17.0.15+6)", 17)]
    [InlineData("Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version \"21\" 2023-09-19", 21)]
    [InlineData("java version \"1.8.0_422\"", 8)]
    [InlineData("v20.20.2\n", 20)]
    [InlineData("command not found", null)]
    public void A_major_version_is_read_from_what_the_program_prints(string output, int? major) =>
        Assert.Equal(major, InstalledPrograms.ParseMajorVersion(output));

    [Fact]
    public async Task A_program_that_does_not_exist_gives_nothing() =>
        Assert.Null(await ExternalProgram.RunAsync(TimeSpan.FromSeconds(5), "no-such-program-anywhere"));

    [Fact]
    public async Task A_program_that_does_not_end_is_killed() =>
        Assert.Null(await ExternalProgram.RunAsync(TimeSpan.FromMilliseconds(100), "sleep", "60"));

    [Theory]
    [InlineData(null, "no node was found")]
    [InlineData(18, "node is version 18")]
    public void A_missing_or_old_node_is_refused(int? major, string sentence)
    {
        var error = Assert.Throws<PrerequisiteException>(() => NodePrerequisite.Check(major));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_enough_node_passes() => NodePrerequisite.Check(NodePrerequisite.RequiredNode);
}
