using System.Reflection;
using Cruddur.Data.Messages;
using Cruddur.Data.Users;

namespace Cruddur.Seeder.Conversation;

/// <summary>The conversation in a new system: 104 lines about Babylon 5 between <c>andrewbrown</c> and <c>bayko</c>.</summary>
internal static class Babylon5
{
    /// <summary>Uuid of the conversation's message group, the same in every system.</summary>
    public static readonly Guid GroupUuid = new("5ae290ed-55d1-47a0-bc6d-fe2bc2700399");

    /// <summary>Handle of the user who starts, <c>Person 1</c> in the file.</summary>
    public const string FirstHandle = "andrewbrown";

    /// <summary>Handle of the user who answers, <c>Person 2</c> in the file.</summary>
    public const string SecondHandle = "bayko";

    /// <summary>When the first line was said. It is the same in every system, so that every run writes the same items.</summary>
    public static readonly DateTimeOffset Start = new(2023, 4, 10, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The time between two lines.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromMinutes(1);

    private const string FirstPrefix = "Person 1: ";
    private const string SecondPrefix = "Person 2: ";

    /// <summary>The conversation's lines, the oldest first.</summary>
    /// <param name="first">The user with <see cref="FirstHandle"/>.</param>
    /// <param name="second">The user with <see cref="SecondHandle"/>.</param>
    /// <exception cref="FormatException">A line of the file starts with neither person.</exception>
    public static IReadOnlyList<ConversationLine> Lines(User first, User second)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("babylon5.txt")!;
        using var reader = new StreamReader(stream);
        var lines = new List<ConversationLine>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line switch
            {
                _ when line.StartsWith(FirstPrefix, StringComparison.Ordinal) => new(first, line[FirstPrefix.Length..]),
                _ when line.StartsWith(SecondPrefix, StringComparison.Ordinal) => new(second, line[SecondPrefix.Length..]),
                _ => throw new FormatException($"Line {lines.Count + 1} of the conversation starts with neither person."),
            });
        }

        return lines;
    }
}
