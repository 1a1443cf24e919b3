using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Integrations;

/// <summary>The directory in which an embedded server keeps its data.</summary>
/// <param name="Path">The absolute path. It is created, readable by its owner only, before the server starts.</param>
/// <param name="ResetHint">How to begin with an empty directory, as the second half of an error message.</param>
public sealed record DataDirectoryAnnotation(string Path, string ResetHint) : IResourceAnnotation;

/// <summary>A server that runs as a process and keeps its data in a directory.</summary>
public interface IResourceWithDataDirectory : IResource;

/// <summary>Says where embedded servers keep their data.</summary>
public static class DataDirectoryExtensions
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Sets the directory in which the server keeps its data. The process starts in it. The default is <c>.data/NAME</c> beside the
    /// AppHost.
    /// </summary>
    /// <typeparam name="T">The type of the server's resource.</typeparam>
    /// <param name="server">The server.</param>
    /// <param name="path">The directory; a relative path starts from the AppHost's directory.</param>
    /// <param name="resetHint">What an error message advises when the data can't be used.</param>
    public static IResourceBuilder<T> WithDataDirectory<T>(
        this IResourceBuilder<T> server, string path, string resetHint = "move the directory elsewhere to begin with an empty one")
        where T : ExecutableResource, IResourceWithDataDirectory
    {
        var absolute = Path.GetFullPath(path, server.ApplicationBuilder.AppHostDirectory);
        return server
            .WithAnnotation(new DataDirectoryAnnotation(absolute, resetHint), ResourceAnnotationMutationBehavior.Replace)
            .WithWorkingDirectory(absolute);
    }

    /// <summary>The directory in which the server keeps its data.</summary>
    /// <param name="server">The server.</param>
    public static DataDirectoryAnnotation GetDataDirectory(this IResourceWithDataDirectory server) =>
        server.Annotations.OfType<DataDirectoryAnnotation>().Last();

    /// <summary>Creates a directory that only its owner can read, and takes the rights of others away from one that exists.</summary>
    /// <param name="path">The absolute path.</param>
    public static void CreateOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }
}
