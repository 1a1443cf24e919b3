namespace Cruddur.AppHost.Snapshots;

/// <summary>Copies directories with the modes of their files and with symbolic links.</summary>
internal static class DirectoryCopy
{
    /// <summary>Copies a directory. The copy is not a hard link anywhere: the servers change their files in place.</summary>
    /// <param name="source">The directory to copy.</param>
    /// <param name="target">The path of the copy, which does not exist yet.</param>
    /// <param name="leftOut">The name of a file that is not copied.</param>
    /// <param name="cancellationToken">Stops between two files, and leaves what has been copied.</param>
    /// <returns>The size of the copied files, in bytes.</returns>
    public static long Copy(string source, string target, string leftOut, CancellationToken cancellationToken)
    {
        CreateLike(source, target);
        var bytes = 0L;
        foreach (var entry in new DirectoryInfo(source).EnumerateFileSystemInfos())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copy = Path.Combine(target, entry.Name);
            if (entry.LinkTarget is { } destination)
            {
                File.CreateSymbolicLink(copy, destination);
            }
            else if (entry is DirectoryInfo)
            {
                bytes += Copy(entry.FullName, copy, leftOut, cancellationToken);
            }
            else if (entry.Name != leftOut)
            {
                // On file systems that can share blocks until one side changes, this copies no data.
                File.Copy(entry.FullName, copy);
                bytes += ((FileInfo)entry).Length;
            }
        }

        return bytes;
    }

    private static void CreateLike(string source, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(target);
        }
        else
        {
            var mode = File.GetUnixFileMode(source);
            Directory.CreateDirectory(target, mode);
            File.SetUnixFileMode(target, mode);
        }
    }
}
