using System.Reflection;

namespace Cruddur.Data.Postgres;

/// <summary>Reads the <c>.sql</c> files of this project.</summary>
internal static class SqlText
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path in the project, with slashes, such as <c>Users/find_by_handle.sql</c>.</param>
    public static string Read(string path)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(path)
            ?? throw new ArgumentException($"There is no SQL file {path}.", nameof(path));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
