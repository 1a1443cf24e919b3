using Cruddur.Seeder.Cognito;

namespace Cruddur.UnitTests.Seeder;

public sealed class RelinkSelectionTests
{
    [Fact]
    public void Selects_no_handle_without_the_option() => Assert.False(RelinkSelection.None.Includes("bayko"));

    [Fact]
    public void Selects_all_handles_if_none_is_given() => Assert.True(RelinkSelection.Of([]).Includes("bayko"));

    [Theory]
    [InlineData("bayko", true)]
    [InlineData("BAYKO", true)]
    [InlineData("londo", false)]
    public void Selects_the_given_handles_in_any_case(string handle, bool isIncluded) =>
        Assert.Equal(isIncluded, RelinkSelection.Of(["Bayko", "andrewbrown"]).Includes(handle));
}
