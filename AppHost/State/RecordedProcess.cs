using System.Diagnostics;
using System.Globalization;

namespace Cruddur.AppHost.State;

/// <summary>A process, told apart from a later one with the same id by its start time.</summary>
/// <param name="Id">The process id.</param>
/// <param name="StartTime">When it started, in a unit of the operating system's.</param>
internal sealed record RecordedProcess(int Id, long StartTime)
{
    private const char Zombie = 'Z';

    /// <summary>Whether the process still runs.</summary>
    public bool IsRunning => Find(Id) == this;

    /// <summary>Finds the process that has an id now.</summary>
    /// <param name="id">A process id.</param>
    /// <returns>The process, or <see langword="null"/> when it has ended.</returns>
    public static RecordedProcess? Find(int id) => OperatingSystem.IsLinux()
        ? ReadStatus(id) is { State: not Zombie } status ? new(id, status.StartTime) : null
        : FindPortably(id);

    /// <summary>Finds the process that started this one. For a resource that is the orchestrator, which holds the ports.</summary>
    /// <returns>The process, or <see langword="null"/> when it has ended or the operating system is not Linux.</returns>
    public RecordedProcess? FindParent() => OperatingSystem.IsLinux() && ReadStatus(Id) is { } status ? Find(status.Parent) : null;

    private static RecordedProcess? FindPortably(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return new(id, new DateTimeOffset(process.StartTime).ToUnixTimeSeconds());
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Reads <c>/proc/ID/stat</c>. See https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.</summary>
    private static (char State, int Parent, long StartTime)? ReadStatus(int id)
    {
        try
        {
            // The second column is the program's name in brackets, and can itself hold blanks and brackets.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var columns = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var (state, parent, startTime) = (columns[0][0], columns[1], columns[19]);
            return (state, int.Parse(parent, CultureInfo.InvariantCulture), long.Parse(startTime, CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
