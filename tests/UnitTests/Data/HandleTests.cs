using Cruddur.Data.Users;

namespace Cruddur.UnitTests.Data;

public sealed class HandleTests
{
    [Theory]
    [InlineData("londo", true)]
    [InlineData("a_1", true)]
    [InlineData("__", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz_123", true)]
    [InlineData("", false)]
    [InlineData("a", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz_1234", false)]
    [InlineData("Londo", false)]
    [InlineData("lon do", false)]
    [InlineData("lon-do", false)]
    [InlineData("lon.do", false)]
    [InlineData("lon\u200bdo", false)]
    [InlineData("l\u043endo", false)]
    [InlineData("londo\0", false)]
    [InlineData("lond\u00f6", false)]
    public void A_handle_has_2_to_30_lower_case_letters_digits_and_underscores(string handle, bool isValid) =>
        Assert.Equal(isValid, Handle.IsValid(handle));

    [Fact]
    public void Handles_are_compared_in_lower_case() => Assert.Equal(Handle.Normalize("londo"), Handle.Normalize("LonDO"));
}
