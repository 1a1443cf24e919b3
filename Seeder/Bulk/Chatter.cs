namespace Cruddur.Seeder.Bulk;

/// <summary>Texts of generated messages, from one word to a paragraph.</summary>
/// <param name="random">Chooses the texts.</param>
internal sealed class Chatter(Random random)
{
    private static readonly string[] Replies =
    [
        "ok", "Thanks!", "👍", "Haha 😄", "On my way.", "Sounds good to me.", "No idea, sorry.", "Let me check.", "Really?", "Good night!",
        "¡Claro que sí!", "了解です", "Merci beaucoup 🙏", "Why not?", "Same here.", "I'll call you later.", "That's what I thought, too.",
    ];

    private static readonly string[] Openings =
    [
        "I think", "Honestly,", "As far as I know,", "Funny enough,", "You were right:", "Between us,", "If you ask me,",
        "It turns out that", "They say", "I just read that", "Last week I noticed that", "My sister told me that",
    ];

    private static readonly string[] Subjects =
    [
        "the new season", "that café by the station", "our deployment", "the cat", "the band from Friday", "my bicycle",
        "the second episode", "the migration to the new table", "the recipe with lentils", "the train to the coast",
        "the book you lent me", "the code review",
    ];

    private static readonly string[] Statements =
    [
        "is better than anyone expected", "took three hours and two coffees", "is finally done", "starts at 7:30", "needs some more time",
        "was worth the wait", "is not what it used to be", "costs less than 20 €", "made everyone laugh", "will be fine by Monday",
        "has a surprise at the end", "is the best thing that happened this week",
    ];

    private static readonly string[] Questions =
    [
        "What do you think?", "Are you coming along?", "Have you seen it?", "Shall we talk about it tomorrow?", "Did I miss something?",
        "Can you send me the link?", "Who else knows?",
    ];

    /// <summary>The next text.</summary>
    public string Next() => random.Next(10) switch
    {
        < 3 => Pick(Replies),
        < 4 => Pick(Questions),
        < 8 => Sentence(),
        _ => string.Join(' ', Enumerable.Range(0, random.Next(2, 6)).Select(_ => Sentence()).Append(Pick(Questions))),
    };

    private string Sentence() => $"{Pick(Openings)} {Pick(Subjects)} {Pick(Statements)}.";

    private string Pick(string[] texts) => texts[random.Next(texts.Length)];
}
