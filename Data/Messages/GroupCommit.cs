using System.Diagnostics;
using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;
using Cruddur.Data.MessageGroups;

namespace Cruddur.Data.Messages;

/// <summary>
/// Writes the messages of one process to one group one transaction at a time. Messages that arrive during a transaction go
/// out together in the next one. Without it, each writer would collide with all the others; with it, only processes collide.
/// </summary>
/// <param name="writer">Writes the transactions.</param>
/// <param name="sentRequests">Finds the message of a repeated request.</param>
/// <param name="cache">Learns how each transaction leaves its group.</param>
/// <param name="clock">Gives the time of sending.</param>
internal sealed class GroupCommit(MessageWriter writer, SentRequests sentRequests, ConversationCache cache, TimeProvider clock)
{
    private readonly Dictionary<Guid, Queue<PendingMessage>> _queues = [];

    /// <summary>Sends a message, perhaps together with others. Its timestamp is the earliest that is free.</summary>
    /// <param name="group">The group as this process knows it. If that is out of date, the first transaction is cancelled.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Stops the waiting. The message may be sent or not when that happens.</param>
    /// <returns>The message; for a repeated request, the message of the first one.</returns>
    /// <exception cref="MessageGroupReplacedException">The group was deleted or replaced by another.</exception>
    public Task<Message> SendAsync(MessageGroup group, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var pending = new PendingMessage(group, message, Activity.Current, cancellationToken);
        lock (_queues)
        {
            if (_queues.TryGetValue(group.Uuid, out var queue))
            {
                queue.Enqueue(pending);
            }
            else
            {
                _queues[group.Uuid] = new([pending]);
                _ = Task.Run(() => DrainAsync(group), CancellationToken.None);
            }
        }

        return pending.Sent.Task.WaitAsync(cancellationToken);
    }

    private async Task DrainAsync(MessageGroup group)
    {
        while (TakeBatch(group.Uuid) is { } batch)
        {
            try
            {
                using var span = StartSpan(batch);
                (group, var took) = await WriteAsync(group, batch);
                if (HasPending(group.Uuid))
                {
                    // The last writer knows the group's state and would always win the next race. A pause, on average as long
                    // as a transaction, lets another process win.
                    await Task.Delay(took * 2 * Random.Shared.NextDouble(), clock);
                }
            }
            catch (Exception exception)
            {
                batch.ForEach(pending => pending.Sent.TrySetException(exception));
                if (ServerAvailability.IsUnavailable(exception))
                {
                    // The messages behind this batch would wait as long again, and fail for the same reason.
                    TakeAll(group.Uuid).ForEach(pending => pending.Sent.TrySetException(exception));
                }
            }
        }
    }

    /// <summary>Starts the span of a batch in the trace of its first request, with a link from every other request to it.</summary>
    private static Activity? StartSpan(List<PendingMessage> batch)
    {
        Activity.Current = batch.FirstOrDefault()?.Request;
        var span = DataTelemetry.Source.StartActivity("send messages")?.SetTag("messages.count", batch.Count);
        if (span is not null)
        {
            foreach (var pending in batch.Skip(1))
            {
                pending.Request?.AddLink(new(span.Context));
            }
        }

        return span;
    }

    /// <summary>Takes the next messages of a group. When there are none, it closes the group's queue and returns null.</summary>
    private List<PendingMessage>? TakeBatch(Guid groupUuid)
    {
        lock (_queues)
        {
            var queue = _queues[groupUuid];
            if (queue.Count == 0)
            {
                _queues.Remove(groupUuid);
                return null;
            }

            // A transaction can't write one key twice, so a request and its repetition go into different batches.
            var batch = new List<PendingMessage>();
            var keys = new HashSet<(Guid, string)>();
            while (batch.Count < SendTransaction.MaxMessages
                && queue.TryPeek(out var next)
                && (next.Message.Key is not { } key || keys.Add((next.Message.Message.Sender.Uuid, key.Value))))
            {
                batch.Add(queue.Dequeue());
            }

            return batch;
        }
    }

    private bool HasPending(Guid groupUuid)
    {
        lock (_queues)
        {
            return _queues[groupUuid].Count > 0;
        }
    }

