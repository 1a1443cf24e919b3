using System.Diagnostics;

namespace Cruddur.AppHostTests;

/// <summary>A directory with projects, to run commands of the .NET SDK in.</summary>
internal sealed class TemporaryCheckout : IDisposable
{
    /// <summary>The directory, which is deleted when the checkout is disposed.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("cruddur-checkout-").FullName;

    /// <summary>Writes a file and the directories above it.</summary>
    /// <param name="path">The path below <see cref="Path"/>.</param>
    /// <param name="content">The text of the file.</param>
    public void Write(string path, string content)
    {
        var file = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    /// <summary>Runs a command of the .NET SDK, which has a packages folder in the checkout and must succeed.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Path,
            Environment =
            {
                ["NUGET_PACKAGES"] = System.IO.Path.Combine(Path, "packages"),

                // Build servers would outlive the test.
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["UseSharedCompilation"] = "false",
            },
        };

        // A variable that forces the hosting build of the tests must not force that of the checkout.
        start.Environment.Remove("AspireHosting");
        var (exitCode, output, error) = await ProgramRun.RunAsync(start);

        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} failed:\n{output}{error}");
        return output;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
