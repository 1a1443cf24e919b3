using Cruddur.Data.Messages;

namespace Cruddur.UnitTests.Data;

public sealed class IdempotencyKeyTests
{
    [Theory]
    [InlineData("8e03978e-40d5-43e8-bc93-6894a57f9324", true)]
    [InlineData("!", true)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData("schlüssel", false)]
    [InlineData("line\nbreak", false)]
    public void A_key_has_visible_ascii_characters(string value, bool isValid) => Assert.Equal(isValid, IdempotencyKey.IsValid(value));

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_key_has_a_maximum_length(int length, bool isValid) => Assert.Equal(isValid, IdempotencyKey.IsValid(new('k', length)));

    [Fact]
    public void The_fingerprint_differs_for_each_request_and_does_not_contain_the_text()
    {
        var key = IdempotencyKey.For("1", "bayko", "Hello");
        Assert.Equal(key, IdempotencyKey.For("1", "bayko", "Hello"));
        Assert.NotEqual(key, IdempotencyKey.For("1", "londo", "Hello"));
        Assert.NotEqual(key, IdempotencyKey.For("1", "bayko", "Hello!"));
        Assert.DoesNotContain("Hello", key.ToString(), StringComparison.Ordinal);
    }
}
