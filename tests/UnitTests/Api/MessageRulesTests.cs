using Cruddur.Api.Messages;

namespace Cruddur.UnitTests.Api;

public sealed class MessageRulesTests
{
    [Theory]
    [InlineData("Hello", "g", null)]
    [InlineData("Hello", null, "bayko")]
    public void A_message_to_a_group_or_a_user_can_be_sent(string message, string? group, string? handle) =>
        Assert.Empty(MessageRules.Violations(new(message, group, handle)));

    [Theory]
    [InlineData(null, "g", null, "message_blank")]
    [InlineData("", "g", null, "message_blank")]
    [InlineData(" \t\r\n\u2003", "g", null, "message_blank")]
    [InlineData("Hello", "", null, "message_group_uuid_blank")]
    [InlineData("Hello", null, null, "user_receiver_handle_blank")]
    [InlineData("Hello", null, " ", "user_receiver_handle_blank")]
    [InlineData("", null, null, "message_blank,user_receiver_handle_blank")]
    public void What_is_missing_is_told_by_its_code(string? message, string? group, string? handle, string codes) =>
        Assert.Equal(codes.Split(','), MessageRules.Violations(new(message, group, handle)));

    [Theory]
    [InlineData("a", 1024, false)]
    [InlineData("a", 1025, true)]
    [InlineData("😀", 1024, false)]
    [InlineData("😀", 1025, true)]
    public void Length_is_counted_in_code_points(string character, int count, bool isTooLong)
    {
        var violations = MessageRules.Violations(new(string.Concat(Enumerable.Repeat(character, count)), "g", null));
        Assert.Equal(isTooLong ? ["message_exceed_max_chars"] : [], violations);
    }
}
