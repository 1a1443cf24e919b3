namespace Cruddur.Seeder.Commands;

/// <summary>Asks for confirmation before data is deleted.</summary>
internal static class Confirmation
{
    /// <summary>Asks a yes-or-no question.</summary>
    /// <param name="question">The question.</param>
    /// <returns>Whether the answer is yes; false if standard input is redirected.</returns>
    public static bool Ask(string question)
    {
        if (Console.IsInputRedirected)
        {
            Console.Error.WriteLine($"{question} Standard input is redirected. Run again with --yes to confirm.");
            return false;
        }

        Console.Error.Write($"{question} [y/N] ");
        if (Console.ReadLine()?.Trim() is "y" or "Y" or "yes")
        {
            return true;
        }

        Console.Error.WriteLine("Nothing was changed.");
        return false;
    }
}
