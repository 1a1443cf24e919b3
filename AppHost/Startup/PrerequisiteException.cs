namespace Cruddur.AppHost.Startup;

/// <summary>
/// Something that the developer has to change before the AppHost can start: a missing program, a setting, a port.
/// The message is one sentence or two that name the fix; it is printed as it is, without a stack trace, and the exit code is 1.
/// </summary>
/// <param name="message">What is wrong and what to do about it.</param>
public sealed class PrerequisiteException(string message) : Exception(message);
