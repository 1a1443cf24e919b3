using Cruddur.Seeder.Cognito;

namespace Cruddur.UnitTests.Seeder;

public sealed class CognitoUserTests
{
    [Theory]
    [InlineData("bayko", "bayko")]
    [InlineData("Bayko", "bayko")]
    [InlineData("an.earlier-handle", "an.earlier-handle")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("a\0b", null)]
    [InlineData("a\nb", null)]
    public void The_handle_is_the_preferred_username_in_lower_case(string? preferredUsername, string? handle) =>
        Assert.Equal(handle, new CognitoUser("sub", preferredUsername).Handle);
}
