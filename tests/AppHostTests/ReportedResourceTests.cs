using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost;
using Cruddur.AppHost.Report;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cruddur.AppHostTests;

public sealed class ReportedResourceTests
{
    private readonly ReportedResource _seeder;
    private readonly ReportedResource _api;
    private readonly ReportedResource _installer;

    public ReportedResourceTests()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var installer = builder.AddExecutable("packages", "npm", ".");
        var seeder = builder.AddExecutable(CruddurResources.Seeder, "seeder", ".").WaitForCompletion(installer);
        builder.AddExecutable(CruddurResources.Api, "api", ".").WaitForCompletion(seeder);
        builder.AddExecutable("unrelated", "unrelated", ".");

        var resources = ReportedResource.From(new DistributedApplicationModel(builder.Resources));
        Assert.Equal(["packages", CruddurResources.Seeder, CruddurResources.Api], resources.Select(resource => resource.Name));
        (_installer, _seeder, _api) = (resources[0], resources[1], resources[2]);
    }

    [Fact]
    public void A_server_is_ready_when_all_its_instances_are_healthy()
    {
        Update(_api, KnownResourceStates.Running, instance: "api-1");
        Update(_api, KnownResourceStates.Starting, instance: "api-2");
        Assert.Equal(ReportedPhase.Pending, _api.Phase);
        Assert.True(_api.IsBusy);

        Assert.True(Update(_api, KnownResourceStates.Running, instance: "api-2"));
        Assert.Equal(ReportedPhase.Ready, _api.Phase);
    }

    [Fact]
    public void A_server_that_ends_has_failed_and_can_become_ready_again()
    {
        Update(_api, KnownResourceStates.Running);

        Assert.True(Update(_api, KnownResourceStates.Exited, exitCode: 137));
        Assert.Equal((ReportedPhase.Failed, 137), (_api.Phase, _api.ExitCode));
        Assert.False(Update(_api, KnownResourceStates.Exited, exitCode: 137));

        Update(_api, KnownResourceStates.Starting);
        Assert.True(Update(_api, KnownResourceStates.Running));
        Assert.Equal(ReportedPhase.Ready, _api.Phase);
    }

    [Fact]
    public void A_server_that_somebody_stops_has_not_failed()
    {
        Update(_api, KnownResourceStates.Running);
        Update(_api, KnownResourceStates.Stopping);

        Update(_api, KnownResourceStates.Exited, exitCode: 143);

        Assert.Equal(ReportedPhase.Stopped, _api.Phase);
    }

    [Fact]
    public void A_one_shot_is_ready_when_it_has_succeeded_also_after_a_failure()
    {
        Update(_seeder, KnownResourceStates.Running);
        Assert.Equal(ReportedPhase.Pending, _seeder.Phase);

        Update(_seeder, KnownResourceStates.Finished, exitCode: 1);
        Assert.Equal(ReportedPhase.Failed, _seeder.Phase);

        Update(_seeder, KnownResourceStates.Running);
        Update(_seeder, KnownResourceStates.Finished, exitCode: 0);
        Assert.Equal(ReportedPhase.Ready, _seeder.Phase);
    }

    [Fact]
    public void An_installer_says_that_it_installs()
    {
        Assert.True(_installer.IsInstaller);
        Assert.True(Update(_installer, KnownResourceStates.Running));
        Assert.Equal(ReportedPhase.Installing, _installer.Phase);

        Update(_installer, KnownResourceStates.Exited, exitCode: 1);
        Assert.Equal(ReportedPhase.Failed, _installer.Phase);
    }

    [Fact]
    public void A_check_that_names_the_cause_explains_more_than_one_with_an_exception()
    {
        HealthReportSnapshot[] reports =
        [
            new("server", HealthStatus.Healthy, "all is well", null),
            new("query", HealthStatus.Unhealthy, "28P01: password authentication failed", "Npgsql.PostgresException"),
            new("password", HealthStatus.Unhealthy, "The volume was created with another password", null),
        ];

        Assert.Equal("The volume was created with another password", ReportedResource.Explain(reports));
        Assert.Equal("28P01: password authentication failed", ReportedResource.Explain(reports[..2]));
        Assert.Null(ReportedResource.Explain(reports[..1]));
    }

    /// <summary>Reports a state. A resource without health checks is healthy while it runs.</summary>
    private static bool Update(ReportedResource resource, string state, int? exitCode = null, string? instance = null)
    {
        var snapshot = new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], State = state, ExitCode = exitCode };
        return resource.Update(new ResourceEvent(resource.Resource, instance ?? resource.Name, snapshot));
    }
}
