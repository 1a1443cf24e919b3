namespace Cruddur.Seeder.Commands;

/// <summary>Asks the person at the keyboard before something is lost.</summary>
internal static class Confirmation
{
    /// <summary>Asks.</summary>
    /// <param name="question">What to do.</param>
    /// <returns>Whether to do it; never where nobody is there to be asked.</returns>
    public static bool Ask(string question)
    {
        if (Console.IsInputRedirected)
        {
            Console.Error.WriteLine($"{question} Nobody is there to answer: say --yes to do it.");
            return false;
        }

        Console.Write($"{question} [y/N] ");
        if (Console.ReadLine()?.Trim() is "y" or "Y" or "yes")
        {
            return true;
        }

        Console.Error.WriteLine("Nothing was done.");
        return false;
    }
}
