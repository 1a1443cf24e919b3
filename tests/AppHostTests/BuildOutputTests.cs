namespace Cruddur.AppHostTests;

/// <summary>What <c>dotnet run</c> prints while it builds.</summary>
public sealed class BuildOutputTests : IDisposable
{
    private readonly TemporaryCheckout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task A_first_start_with_redirected_output_shows_the_restore_and_each_compilation()
    {
        var repository = Path.Combine(Projects.AppHost.ProjectPath, "..");
        foreach (var file in (string[])["AppHost/Directory.Build.rsp", "Directory.Build.targets", "eng/AspireHosting/Choose.targets"])
        {
            _checkout.Write(file, await File.ReadAllTextAsync(Path.Combine(repository, file), TestContext.Current.CancellationToken));
        }

        _checkout.Write("AppHost/AppHost.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <AspireHosting>offline</AspireHosting>
              </PropertyGroup>
            </Project>
            """);
        _checkout.Write("AppHost/Program.cs", """System.Console.WriteLine("started");""");

        var output = await _checkout.DotnetAsync("run", "--project", "AppHost");

        Assert.Matches("(?s)Determining projects to restore.+AppHost: compiling.+started", output);
    }
}
