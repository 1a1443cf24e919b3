namespace Cruddur.Tests;

/// <summary>
/// Ends a test program that lacks what its tests need. <c>dotnet test</c> then prints one line, where a fixture that throws would
/// print a stack trace for each test.
/// </summary>
internal static class MissingPrerequisite
{
    /// <summary>Ends the test program with exit code 1.</summary>
    /// <param name="sentence">What is missing and how to fix it.</param>
    public static void Exit(string sentence)
    {
        Console.Error.WriteLine(sentence);
        Environment.Exit(1);
    }
}
