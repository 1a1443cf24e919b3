using Cruddur.Data.Users;
using Cruddur.Seeder.Conversation;

namespace Cruddur.UnitTests.Seeder;

public sealed class Babylon5Tests
{
    private static readonly User Andrew = new(Guid.NewGuid(), "andrewbrown", "Andrew Brown");
    private static readonly User Bayko = new(Guid.NewGuid(), "bayko", "Andrew Bayko");

    [Fact]
    public void Has_104_lines_with_alternating_senders()
    {
        var lines = Babylon5.Lines(Andrew, Bayko);

        Assert.Equal(104, lines.Count);
        Assert.All(lines, line => Assert.NotEmpty(line.Text));
        Assert.Equal(Enumerable.Range(0, 104).Select(i => i % 2 == 0 ? Andrew : Bayko), lines.Select(line => line.Sender));
    }

    [Fact]
    public void Starts_and_ends_with_the_lines_of_the_file()
    {
        var lines = Babylon5.Lines(Andrew, Bayko);

        Assert.Equal("Have you ever watched Babylon 5? It's one of my favorite TV shows!", lines[0].Text);
        Assert.Equal(
            "Definitely. I think his character is a great example of the show's ability to balance humor and heart, "
            + "and to create memorable and beloved characters that fans will cherish for years to come.",
            lines[^1].Text);
    }
}
