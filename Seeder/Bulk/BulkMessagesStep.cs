using System.Diagnostics;
using System.Globalization;
using Cruddur.Data;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Cruddur.Seeder.Output;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Bulk;

/// <summary>
/// Adds messages to many conversations. The newest message of each is sent first, as any message is, which creates the conversation if
/// the two users have none. The others are added to its past. So no interruption leaves a conversation that is incomplete, and a
/// further run adds further messages.
/// </summary>
internal sealed class BulkMessagesStep(
    UserStore users, MessageStore messages, MessageHistory history, ProgressDisplay progress, BulkSize size) : ISeederStep
{
    /// <summary>DynamoDB Local writes with one thread. So many requests keep it busy.</summary>
    private const int Parallelism = 8;

    /// <summary>The texts and the pauses of a conversation are the same in every run.</summary>
    private const int RandomSeed = 5;

    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(3);

    public string Verb => "ddb seed messages";

    public SeederServer Server => SeederServer.DynamoDb;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var pairs = Participants.Pair(
            await FindAsync(Participants.SeedHandles, cancellationToken),
            await FindAsync(Participants.Generate(size.Users).Select(user => user.Handle), cancellationToken));
        var conversations = pairs.Take(size.Groups).Select(NewConversation).ToList();
        await progress.ShowAsync(
            Verb, "messages", size.Messages, added => WriteAsync(conversations, added, cancellationToken), cancellationToken);

        var rate = size.Messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new(
            string.Create(
                CultureInfo.InvariantCulture, $"added {size.Messages:N0} messages to {size.Groups:N0} conversations, {rate:N0} a second"),
            new StepCount("messages.written", size.Messages),
            new StepCount("conversations.written", size.Groups));
    }

    private async Task<IReadOnlyList<User>> FindAsync(IEnumerable<string> handles, CancellationToken cancellationToken)
    {
        var order = handles.ToList();
        var found = (await users.FindByHandlesAsync(order, cancellationToken)).ToDictionary(user => Handle.Normalize(user.Handle));
        return order.FirstOrDefault(handle => !found.ContainsKey(handle)) is { } missing
            ? throw new InvalidOperationException($"There is no user {missing}. Run `db seed` first.")
            : order.ConvertAll(handle => found[handle]);
    }

    /// <summary>A conversation with its part of the messages. The first ones get the remainder.</summary>
    private Conversation NewConversation((User One, User Other) pair, int index) => new(
        pair.One,
        pair.Other,
        (size.Messages / size.Groups) + (index < size.Messages % size.Groups ? 1 : 0),
        new Random(RandomSeed + index));

    private async Task WriteAsync(List<Conversation> conversations, Action<int> added, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(conversations, options, async (conversation, token) =>
        {
            await conversation.BeginAsync(messages, history, token);
            added(1);
        });
        var batches = conversations.SelectMany(conversation => conversation.History()).Chunk(MessageHistory.BatchSize);
        try
        {
            await Parallel.ForEachAsync(batches, options, async (batch, token) =>
            {
                await history.AddAsync(batch, token);
                added(batch.Length);
            });
        }
        finally
        {
            await history.CompleteAsync(CancellationToken.None);
        }
    }

    private sealed class Conversation(User one, User other, int count, Random random)
    {
        private readonly Chatter _chatter = new(random);
        private Guid _groupUuid;
        private UtcTimestamp _oldest;

        /// <summary>Sends the newest message, and finds the oldest one.</summary>
        public async Task BeginAsync(MessageStore messages, MessageHistory history, CancellationToken cancellationToken)
        {
            var newest = await messages.SendAsync(one, other, _chatter.Next(), key: null, cancellationToken);
            _groupUuid = newest.GroupUuid;
            _oldest = await history.FindOldestAsync(_groupUuid, cancellationToken) ?? newest.CreatedAt;
        }

        /// <summary>The other messages, each older than the one before.</summary>
        public IEnumerable<Message> History()
        {
            var at = _oldest;
            for (var i = 1; i < count; i++)
            {
                at = new(at.ToDateTimeOffset() - TimeSpan.FromSeconds(1) - (MaxPause * random.NextDouble()));
                yield return new(Guid.NewGuid(), _groupUuid, at, _chatter.Next(), random.Next(2) == 0 ? one : other);
            }
        }
    }
}
