using Cruddur.Data;
using Cruddur.Data.Users;

namespace Cruddur.Seeder.Bulk;

/// <summary>The users who take part in generated conversations: the seed users and generated ones.</summary>
internal static class Participants
{
    /// <summary>The handles of the users who can sign in. Each of the generated users writes with them first.</summary>
    public static readonly IReadOnlyList<string> SeedHandles = ["andrewbrown", "bayko", "londo"];

    /// <summary>Identifies the series of generated users.</summary>
    private static readonly Guid Series = new("0c3c6f0e-8d7b-4b7a-9f3e-5b1a6e2d0001");

    private static readonly string[] FirstNames =
    [
        "Ada", "Alan", "Barbara", "Dennis", "Edsger", "Frances", "Grace", "Hedy", "Ivan", "Jean", "Katherine", "Ken", "Leslie",
        "Margaret", "Niklaus", "Radia", "Sophie", "Tim", "Vint", "Yukihiro",
    ];

    private static readonly string[] LastNames =
    [
        "Adeyemi", "Bianchi", "Castillo", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ivanova", "Jansen", "Kowalski", "Larsen",
        "Mbeki", "Nakamura", "Oliveira", "Petrov", "Quispe", "Rossi", "Silva", "Tanaka", "Usman", "Virtanen", "Wang",
    ];

    /// <summary>The first generated users, the same in every run.</summary>
    public static IReadOnlyList<NewUser> Generate(int count) => [.. Enumerable.Range(0, count).Select(UserAt)];

    /// <summary>
    /// Pairs of users, each with at least one generated user: first all generated users with the first seed user, then with the second
    /// one, and so on.
    /// </summary>
    /// <param name="seedUsers">The seed users.</param>
    /// <param name="generated">The generated users.</param>
    public static IEnumerable<(User One, User Other)> Pair(IReadOnlyList<User> seedUsers, IReadOnlyList<User> generated)
    {
        IReadOnlyList<User> all = [.. seedUsers, .. generated];
        for (var one = 0; one < all.Count; one++)
        {
            for (var other = Math.Max(seedUsers.Count, one + 1); other < all.Count; other++)
            {
                yield return (all[one], all[other]);
            }
        }
    }

    private static NewUser UserAt(int index)
    {
        // The two lengths have no common factor, so all combinations come before the first one repeats.
        var (first, last) = (FirstNames[index % FirstNames.Length], LastNames[index % LastNames.Length]);
        var handle = Handle.Normalize($"{first}_{last}_{index + 1}");
        return new(DerivedUuid.Create(Series, index), handle, $"{first} {last}", $"{handle}@cruddur.example");
    }
}
