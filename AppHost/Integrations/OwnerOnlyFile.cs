namespace Cruddur.AppHost.Integrations;

/// <summary>Writes files that only their owner can read.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Writes a file, in place of an earlier one. Readers see all of it or nothing.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // The mode is that of a new file, and an earlier attempt may have left another one.
        var unfinished = path + ".new";
        File.Delete(unfinished);
        using (var file = new FileStream(unfinished, options))
        {
            write(file);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
