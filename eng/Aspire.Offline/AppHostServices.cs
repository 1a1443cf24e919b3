using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Puts together what runs an application.</summary>
internal static class AppHostServices
{
    public static void Configure(
        HostApplicationBuilder host,
        DistributedApplicationOptions options,
        IResourceCollection resources,
        DistributedApplicationExecutionContext executionContext,
        IDistributedApplicationEventing eventing)
    {
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Grpc", LogLevel.Error)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
            .AddConfiguration(host.Configuration.GetSection("Logging"));

        var services = host.Services;
        services.AddSingleton(options);
        services.AddSingleton(executionContext);
        services.AddSingleton(eventing);
        services.AddSingleton(new DistributedApplicationModel(resources));
        services.AddOptions<ResourceNotificationServiceOptions>();
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton(sp => new ResourceCommandService(
            sp.GetRequiredService<ResourceNotificationService>(), sp.GetRequiredService<ResourceLoggerService>(), sp));
        services.AddHealthChecks();
    }
}
