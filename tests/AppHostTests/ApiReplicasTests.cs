using Cruddur.AppHost.Prerequisites;
using Cruddur.AppHost.Processes;

namespace Cruddur.AppHostTests;

public sealed class ApiReplicasTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("", 1)]
    [InlineData("1", 1)]
    [InlineData("8", 8)]
    public void The_number_is_read(string? value, int count) => Assert.Equal(count, ApiReplicas.Parse(value));

    [Theory]
    [InlineData("0")]
    [InlineData("9")]
    [InlineData("-2")]
    [InlineData("two")]
    [InlineData("1.5")]
    public void Anything_else_is_refused(string value) =>
        Assert.Contains(value, Assert.Throws<PrerequisiteException>(() => ApiReplicas.Parse(value)).Message, StringComparison.Ordinal);
}
