using System.Net;
using Aspire.Hosting.Dcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aspire.Hosting.Dashboard;

/// <summary>The gRPC server of the resource service. It listens on the loopback interface only.</summary>
internal sealed class ResourceServiceHost(
    DashboardOptions options, EngineOptions engine, ResourceService resourceService, ILoggerFactory loggerFactory)
    : IHostedService, IAsyncDisposable
{
    private WebApplication? _web;

    /// <summary>The address of the started server.</summary>
    public string Url => _web?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.Single()
        ?? throw new InvalidOperationException("The resource service has not been started.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var port = engine.RandomizePorts ? 0 : DashboardOptions.Port(options.ResourceServiceUrl);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddSingleton(resourceService);
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        _web = builder.Build();
        _web.MapGrpcService<ResourceService>();
        try
        {
            await _web.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new DistributedApplicationException(
                $"Port {port} of the dashboard's resource service is in use. Stop the process that listens on it, "
                + "or change ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL in the launch profile.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _web?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _web?.DisposeAsync() ?? ValueTask.CompletedTask;
}
