// Measures how long `dotnet run --project AppHost` takes until everything is healthy, from the command on:
// with the data of the last start, and with --fresh, in turn, so that both see the same machine.
//
//   dotnet run bench/Startup.cs [rounds]

using System.Diagnostics;

var rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(AppContext.GetData("EntryPointFilePath") as string)!, ".."));

Console.WriteLine("A first start, not counted, installs and builds what is missing.");
await StartAsync();

List<double> kept = [], fresh = [], ratios = [];
for (var round = 1; round <= rounds; round++)
{
    kept.Add(await StartAsync());
    fresh.Add(await StartAsync("--fresh"));
    ratios.Add(fresh[^1] / kept[^1]);
    Console.WriteLine($"round {round}: kept {kept[^1]:0.0} s, fresh {fresh[^1]:0.0} s");
}

Print("kept, s", kept);
Print("fresh, s", fresh);
Print("fresh / kept", ratios);

async Task<double> StartAsync(params string[] appHostArguments)
{
    var clock = Stopwatch.StartNew();
    using var run = Process.Start(new ProcessStartInfo("dotnet", ["run", "--project", Path.Combine(root, "AppHost"), "--", .. appHostArguments])
    {
        RedirectStandardOutput = true,
    })!;

    double? ready = null;
    while (await run.StandardOutput.ReadLineAsync() is { } line)
    {
        if (line.StartsWith("ready in ", StringComparison.Ordinal))
        {
            ready = clock.Elapsed.TotalSeconds;
            using var stop = Process.Start("kill", ["-s", "TERM", run.Id.ToString()]);
        }
    }

    await run.WaitForExitAsync();
    return ready ?? throw new InvalidOperationException("The AppHost ended before it was ready. Run it by hand to see why.");
}

static void Print(string name, List<double> values)
{
    values.Sort();
    Console.WriteLine($"{name,-14} min {values[0]:0.00}  median {values[values.Count / 2]:0.00}  max {values[^1]:0.00}");
}
