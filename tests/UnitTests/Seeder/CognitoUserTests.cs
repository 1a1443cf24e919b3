using Cruddur.Seeder.Cognito;

namespace Cruddur.UnitTests.Seeder;

public sealed class CognitoUserTests
{
    [Theory]
    [InlineData("bayko", "bayko")]
    [InlineData("Bayko", "bayko")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("a\0b", null)]
    [InlineData("a\nb", null)]
    [InlineData("a\U0001F600b", null)]
    public void The_handle_is_a_valid_preferred_username_in_lower_case(string? preferredUsername, string? handle) =>
        Assert.Equal(handle, new CognitoUser("sub", preferredUsername).Handle);
}
