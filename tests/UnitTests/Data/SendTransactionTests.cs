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
        var transaction = SendTransaction.ToGroup(new(GroupUuid, Members, Before), [new(Hello, Bayko, Key: null)]);

        Assert.Equal(
            [
                $"update GROUP#{GroupUuid} #",
                $"delete GRP#{Andrew.Uuid} {Before}",
                $"delete GRP#{Bayko.Uuid} {Before}",
                $"put GRP#{Andrew.Uuid} {Now}",
                $"put GRP#{Bayko.Uuid} {Now}",
                $"put MSG#{GroupUuid} {Now}",
            ],
            transaction.Items.Select(Describe));
        Assert.Equal([-1], transaction.KeyIndexes);
        Assert.Equal("bayko", transaction.Items[3].Put.Item["user_handle"].S);
        Assert.Equal("andrewbrown", transaction.Items[4].Put.Item["user_handle"].S);
    }

    [Fact]
    public void Messages_in_one_transaction_move_the_heads_to_the_last()
    {
        var reply = new Message(Guid.NewGuid(), GroupUuid, Now.Next, "Hello yourself", Bayko);
        var transaction = SendTransaction.ToGroup(
            new(GroupUuid, Members, Before),
            [new(Hello, Bayko, IdempotencyKey.For("one", "g", "Hello")), new(reply, Andrew, IdempotencyKey.For("two", "g", "Hello yourself"))]);

        Assert.Equal(
            [
                $"update GROUP#{GroupUuid} #",
                $"delete GRP#{Andrew.Uuid} {Before}",
                $"delete GRP#{Bayko.Uuid} {Before}",
                $"put GRP#{Bayko.Uuid} {Now.Next}",
                $"put GRP#{Andrew.Uuid} {Now.Next}",
                $"put MSG#{GroupUuid} {Now}",
                $"put SENT#{Andrew.Uuid} one",
                $"put MSG#{GroupUuid} {Now.Next}",
                $"put SENT#{Bayko.Uuid} two",
            ],
            transaction.Items.Select(Describe));
        Assert.Equal([6, 8], transaction.KeyIndexes);
        Assert.Equal(Now.Next.ToString(), transaction.Items[SendTransaction.GroupIndex].Update.ExpressionAttributeValues[":to"].S);
    }

    [Fact]
    public void The_maximum_number_of_messages_fits_in_one_transaction()
    {
        var messages = Enumerable.Range(0, SendTransaction.MaxMessages)
            .Select(i => new OutgoingMessage(Hello, Bayko, IdempotencyKey.For($"{i}", "g", "Hello")))
            .ToList();
        Assert.InRange(SendTransaction.ToGroup(new(GroupUuid, Members, Before), messages).Items.Count, 1, 100);
    }

    [Fact]
    public void A_first_message_creates_the_group_and_the_pair()
    {
        var transaction = SendTransaction.ToNewGroup(Members, new(Hello, Bayko, IdempotencyKey.For("once", "bayko", "Hello")));

        Assert.Equal(
            [
                $"put GROUP#{GroupUuid} #",
                $"put PAIR#{Andrew.Uuid}#{Bayko.Uuid} #",
                $"put GRP#{Andrew.Uuid} {Now}",
                $"put GRP#{Bayko.Uuid} {Now}",
                $"put MSG#{GroupUuid} {Now}",
                $"put SENT#{Andrew.Uuid} once",
            ],
            transaction.Items.Select(Describe));
        Assert.Equal([5], transaction.KeyIndexes);
    }

    [Fact]
    public void Every_write_is_conditional() =>
        Assert.All(
            SendTransaction.ToGroup(new(GroupUuid, Members, Before), [new(Hello, Bayko, IdempotencyKey.For("once", "g", "Hello"))]).Items,
            write => Assert.NotEmpty(write.Put?.ConditionExpression ?? write.Delete?.ConditionExpression ?? write.Update.ConditionExpression));

    [Fact]
    public void A_key_is_stored_for_at_least_a_day()
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
