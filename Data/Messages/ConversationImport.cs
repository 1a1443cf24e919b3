using System.Buffers.Binary;
using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;
using Cruddur.Data.Users;

namespace Cruddur.Data.Messages;

/// <summary>Writes a whole conversation of the past, such as a seed. The group is there when the last line is.</summary>
/// <param name="table">The table.</param>
/// <param name="groups">The message groups.</param>
/// <param name="clock">Gives the time of the last line.</param>
public sealed class ConversationImport(MessagesTableClient table, MessageGroupStore groups, TimeProvider clock)
{
    /// <summary>The most writes in one transaction of DynamoDB.</summary>
    private const int MostWrites = 100;

    /// <summary>The group, the pair and the two heads.</summary>
    private const int GroupWrites = 4;

    /// <summary>Writes the conversation, unless the two users have one already, which then stays as it is.</summary>
    /// <param name="groupUuid">The uuid of the new group.</param>
    /// <param name="one">One member.</param>
    /// <param name="other">The other member.</param>
    /// <param name="lines">What they say, the oldest line first; at least one.</param>
    /// <param name="spacing">The time between two lines. The last one is said now.</param>
    /// <param name="cancellationToken">Stops the work. The next call begins where it was stopped.</param>
    /// <returns>How many messages were written.</returns>
    public async Task<int> ImportAsync(
        Guid groupUuid, User one, User other, IReadOnlyList<ConversationLine> lines, TimeSpan spacing, CancellationToken cancellationToken)
    {
        var members = new UserPair(one.Uuid, other.Uuid);
        if (await groups.FindForPairAsync(members, cancellationToken) is not null)
        {
            return 0;
        }

        var start = await FindStartAsync(groupUuid, cancellationToken)
            ?? clock.GetUtcNow() - (spacing * (lines.Count - 1));
        var messages = lines
            .Select((line, i) => new Message(MessageUuid(groupUuid, i), groupUuid, new(start + (spacing * i)), line.Text, line.Sender))
            .ToList();

        // The group comes with the last lines, in one transaction: readers see all of the conversation or none of it.
        var early = Math.Max(0, messages.Count - (MostWrites - GroupWrites));
        foreach (var chunk in messages.Take(early).Chunk(MostWrites))
        {
            await table.TransactAsync([.. chunk.Select(Put)], cancellationToken);
        }

        var last = messages[^1];
        await table.TransactAsync(
            [
                Writes.PutNew(MessageGroupMapper.ToItem(new(groupUuid, members, last.CreatedAt))),
                Writes.PutNew(PairMapper.ToItem(members, groupUuid)),
                Writes.PutNew(MessageGroupHeadMapper.ToItem(one.Uuid, new(groupUuid, last.CreatedAt, last.Text, other))),
                Writes.PutNew(MessageGroupHeadMapper.ToItem(other.Uuid, new(groupUuid, last.CreatedAt, last.Text, one))),
                .. messages.Skip(early).Select(Put),
            ],
            cancellationToken);
        return messages.Count;
    }

    /// <summary>The uuid of a line, the same in each run, so that a run can recognise what an interrupted one has written.</summary>
    private static Guid MessageUuid(Guid groupUuid, int index)
    {
        Span<byte> source = stackalloc byte[20];
        groupUuid.TryWriteBytes(source, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(source[16..], index);

        var uuid = SHA256.HashData(source).AsSpan(0, 16);
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
        return new(uuid, bigEndian: true);
    }

    private static TransactWriteItem Put(Message message) => new()
    {
        Put = new() { TableName = MessagesTable.Name, Item = MessageMapper.ToItem(message) },
    };

    /// <summary>When the first line was said, in a run that was interrupted before its end.</summary>
    private async Task<DateTimeOffset?> FindStartAsync(Guid groupUuid, CancellationToken cancellationToken)
    {
        var written = await table.QueryAllAsync(
            ItemKeys.Messages(groupUuid), ItemAttributes.MessageUuid, MessageUuid(groupUuid, 0).ToString(), cancellationToken);
        return written is [var first] ? first.Timestamp(ItemAttributes.SortKey).ToDateTimeOffset() : null;
    }
}
