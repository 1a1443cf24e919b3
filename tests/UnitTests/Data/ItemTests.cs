using Amazon.DynamoDBv2.Model;
using Cruddur.Data;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;

namespace Cruddur.UnitTests.Data;

public sealed class ItemTests
{
    private static readonly Guid GroupUuid = new("5ae290ed-55d1-47a0-bc6d-fe2bc2700399");
    private static readonly User Andrew = new(new("AAAAAAAA-0000-4000-8000-000000000001"), "andrewbrown", "Andrew Brown");
    private static readonly User Bayko = new(new("BBBBBBBB-0000-4000-8000-000000000002"), "bayko", "Andrew Bayko");
    private static readonly UtcTimestamp At = UtcTimestamp.Parse("2026-11-22T15:10:17.473774+00:00");
    private static readonly Message Hello = new(new("CCCCCCCC-0000-4000-8000-000000000003"), GroupUuid, At, "Hello", Andrew);

    [Fact]
    public void A_message_has_the_attributes_of_the_contract()
    {
        var expected = new Dictionary<string, string>
        {
            ["pk"] = "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399",
            ["sk"] = "2026-11-22T15:10:17.473774+00:00",
            ["message_uuid"] = "cccccccc-0000-4000-8000-000000000003",
            ["message"] = "Hello",
            ["user_uuid"] = "aaaaaaaa-0000-4000-8000-000000000001",
            ["user_display_name"] = "Andrew Brown",
            ["user_handle"] = "andrewbrown",
        };
        Assert.Equal(expected, Texts(MessageMapper.ToItem(Hello)));
    }

    [Fact]
    public void A_group_head_has_the_attributes_of_the_contract()
    {
        var head = new MessageGroupHead(GroupUuid, At, "Hello", Bayko);
        var expected = new Dictionary<string, string>
        {
            ["pk"] = "GRP#aaaaaaaa-0000-4000-8000-000000000001",
            ["sk"] = "2026-11-22T15:10:17.473774+00:00",
            ["message_group_uuid"] = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399",
            ["message"] = "Hello",
            ["user_uuid"] = "bbbbbbbb-0000-4000-8000-000000000002",
            ["user_display_name"] = "Andrew Bayko",
            ["user_handle"] = "bayko",
        };
        Assert.Equal(expected, Texts(MessageGroupHeadMapper.ToItem(Andrew.Uuid, head)));
    }

    [Fact]
    public void Items_are_read_back_as_they_were()
    {
        var head = new MessageGroupHead(GroupUuid, At, "Hello", Bayko);
        var group = new MessageGroup(GroupUuid, new(Andrew.Uuid, Bayko.Uuid), At);

        Assert.Equal(Hello, MessageMapper.FromItem(GroupUuid, MessageMapper.ToItem(Hello)));
        Assert.Equal(head, MessageGroupHeadMapper.FromItem(MessageGroupHeadMapper.ToItem(Andrew.Uuid, head)));
        Assert.Equal(group, MessageGroupMapper.FromItem(MessageGroupMapper.ToItem(group)));
    }

    [Fact]
    public void An_item_of_the_earlier_scripts_is_read()
    {
        var item = MessageMapper.ToItem(Hello);
        item["sk"] = new("2023-04-10T12:00:00+01:00");
        Assert.Equal("2023-04-10T11:00:00.000000+00:00", MessageMapper.FromItem(GroupUuid, item).CreatedAt.ToString());
    }

    [Fact]
    public void An_error_names_the_attribute_and_not_what_it_holds()
    {
        var item = MessageMapper.ToItem(Hello);
        item["sk"] = new("secret");
        var error = Assert.Throws<FormatException>(() => MessageMapper.FromItem(GroupUuid, item));
        Assert.Contains("sk", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_group_heads_are_in_the_group_index()
    {
        var members = new UserPair(Andrew.Uuid, Bayko.Uuid);
        Assert.All(
            [
                MessageMapper.ToItem(Hello),
                MessageGroupMapper.ToItem(new(GroupUuid, members, At)),
                PairMapper.ToItem(members, GroupUuid),
                SentRequest.Put(IdempotencyKey.For("key", "bayko", "Hello"), Hello).Put.Item,
            ],
            item => Assert.DoesNotContain("message_group_uuid", item.Keys));
    }

    [Fact]
    public void A_pair_has_one_key_in_either_order()
    {
        Assert.Equal(new UserPair(Andrew.Uuid, Bayko.Uuid), new UserPair(Bayko.Uuid, Andrew.Uuid));
        Assert.Equal(
            Texts(ItemKeys.Pair(new(Andrew.Uuid, Bayko.Uuid))),
            Texts(ItemKeys.Pair(new(Bayko.Uuid, Andrew.Uuid))));
        Assert.Throws<ArgumentException>(() => new UserPair(Andrew.Uuid, Andrew.Uuid));
    }

    [Fact]
    public void The_key_of_a_sent_request_is_the_senders_own()
    {
        var andrews = Texts(ItemKeys.SentRequest(Andrew.Uuid, "1"));
        var baykos = Texts(ItemKeys.SentRequest(Bayko.Uuid, "1"));
        Assert.NotEqual(andrews, baykos);
    }

    private static Dictionary<string, string> Texts(Dictionary<string, AttributeValue> item) =>
        item.ToDictionary(attribute => attribute.Key, attribute => attribute.Value.S);
}
