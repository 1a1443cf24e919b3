using Cruddur.Seeder;
using Cruddur.Seeder.Commands;
using Microsoft.Extensions.Hosting;

// An empty builder: the settings come from the environment alone, and the command line is the verbs'.
using var host = Host.CreateEmptyApplicationBuilder(new()).AddSeeder().Build();
await host.StartAsync();

try
{
    return await new SeederCommands(host.Services).Create().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (InvalidOperationException exception)
{
    // A setting is missing or wrong, which shows before any step has run.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
finally
{
    await host.StopAsync();
}
