using Cruddur.Seeder;
using Cruddur.Seeder.Commands;
using Microsoft.Extensions.Hosting;

// An empty builder: settings come from the environment only, and the command line has the verbs.
using var host = Host.CreateEmptyApplicationBuilder(new()).AddSeeder().Build();
await host.StartAsync();

try
{
    return await new SeederCommands(host.Services).Create().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (InvalidOperationException exception)
{
    // A setting is missing or invalid. This is found before the first step runs.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
finally
{
    await host.StopAsync();
}
