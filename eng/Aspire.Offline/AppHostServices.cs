using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Registers the services that run an application.</summary>
internal static class AppHostServices
{
    public static void Configure(
        HostApplicationBuilder host,
        DistributedApplicationOptions options,
        IResourceCollection resources,
        DistributedApplicationExecutionContext executionContext,
        IDistributedApplicationEventing eventing)
    {
        // A failed start is reported by its exception. The host would log it twice more.
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
            .AddFilter("Grpc", LogLevel.Error)
            .AddConfiguration(host.Configuration.GetSection("Logging"));

        var services = host.Services;
        services.AddHttpClient();
        services.AddSingleton(options);
        services.AddSingleton(executionContext);
        services.AddSingleton(eventing);
        services.AddSingleton(new DistributedApplicationModel(resources));

        // A failed dependency can be started again from the dashboard only.
        services.Configure<ResourceNotificationServiceOptions>(o => o.DefaultWaitBehavior = options.DisableDashboard
            ? WaitBehavior.StopOnResourceUnavailable
            : WaitBehavior.WaitOnResourceUnavailable);
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton(sp => new ResourceCommandService(
            sp.GetRequiredService<ResourceNotificationService>(), sp.GetRequiredService<ResourceLoggerService>(), sp));

        services.AddSingleton<EngineOptions>();
        services.AddSingleton<DashboardOptions>();
        services.AddSingleton<OtlpVariables>();
        services.AddSingleton<DcpServer>();
        services.AddSingleton<EndpointAllocator>();
        services.AddSingleton<ProcessSpecificationBuilder>();
        services.AddSingleton<ProcessSnapshots>();
        services.AddSingleton<ResourceUrls>();
        services.AddSingleton<ParameterProcessor>();
        services.AddSingleton<ResourceProcesses>();
        services.AddSingleton<ResourceEvents>();
        services.AddSingleton<ProcessLifecycle>();
        services.AddSingleton<ProcessReports>();
        services.AddSingleton<ApplicationOrchestrator>();

        // Hosted services start in this order, and stop in the reverse order.
        if (options.EnableResourceLogging)
        {
            services.AddHostedService<ResourceLogForwarder>();
        }

        AddHealth(services);
        if (!options.DisableDashboard)
        {
            services.AddSingleton<CommandDialogs>();
            services.AddSingleton<ResourceService>();
            services.AddSingleton<ResourceServiceHost>();
            services.AddHostedService(sp => sp.GetRequiredService<ResourceServiceHost>());
            services.AddSingleton<DashboardResource>();
        }

        services.AddHostedService(sp => sp.GetRequiredService<ApplicationOrchestrator>());
        eventing.Subscribe<BeforeStartEvent>((_, _) =>
        {
            ResourceInstances.Ensure(resources);
            return Task.CompletedTask;
        });
    }

    private static void AddHealth(IServiceCollection services)
    {
        services.AddHealthChecks();
        services.AddHostedService<ResourceHealthCheckService>();
        services.AddOptions<HealthCheckServiceOptions>().Validate<DistributedApplicationModel>(
            (checks, model) => model.Resources.SelectMany(r => r.Annotations.OfType<HealthCheckAnnotation>())
                .All(a => checks.Registrations.Any(r => r.Name == a.Key)),
            "A resource has a health check whose key is not registered in builder.Services.AddHealthChecks().");
    }
}
