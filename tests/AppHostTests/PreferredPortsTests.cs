using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Cruddur.AppHost;
using Cruddur.AppHost.Ports;

namespace Cruddur.AppHostTests;

public sealed class PreferredPortsTests
{
    private const string DashboardSetting = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";

    [Fact]
    public void A_port_is_taken_on_either_loopback_address()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.False(PreferredPorts.IsFree(port));
        listener.Stop();
        Assert.True(PreferredPorts.IsFree(port));
    }

    [Fact]
    public void A_taken_port_of_the_dashboard_is_replaced_and_a_free_one_stays()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var taken = ((IPEndPoint)listener.LocalEndpoint).Port;
        var builder = DistributedApplication.CreateBuilder([]);
        builder.Configuration[DashboardSetting] = $"http://localhost:{taken}";

        builder.UsePreferredDashboardPorts();
        var replaced = builder.Configuration[DashboardSetting]!;
        builder.UsePreferredDashboardPorts();

        Assert.NotEqual(taken, new Uri(replaced).Port);
        Assert.Equal(replaced, builder.Configuration[DashboardSetting]);
    }

    [Fact]
    public void Tests_get_no_preferred_port()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.Configuration["DcpPublisher:RandomizePorts"] = "true";

        Assert.Null(builder.GetPreferredPort(CruddurResources.Frontend));
    }
}
