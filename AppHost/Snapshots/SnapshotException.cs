namespace Cruddur.AppHost.Snapshots;

/// <summary>A snapshot can't be saved, restored or deleted. The message is one sentence for the developer.</summary>
/// <param name="message">The reason, and what to do.</param>
/// <param name="inner">The error behind it.</param>
internal sealed class SnapshotException(string message, Exception? inner = null) : Exception(message, inner);
