using Cruddur.AppHost.Startup;

namespace Cruddur.AppHostTests;

public sealed class StateDirectoryTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void It_is_made_and_keeps_what_it_holds()
    {
        using (var first = StateDirectory.Open(_path, fresh: false))
        {
            File.WriteAllText(Path.Combine(first.For("postgres"), "data"), "rows");
        }

        using var second = StateDirectory.Open(_path, fresh: false);
        Assert.True(File.Exists(Path.Combine(second.For("postgres"), "data")));
    }

    [Fact]
    public void A_fresh_start_empties_it()
    {
        using (var first = StateDirectory.Open(_path, fresh: false))
        {
            File.WriteAllText(Path.Combine(first.For("postgres"), "data"), "rows");
        }

        using var second = StateDirectory.Open(_path, fresh: true);
        Assert.Empty(Directory.EnumerateDirectories(_path));
    }

    [Fact]
    public void Only_one_AppHost_has_it_and_another_deletes_nothing()
    {
        using var first = StateDirectory.Open(_path, fresh: false);
        var postgres = first.For("postgres");

        var error = Assert.Throws<PrerequisiteException>(() => StateDirectory.Open(_path, fresh: true));

        Assert.Contains("Another AppHost uses the data directory", error.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(postgres));
    }

    [Fact]
    public void The_fresh_switch_does_not_swallow_the_next_argument()
    {
        Directory.CreateDirectory(_path);

        Assert.Equal(["--State:Fresh=true", "--Backing:Mode", "embedded"], StateDirectory.ExpandFreshSwitch(["--fresh", "--Backing:Mode", "embedded"]));
    }
}
