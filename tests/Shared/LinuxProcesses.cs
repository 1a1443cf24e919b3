using System.Globalization;
using System.Net;
using System.Text;

namespace Cruddur.Tests;

/// <summary>Reads information on processes from <c>/proc</c>. See https://man7.org/linux/man-pages/man5/proc.5.html.</summary>
internal static class LinuxProcesses
{
    private const string Listening = "0A";

    /// <summary>The processes whose command line or environment contains a text.</summary>
    public static IReadOnlyList<int> Naming(string text) =>
        [.. Ids().Where(id => id != Environment.ProcessId && (Holds(id, "cmdline", text) || Holds(id, "environ", text)))];

    /// <summary>The command line of a process, with blanks between the arguments.</summary>
    public static string CommandLine(int id) => Read(id, "cmdline").Replace('\0', ' ');

    /// <summary>The children of the given processes, their children, and so on, with the processes themselves.</summary>
    public static IReadOnlySet<int> WithDescendants(IEnumerable<int> roots)
    {
        var children = Ids().ToLookup(ParentOf);
        var found = new HashSet<int>();
        var open = new Stack<int>(roots);
        while (open.TryPop(out var id))
        {
            if (found.Add(id))
            {
                foreach (var child in children[id])
                {
                    open.Push(child);
                }
            }
        }

        return found;
    }

    /// <summary>The TCP addresses that the processes listen on.</summary>
    public static IReadOnlyList<IPEndPoint> Listeners(IEnumerable<int> ids)
    {
        var sockets = ids.SelectMany(SocketsOf).ToHashSet(StringComparer.Ordinal);
        return [.. ((string[])["/proc/net/tcp", "/proc/net/tcp6"])
            .Where(File.Exists)
            .SelectMany(table => File.ReadLines(table).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[3] == Listening && sockets.Contains($"socket:[{columns[9]}]"))
            .Select(columns => ParseEndPoint(columns[1]))];
    }

    private static bool Holds(int id, string file, string text) => Read(id, file).Contains(text, StringComparison.Ordinal);

    private static IEnumerable<int> Ids() => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _))
        .Select(name => int.Parse(name!, CultureInfo.InvariantCulture));

    private static int ParentOf(int id)
    {
        // The second column is the program's name in brackets. The name itself can contain blanks and brackets.
        var stat = Read(id, "stat");
        var columns = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 1 ? int.Parse(columns[1], CultureInfo.InvariantCulture) : 0;
    }

    private static IEnumerable<string> SocketsOf(int id)
    {
        try
        {
            var files = Directory.EnumerateFiles($"/proc/{id}/fd");
            return [.. files.Select(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name ?? "")];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Parses an address of the table: words of four bytes in the machine's order, in hexadecimal, and the port.</summary>
    private static IPEndPoint ParseEndPoint(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (address, port) = (text[..colon], text[(colon + 1)..]);
        var bytes = address.Chunk(8).SelectMany(word => Convert.FromHexString(word).Reverse()).ToArray();
        return new IPEndPoint(new IPAddress(bytes), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}", Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or belongs to another user.
            return "";
        }
    }
}
