using Cruddur.AppHost.Integrations.EmbeddedPostgres;

namespace Cruddur.AppHostTests;

public sealed class UnprivilegedUserTests
{
    [Fact]
    public void Postgres_runs_in_a_user_namespace_for_root_only()
    {
        Assert.Equal(["initdb", "-D", "data"], new UnprivilegedUser(isRoot: false).Wrap("initdb", "-D", "data"));
        Assert.Equal(
            ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--", "initdb", "-D", "data"],
            new UnprivilegedUser(isRoot: true).Wrap("initdb", "-D", "data"));
    }
}