    private List<PendingMessage> TakeAll(Guid groupUuid)
    {
        lock (_queues)
        {
            var pending = _queues[groupUuid].ToList();
            _queues[groupUuid].Clear();
            return pending;
        }
    }

    /// <returns>The group after the transaction, and how long the transaction took.</returns>
    private async Task<(MessageGroup Group, TimeSpan Took)> WriteAsync(MessageGroup group, List<PendingMessage> batch)
    {
        var backoff = new Backoff(clock);
        var earliest = default(UtcTimestamp);

        // If the group was replaced, the last sender may know it already.
        group = group.Continues(batch[^1].Group) ? group : batch[^1].Group;
        while (true)
        {
            foreach (var pending in batch.Where(pending => !group.Continues(pending.Group)))
            {
                pending.Sent.TrySetException(new MessageGroupReplacedException());
            }

            // A request that has timed out is answered already. Its message is not written any more.
            batch.RemoveAll(pending => pending.Sent.Task.IsCompleted || pending.CancellationToken.IsCancellationRequested);
            if (batch.Count == 0)
            {
                return (group, TimeSpan.Zero);
            }

            // Each attempt takes the current time, so that a message is never much older than its commit: listeners that resume
            // look back a few seconds only. The next microsecond is for an attempt that found its time taken.
            earliest = UtcTimestamp.Latest(earliest.Next, new(clock.GetUtcNow()));
            var messages = WithTimes(batch, UtcTimestamp.Latest(earliest, group.LastMessageAt.Next));
            var transaction = SendTransaction.ToGroup(group, messages);
            var start = clock.GetTimestamp();
            try
            {
                await writer.WriteAsync(transaction, CancellationToken.None);
                cache.Add(transaction.After);
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Sent.TrySetResult(messages[i].Message);
                }

                return (transaction.After, clock.GetElapsedTime(start));
            }
            catch (TransactionCanceledException cancelled) when (transaction.KeyIndexes.Any(cancelled.ConditionFailedAt))
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (cancelled.ConditionFailedAt(transaction.KeyIndexes[i]))
                    {
                        await RepeatAsync(batch[i], cancelled.ItemAt(transaction.KeyIndexes[i])!);
                    }
                }
            }
            catch (TransactionCanceledException cancelled) when (cancelled.ConditionFailedAt(SendTransaction.GroupIndex))
            {
                if (cancelled.ItemAt(SendTransaction.GroupIndex) is not { } current)
                {
                    cache.Remove(group.Uuid);
                    throw new MessageGroupReplacedException(cancelled);
                }

                group = MessageGroupMapper.FromItem(current);
                cache.Add(group);
                await backoff.WaitAsync(cancelled, CancellationToken.None);
            }
            catch (TransactionCanceledException cancelled) when (cancelled.IsTransient())
            {
                await backoff.WaitAsync(cancelled, CancellationToken.None);
            }
        }
    }

    private static List<OutgoingMessage> WithTimes(List<PendingMessage> batch, UtcTimestamp first)
    {
        var messages = new List<OutgoingMessage>(batch.Count);
        foreach (var pending in batch)
        {
            messages.Add(pending.Message with { Message = pending.Message.Message with { CreatedAt = first } });
            first = first.Next;
        }

        return messages;
    }

    private async Task RepeatAsync(PendingMessage pending, Dictionary<string, AttributeValue> sentRequest)
    {
        try
        {
            pending.Sent.TrySetResult(await sentRequests.RepeatAsync(sentRequest, pending.Message.Key!, CancellationToken.None));
        }
        catch (Exception exception)
        {
            pending.Sent.TrySetException(exception);
        }
    }

    /// <summary>A message that waits to be sent.</summary>
    /// <param name="Group">The group as the sender knows it.</param>
    /// <param name="Message">The message.</param>
    /// <param name="Request">The span of the request that sends it.</param>
    /// <param name="CancellationToken">Cancelled when the request no longer waits.</param>
    private sealed record PendingMessage(
        MessageGroup Group, OutgoingMessage Message, Activity? Request, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<Message> Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
