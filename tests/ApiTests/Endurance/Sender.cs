using System.Net;
using Cruddur.ApiTests.Infrastructure;

namespace Cruddur.ApiTests.Endurance;

/// <summary>
/// Sends numbered messages to one user, as a careful client does: each with an idempotency key, repeated at any replica until it
/// is acknowledged.
/// </summary>
internal sealed class Sender(TestUser user, TestUser receiver, IReadOnlyList<Replica> replicas, int seed)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    private readonly Random _random = new(seed);

    public TestUser User => user;

    /// <summary>The acknowledged messages, in the order of sending.</summary>
    public List<SentMessage> Sent { get; } = [];

    /// <summary>How many requests were repeated.</summary>
    public int Repeated { get; private set; }

    /// <summary>Sends until the time is over. The last message is acknowledged too.</summary>
    public async Task RunAsync(CancellationToken end, CancellationToken cancellationToken)
    {
        while (!end.IsCancellationRequested)
        {
            Sent.Add(await SendAsync($"{user.Handle} to {receiver.Handle}: {Sent.Count}", cancellationToken));
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<SentMessage> SendAsync(string message, CancellationToken cancellationToken)
    {
        while (true)
        {
            var replica = replicas[_random.Next(replicas.Count)];
            try
            {
                var body = new { message, handle = receiver.Handle };
                var answer = await replica.ClientOf(user).PostAsync("/api/messages", body, idempotencyKey: message.Replace(' ', '-'));
                if (answer.Status is HttpStatusCode.OK)
                {
                    return answer.Read<SentMessage>();
                }

                Assert.True(
                    answer.Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests,
                    $"'{message}' at {replica.Name}: {(int)answer.Status} {answer.Text}");
            }
            catch (Exception exception) when (IsOfKilledReplica(exception, cancellationToken))
            {
                // The replica is killed. Another one, or the next process, answers the repeated request.
            }

            Repeated++;
            await Task.Delay(RetryPause, cancellationToken);
        }
    }

    private static bool IsOfKilledReplica(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException;
}
