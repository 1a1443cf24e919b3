namespace Cruddur.Data.Messages;

/// <summary>
/// Lets the writers of one process into a message group one after the other. Transactions would sort them out as well, but
/// each collision costs both a round trip; this leaves only the collisions with other processes.
/// </summary>
internal sealed class GroupTurns
{
    // Groups share a turn by chance; the more turns, the more rarely.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the group's turn, which ends when the answer is disposed.</summary>
    public async Task<Turn> WaitAsync(Guid groupUuid, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)groupUuid.GetHashCode() % _turns.Length];
        if (turn.Wait(0, CancellationToken.None))
        {
            return new(turn, HasWaited: false);
        }

        await turn.WaitAsync(cancellationToken);
        return new(turn, HasWaited: true);
    }

    /// <summary>A turn of one writer.</summary>
    /// <param name="Semaphore">What the turn gives back when disposed.</param>
    /// <param name="HasWaited">Whether another writer came first, so that what was read before may be out of date.</param>
    public readonly record struct Turn(SemaphoreSlim Semaphore, bool HasWaited) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose() => Semaphore.Release();
    }
}
