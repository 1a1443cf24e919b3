namespace Cruddur.AppHost.Prerequisites;

/// <summary>
/// Something that the developer has to change before the AppHost can start: a missing program, a setting, a directory.
/// The AppHost prints the message as it is, without a stack trace, and exits with code 1.
/// </summary>
/// <param name="message">What is wrong and how to fix it, in one or two sentences.</param>
public sealed class PrerequisiteException(string message) : Exception(message);
