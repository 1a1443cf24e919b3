using Cruddur.Data.Users;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Bulk;

/// <summary>Adds the generated users to Postgres.</summary>
internal sealed class BulkUsersStep(UserStore users, BulkSize size) : ISeederStep
{
    public string Verb => "ddb seed users";

    public SeederServer Server => SeederServer.Postgres;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var added = await users.AddAsync(Participants.Generate(size.Users), cancellationToken);
        return new(added > 0 ? $"added {added} users" : "all users exist", new StepCount("users.added", added));
    }
}
