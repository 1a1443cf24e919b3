namespace Cruddur.Tests;

/// <summary>
/// The right to run the AppHost. Test programs run side by side, and two AppHosts at once would install the same npm packages
/// over each other, and make each other slow on a small machine.
/// </summary>
internal sealed class AppHostTurn : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _lock;

    private AppHostTurn(FileStream @lock) => _lock = @lock;

    /// <summary>Waits until no other test program runs the AppHost.</summary>
    public static async Task<AppHostTurn> TakeAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(Path.Combine(Projects.AppHost.ProjectPath, "..", ".cruddur"));
        while (true)
        {
            try
            {
                // The operating system releases the lock when the process ends, however it ends.
                var path = Path.Combine(directory.FullName, "tests.lock");
                return new AppHostTurn(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();
}
