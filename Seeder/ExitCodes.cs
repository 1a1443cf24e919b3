namespace Cruddur.Seeder;

/// <summary>What the process's exit code says.</summary>
internal static class ExitCodes
{
    /// <summary>The verb is done.</summary>
    public const int Done = 0;

    /// <summary>The verb failed. The reason is on standard error.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong. Nothing was changed.</summary>
    public const int WrongCommandLine = 2;

    /// <summary>The verb needs a confirmation and did not get one. Nothing was changed.</summary>
    public const int NotConfirmed = 3;

    /// <summary>Ctrl+C interrupted the verb. As in shells, this is 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}
