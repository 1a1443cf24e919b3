using System.Net;
using System.Net.Http.Headers;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests;

/// <summary>Invalid requests: their status and codes. They write nothing.</summary>
public sealed class ValidationTests(ApiFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"message\":5,\"handle\":\"londo\"}")]
    [InlineData("{\"message\":{\"a\":1},\"handle\":\"londo\"}")]
    [InlineData("{\"message\":[\"a\"],\"handle\":\"londo\"}")]
    [InlineData("{\"message\":\"a\",\"handle\":7}")]
    [InlineData("{\"message\":\"\\ud800\",\"handle\":\"londo\"}")]
    [InlineData("{\"message\":\"a\",\"message\":\"b\",\"handle\":\"londo\"}")]
    [InlineData("{\"message\":\"a\"")]
    public async Task Malformed_json_is_400(string body)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        Assert.Equal(["bad_request"], (await one.PostRawAsync("/api/messages", body)).Errors(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Invalid_utf8_is_400()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var body = new ByteArrayContent([.. "{\"message\":\""u8, 0xFF, 0xC0, .. "\",\"handle\":\"londo\"}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        (await one.SendAsync(new(HttpMethod.Post, "/api/messages") { Content = body })).Errors(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("{}", "message_blank", "user_receiver_handle_blank")]
    [InlineData("{\"message\":\"\",\"handle\":\"londo\"}", "message_blank")]
    [InlineData("{\"message\":\" \\t\\n \",\"handle\":\"londo\"}", "message_blank")]
    [InlineData("{\"message\":null,\"handle\":\"londo\"}", "message_blank")]
    [InlineData("{\"message\":\"a\",\"handle\":\"\"}", "user_receiver_handle_blank")]
    [InlineData("{\"message\":\"a\",\"message_group_uuid\":\"\"}", "message_group_uuid_blank")]
    [InlineData("{\"message\":\"a\",\"handle\":\"nobody-has-this\"}", "user_receiver_not_found")]
    [InlineData("{\"message\":\"a\",\"handle\":\"\\u0000\"}", "user_receiver_not_found")]
    [InlineData("{\"message\":\"a\",\"handle\":\"' or 1=1 --\"}", "user_receiver_not_found")]
    public async Task An_invalid_message_is_422_with_its_codes(string body, params string[] codes)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        Assert.Equal(codes, (await one.PostRawAsync("/api/messages", body)).Errors(HttpStatusCode.UnprocessableEntity));
        Assert.Empty(await one.GroupsAsync());
    }

    [Fact]
    public async Task A_message_to_oneself_is_422()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var answer = await one.PostAsync("/api/messages", new { message = "hello me", handle = one.User.Handle });
        Assert.Equal(["user_receiver_is_self"], answer.Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("😀")]
    public async Task A_message_has_at_most_1024_code_points(string character)
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        var longest = string.Concat(Enumerable.Repeat(character, 1024));

        Assert.Equal(longest, (await one.SendToUserAsync(other.User.Handle, longest)).Message);
        var answer = await one.PostAsync("/api/messages", new { message = longest + character, handle = other.User.Handle });
        Assert.Equal(["message_exceed_max_chars"], answer.Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_body_over_16_KiB_is_413()
    {
        var (one, other) = await fixture.NewPairAsync(Cancelled);
        string Body(int length) => $$"""{"message":"a","handle":"{{other.User.Handle}}","x":"{{new string('x', length)}}"}""";

        Assert.Equal(HttpStatusCode.OK, (await one.PostRawAsync("/api/messages", Body(16_000))).Status);
        var tooLarge = await one.PostRawAsync("/api/messages", Body(16_400));
        Assert.Equal(["body_too_large"], tooLarge.Errors(HttpStatusCode.RequestEntityTooLarge));

        // Also without a Content-Length header.
        var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/messages")
        {
            Content = new StringContent(Body(16_400), new MediaTypeHeaderValue("application/json")),
            Headers = { TransferEncodingChunked = true },
        };
        Assert.Equal(["body_too_large"], (await one.SendAsync(chunked)).Errors(HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task Another_media_type_is_415()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var answer = await one.SendAsync(new(HttpMethod.Post, "/api/messages") { Content = new StringContent("message=a") });
        Assert.Equal(["unsupported_media_type"], answer.Errors(HttpStatusCode.UnsupportedMediaType));
    }

    [Theory]
    [InlineData("5ae290ed-55d1-47a0-bc6d-fe2bc2700399")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("%7B5ae290ed-55d1-47a0-bc6d-fe2bc2700399%7D")]
    [InlineData("not-a-uuid")]
    [InlineData("%E2%98%83")]
    public async Task A_group_of_others_is_404_like_an_unknown_one(string groupUuid)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);

        Assert.Equal(["not_found"], (await one.GetAsync($"/api/messages/{groupUuid}")).Errors(HttpStatusCode.NotFound));
        var answer = await one.PostAsync(
            "/api/messages", new { message = "hello", message_group_uuid = Uri.UnescapeDataString(groupUuid) });
        Assert.Equal(["not_found"], answer.Errors(HttpStatusCode.NotFound));
        Assert.Empty(await one.GroupsAsync());
    }

    [Fact]
    public async Task Nothing_is_written_to_an_unknown_group()
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        var groupUuid = Guid.NewGuid();
        (await one.PostAsync("/api/messages", new { message = "hello", message_group_uuid = groupUuid })).Errors(HttpStatusCode.NotFound);

        var orphans = await fixture.DynamoDb.QueryAsync(
            new()
            {
                TableName = "cruddur-messages",
                KeyConditionExpression = "pk = :pk",
                ExpressionAttributeValues = new() { [":pk"] = new($"MSG#{groupUuid}") },
            },
            Cancelled);
        Assert.Equal(0, orphans.Count);
    }

    [Theory]
    [InlineData("nobody-has-this")]
    [InlineData("%01")]
    [InlineData("%20")]
    [InlineData("%F0%9F%98%80")]
    public async Task An_unknown_handle_is_404(string handle)
    {
        using var one = await fixture.NewCallerAsync(Cancelled);
        Assert.Equal(["not_found"], (await one.GetAsync($"/api/users/@{handle}/short")).Errors(HttpStatusCode.NotFound));
    }
}
