namespace Cruddur.AppHost.Prerequisites;

/// <summary>The front end, the Cognito emulator and the packages of the embedded servers need Node.js.</summary>
public static class NodePrerequisite
{
    /// <summary>The oldest Node.js that Vite and cognito-local run on.</summary>
    public const int RequiredNode = 20;

    /// <summary>Checks the version found on the PATH.</summary>
    /// <param name="major">The major version, or <see langword="null"/> when there is no Node.js.</param>
    /// <exception cref="PrerequisiteException">There is no Node.js, or it is too old.</exception>
    public static void Check(int? major)
    {
        if (major is null)
        {
            throw new PrerequisiteException(
                "The front end needs Node.js 20 or newer, and no node was found: "
                + "install it and put it on the PATH.");
        }

        if (major < RequiredNode)
        {
            throw new PrerequisiteException($"The front end needs Node.js 20 or newer, and node is version {major}: install a newer one.");
        }
    }
}
