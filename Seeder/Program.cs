using Cruddur.Seeder;
using Cruddur.Seeder.Commands;

var commandLine = SeederCommands.Create().Parse(args);
if (CommandLineErrors.Write(commandLine, Console.Error))
{
    return ExitCodes.WrongCommandLine;
}

try
{
    return await commandLine.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Interrupted.");
    return ExitCodes.Interrupted;
}
