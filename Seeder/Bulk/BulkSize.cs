using System.Globalization;

namespace Cruddur.Seeder.Bulk;

/// <summary>How much data to add.</summary>
/// <param name="Messages">How many messages, at least one for each conversation.</param>
/// <param name="Groups">How many conversations get them.</param>
/// <param name="Users">How many generated users take part in the conversations, beside the seed users.</param>
internal sealed record BulkSize(int Messages, int Groups, int Users)
{
    /// <summary>The most messages of one run. In one conversation they go back for 30 years.</summary>
    public const int MaxMessages = 10_000_000;

    /// <summary>The most conversations of one run.</summary>
    public const int MaxGroups = 1_000_000;

    /// <summary>The most generated users.</summary>
    public const int MaxUsers = 100_000;

    private const int DefaultMessages = 10_000;
    private const int DefaultGroups = 20;
    private const int DefaultUsers = 10;

    /// <summary>Completes what the command line says.</summary>
    /// <param name="messages">How many messages; null for 10,000.</param>
    /// <param name="groups">How many conversations; null for 20, or one for each message if there are fewer.</param>
    /// <param name="users">How many users; null for 10, or as many as the conversations need.</param>
    /// <exception cref="ArgumentException">The numbers do not fit together. The message says how they would.</exception>
    public static BulkSize Create(int? messages, int? groups, int? users)
    {
        var size = new BulkSize(
            messages ?? Math.Max(DefaultMessages, groups ?? 0),
            groups ?? Math.Min(DefaultGroups, Math.Min(messages ?? DefaultMessages, PairsOf(users ?? DefaultUsers))),
            users ?? Math.Max(DefaultUsers, FewestUsers(groups ?? 0)));
        if (size.Groups > size.Messages)
        {
            throw new ArgumentException(
                Text($"{size.Groups:N0} conversations need at least as many messages, and --messages is {size.Messages:N0}."));
        }

        return size.Groups <= PairsOf(size.Users)
            ? size
            : throw new ArgumentException(Text(
                $"--groups is {size.Groups:N0}, and --users {size.Users:N0} allows {PairsOf(size.Users):N0} conversations. ")
                + Text($"Ask for at least {FewestUsers(size.Groups):N0} users."));
    }

    /// <summary>
    /// How many conversations these users can have with each other and with the seed users. Two users have one conversation, and those
    /// between seed users stay as they are.
    /// </summary>
    private static int PairsOf(int users) =>
        (int)Math.Min(int.MaxValue, ((long)users * Participants.SeedHandles.Count) + (users * (users - 1L) / 2));

    private static int FewestUsers(int groups)
    {
        var users = 1;
        while (PairsOf(users) < groups)
        {
            users++;
        }

        return users;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
