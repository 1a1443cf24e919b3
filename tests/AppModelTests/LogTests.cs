using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppModelTests;

/// <summary>The logs of resources.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task Lines_arrive_while_a_process_runs()
    {
        var builder = Sample.NewBuilder();
        builder.AddScript("talker", "console.log('out'); console.error('err'); setInterval(() => console.log('tick'), 200)");
        await using var app = await builder.StartAsync(Limit.Token);
        var talker = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == "talker");
        var loggers = app.Services.GetRequiredService<ResourceLoggerService>();
        loggers.GetLogger(talker).LogWarning("from the {Who}", "host");

        var expected = new HashSet<(string, bool)> { ("out", false), ("err", true), ("tick", false), ("from the host", false) };
        await foreach (var batch in loggers.WatchAsync(talker).WithCancellation(Limit.Token))
        {
            foreach (var line in batch)
            {
                var space = line.Content.IndexOf(' ', StringComparison.Ordinal);
                Assert.True(DateTime.TryParse(line.Content[..space], CultureInfo.InvariantCulture, out _), line.Content);
                expected.Remove((line.Content[(space + 1)..], line.IsErrorMessage));
            }

            if (expected.Count == 0)
            {
                break;
            }
        }
    }
}
