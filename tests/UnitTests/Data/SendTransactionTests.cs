using Amazon.DynamoDBv2.Model;
using Cruddur.Data;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;

namespace Cruddur.UnitTests.Data;

public sealed class SendTransactionTests
{
    private static readonly Guid GroupUuid = new("5ae290ed-55d1-47a0-bc6d-fe2bc2700399");
    private static readonly User Andrew = new(new("aaaaaaaa-0000-4000-8000-000000000001"), "andrewbrown", "Andrew Brown");
    private static readonly User Bayko = new(new("bbbbbbbb-0000-4000-8000-000000000002"), "bayko", "Andrew Bayko");
    private static readonly UserPair Members = new(Andrew.Uuid, Bayko.Uuid);
    private static readonly UtcTimestamp Before = UtcTimestamp.Parse("2026-11-22T15:00:00.000000+00:00");
    private static readonly UtcTimestamp Now = UtcTimestamp.Parse("2026-11-22T15:10:17.473774+00:00");
    private static readonly Message Hello = new(Guid.NewGuid(), GroupUuid, Now, "Hello", Andrew);

    [Fact]
    public void A_message_moves_the_group_and_both_heads()
    {
        var transaction = SendTransaction.ToGroup(new(GroupUuid, Members, Before), Hello, Bayko, key: null);

        Assert.Equal(
            [
                $"update GROUP#{GroupUuid} #",
                $"delete GRP#{Andrew.Uuid} {Before}",
                $"delete GRP#{Bayko.Uuid} {Before}",
                $"put MSG#{GroupUuid} {Now}",
                $"put GRP#{Andrew.Uuid} {Now}",
                $"put GRP#{Bayko.Uuid} {Now}",
            ],
            transaction.Items.Select(Describe));
        Assert.Equal(-1, transaction.KeyIndex);
        Assert.Equal("bayko", transaction.Items[4].Put.Item["user_handle"].S);
        Assert.Equal("andrewbrown", transaction.Items[5].Put.Item["user_handle"].S);
    }

    [Fact]
    public void A_first_message_makes_the_group_and_takes_the_pair()
    {
        var transaction = SendTransaction.ToNewGroup(Members, Hello, Bayko, IdempotencyKey.For("once", "bayko", "Hello"));

        Assert.Equal(
            [
                $"put GROUP#{GroupUuid} #",
                $"put PAIR#{Andrew.Uuid}#{Bayko.Uuid} #",
                $"put MSG#{GroupUuid} {Now}",
                $"put GRP#{Andrew.Uuid} {Now}",
                $"put GRP#{Bayko.Uuid} {Now}",
                $"put SENT#{Andrew.Uuid} once",
            ],
            transaction.Items.Select(Describe));
        Assert.Equal(5, transaction.KeyIndex);
    }

    [Fact]
    public void Every_write_is_conditional() =>
        Assert.All(
            SendTransaction.ToGroup(new(GroupUuid, Members, Before), Hello, Bayko, IdempotencyKey.For("once", "g", "Hello")).Items,
            write => Assert.NotEmpty(write.Put?.ConditionExpression ?? write.Delete?.ConditionExpression ?? write.Update.ConditionExpression));

    [Fact]
    public void A_key_is_remembered_for_a_day_at_least()
    {
        var item = SentRequest.Put(IdempotencyKey.For("once", "bayko", "Hello"), Hello).Put.Item;
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(item["expires_at"].N, null));
        Assert.True(expiresAt - Now.ToDateTimeOffset() > TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
    }

    private static string Describe(TransactWriteItem write)
    {
        var (verb, key) = write switch
        {
            { Put: { } put } => ("put", put.Item),
            { Delete: { } delete } => ("delete", delete.Key),
            _ => ("update", write.Update.Key),
        };
        return $"{verb} {key["pk"].S} {key["sk"].S}";
    }
}
