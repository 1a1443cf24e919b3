using Cruddur.Data;
using Cruddur.Seeder.Cognito;
using Cruddur.Seeder.Output;
using Cruddur.Seeder.Steps;
using Cruddur.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cruddur.Seeder;

/// <summary>Registers what the seeder's verbs need.</summary>
internal static class SeederServices
{
    private static readonly TimeSpan CognitoTimeout = TimeSpan.FromSeconds(10);

    public static HostApplicationBuilder AddSeeder(this HostApplicationBuilder builder)
    {
        builder.Configuration.AddEnvironmentVariables();
        builder.AddBasicServiceDefaults();
        builder.AddCruddurData();

        // StepRunner writes to the console itself. Its log records go to the collector only.
        builder.Logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>((category, level) =>
                level >= LogLevel.Warning && category != typeof(StepRunner).FullName)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Npgsql", LogLevel.Warning);

        builder.Services.AddSingleton(services => CognitoUserPool.From(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton(_ => new HttpClient { Timeout = CognitoTimeout });
        builder.Services.AddSingleton<CognitoRequestSigner>();
        builder.Services.AddSingleton<CognitoClient>();
        builder.Services.AddSingleton<CognitoUserList>();
        builder.Services.AddSingleton(_ => SeederConsole.System());
        builder.Services.AddSingleton<ProgressDisplay>();
        builder.Services.AddSingleton<StepRunner>();
        return builder;
    }
}
