using System.Diagnostics;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;

namespace Cruddur.Data.Messages;

/// <summary>
/// Writes the messages of one process to one group after the other: those that come in while a transaction is under way
/// go out together in the next one. Without it, each of many writers would collide with all the others; with it, only
/// the processes collide.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="sentRequests">Finds what a repeated request has led to.</param>
/// <param name="clock">Gives the time of sending.</param>
internal sealed class GroupCommit(MessagesTableClient table, SentRequests sentRequests, TimeProvider clock)
{
    private readonly Dictionary<Guid, Queue<Waiting>> _queues = [];

    /// <summary>Sends a message, perhaps together with others. Its timestamp is the earliest that is free.</summary>
    /// <param name="group">The group, as it was read.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Stops the waiting. The message may be sent or not when that happens.</param>
    /// <returns>The message; where the request is a repeated one, the message it led to at first.</returns>
    public Task<Message> SendAsync(MessageGroup group, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(message, Activity.Current, cancellationToken);
        lock (_queues)
        {
            if (_queues.TryGetValue(group.Uuid, out var queue))
            {
                queue.Enqueue(waiting);
            }
            else
            {
                _queues[group.Uuid] = new([waiting]);
                _ = Task.Run(() => DrainAsync(group), CancellationToken.None);
            }
        }

        return waiting.Sent.Task.WaitAsync(cancellationToken);
    }

    private async Task DrainAsync(MessageGroup group)
    {
        while (TakeBatch(group.Uuid) is { } batch)
        {
            Activity.Current = batch.FirstOrDefault()?.Request;
            try
            {
                (group, var took) = await WriteAsync(group, batch);
                if (HasWaiting(group.Uuid))
                {
                    // Who has just written knows the group's state first and would win every race for it. As long a pause as
                    // a transaction takes, on the average, lets another process have the next turn.
                    await Task.Delay(took * 2 * Random.Shared.NextDouble(), clock);
                }
            }
            catch (Exception exception)
            {
                batch.ForEach(waiting => waiting.Sent.TrySetException(exception));
                if (ServerAvailability.IsAway(exception))
                {
                    // Who waits behind would wait as long again, to hear the same.
                    TakeAll(group.Uuid).ForEach(waiting => waiting.Sent.TrySetException(exception));
                }
            }
        }
    }

    /// <summary>The messages that wait; null where none does, and the group's queue is closed.</summary>
    private List<Waiting>? TakeBatch(Guid groupUuid)
    {
        lock (_queues)
        {
            var queue = _queues[groupUuid];
            if (queue.Count == 0)
            {
                _queues.Remove(groupUuid);
                return null;
            }

            // A request and its repetition can't be in one transaction: it would put the same key twice.
            var batch = new List<Waiting>();
            var keys = new HashSet<(Guid, string)>();
            while (batch.Count < SendTransaction.MostMessages
                && queue.TryPeek(out var next)
                && (next.Message.Key is not { } key || keys.Add((next.Message.Message.Sender.Uuid, key.Value))))
            {
                queue.Dequeue();
                if (!next.IsGivenUp.IsCancellationRequested)
                {
                    batch.Add(next);
                }
            }

            return batch;
        }
    }

    private bool HasWaiting(Guid groupUuid)
    {
        lock (_queues)
        {
            return _queues[groupUuid].Count > 0;
        }
    }

    private List<Waiting> TakeAll(Guid groupUuid)
    {
        lock (_queues)
        {
            var waiting = _queues[groupUuid].ToList();
            _queues[groupUuid].Clear();
            return waiting;
        }
    }

    /// <returns>The group after the writing, and how long its transaction took.</returns>
    private async Task<(MessageGroup Group, TimeSpan Took)> WriteAsync(MessageGroup group, List<Waiting> batch)
    {
        var backoff = new Backoff(clock);
        var earliest = new UtcTimestamp(clock.GetUtcNow());
        while (batch.Count > 0)
        {
            earliest = UtcTimestamp.Latest(earliest, group.LastMessageAt.Next);
            var messages = WithTimes(batch, earliest);
            var transaction = SendTransaction.ToGroup(group, messages);
            var start = clock.GetTimestamp();
            try
            {
                await table.TransactAsync(transaction.Items, CancellationToken.None);
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Sent.TrySetResult(messages[i].Message);
                }

                return (group with { LastMessageAt = messages[^1].Message.CreatedAt }, clock.GetElapsedTime(start));
            }
            catch (TransactionCanceledException cancelled) when (transaction.KeyIndexes.Any(cancelled.ConditionFailedAt))
            {
                for (var i = batch.Count - 1; i >= 0; i--)
                {
                    if (cancelled.ConditionFailedAt(transaction.KeyIndexes[i]))
                    {
                        await RepeatAsync(batch[i], cancelled.ItemAt(transaction.KeyIndexes[i])!);
                        batch.RemoveAt(i);
                    }
                }
            }
            catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(SendTransaction.GroupIndex))
            {
                group = MessageGroupMapper.FromItem(cancelled.ItemAt(SendTransaction.GroupIndex)
                    ?? throw new InvalidOperationException($"Message group {group.Uuid} has been deleted.", cancelled));
                await backoff.WaitAsync(cancelled, CancellationToken.None);
            }
            catch (TransactionCanceledException cancelled) when (cancelled.WillPass())
            {
                // An item may have this timestamp already, such as the head of another group of the same member.
                earliest = earliest.Next;
                await backoff.WaitAsync(cancelled, CancellationToken.None);
            }
        }

        return (group, TimeSpan.Zero);
    }

    private static List<OutgoingMessage> WithTimes(List<Waiting> batch, UtcTimestamp first)
    {
        var messages = new List<OutgoingMessage>(batch.Count);
        foreach (var waiting in batch)
        {
            messages.Add(waiting.Message with { Message = waiting.Message.Message with { CreatedAt = first } });
            first = first.Next;
        }

        return messages;
    }

    private async Task RepeatAsync(Waiting waiting, Dictionary<string, AttributeValue> sentRequest)
    {
        try
        {
            waiting.Sent.TrySetResult(await sentRequests.RepeatAsync(sentRequest, waiting.Message.Key!, CancellationToken.None));
        }
        catch (Exception exception)
        {
            waiting.Sent.TrySetException(exception);
        }
    }

    /// <summary>A message that waits to be sent.</summary>
    private sealed record Waiting(OutgoingMessage Message, Activity? Request, CancellationToken IsGivenUp)
    {
        public TaskCompletionSource<Message> Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
