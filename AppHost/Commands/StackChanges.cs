namespace Cruddur.AppHost.Commands;

/// <summary>Lets one command at a time change the data of the stack.</summary>
internal sealed class StackChanges
{
    private Change? _running;

    /// <summary>Begins a change. Dispose it when the change has ended.</summary>
    /// <param name="name">The resource and the command, such as <c>dynamodb seed</c>.</param>
    /// <param name="running">The name of the change that is not done yet, where there is one.</param>
    /// <returns>The change, or <see langword="null"/> when another one is not done yet.</returns>
    public IDisposable? TryBegin(string name, out string? running)
    {
        var change = new Change(this, name);
        var other = Interlocked.CompareExchange(ref _running, change, null);
        running = other?.Name;
        return other is null ? change : null;
    }

    /// <summary>The answer to a command that can't run now.</summary>
    /// <param name="running">The name of the change that is not done yet.</param>
    public static string Explain(string? running) => $"{running} is still running. Wait until it is done, then try again.";

    private sealed class Change(StackChanges changes, string name) : IDisposable
    {
        public string Name => name;

        public void Dispose() => Interlocked.CompareExchange(ref changes._running, null, this);
    }
}
