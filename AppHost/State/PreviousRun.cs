using Cruddur.AppHost.Prerequisites;

namespace Cruddur.AppHost.State;

/// <summary>
/// The run before this one. When its AppHost was killed, the orchestrator needs some seconds to end its servers, which still hold
/// their data and ports; and one that was stopped holds its lock until the last server has ended.
/// </summary>
/// <param name="statePath">The state directory.</param>
internal sealed class PreviousRun(string statePath)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly RunRecord _record = new(statePath);
    private bool _announced;

    /// <summary>Whether the previous AppHost has begun to stop.</summary>
    public bool IsStopping => _record.IsStopping;

    /// <summary>Waits until every process of the previous run has ended.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PrerequisiteException">Some still run after 15 seconds.</exception>
    public async Task WaitForProcessesAsync(CancellationToken cancellationToken)
    {
        var running = _record.Processes;
        if (!await WaitUntilAsync(() => (running = [.. running.Where(process => process.IsRunning)]).Count == 0, cancellationToken))
        {
            var ids = string.Join(' ', running.Select(process => process.Id));
            throw new PrerequisiteException(
                $"Processes of the previous run still run after {Timeout.TotalSeconds} s: end them with 'kill {ids}', then start again.");
        }

        _record.Delete();
    }

    /// <summary>Waits for a sign that the previous run has ended, and says so in one line when that takes any time.</summary>
    /// <param name="hasEnded">The sign.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the sign came within 15 seconds.</returns>
    public async Task<bool> WaitUntilAsync(Func<bool> hasEnded, CancellationToken cancellationToken)
    {
        for (var deadline = DateTime.UtcNow + Timeout; !hasEnded(); await Task.Delay(PollInterval, cancellationToken))
        {
            if (DateTime.UtcNow > deadline)
            {
                return false;
            }

            if (!_announced)
            {
                _announced = true;
                Console.WriteLine("Waiting for the previous run to end.");
            }
        }

        return true;
    }
}
