using Cruddur.Data.Messages;
using Cruddur.Data.Users;
using Cruddur.Seeder.Conversation;

namespace Cruddur.Seeder.Steps;

/// <summary>Writes the Babylon 5 conversation to DynamoDB.</summary>
internal sealed class ConversationStep(UserStore users, ConversationImport import) : ISeederStep
{
    public string Verb => "ddb seed";

    public SeederServer Server => SeederServer.DynamoDb;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var first = await FindAsync(Babylon5.FirstHandle, cancellationToken);
        var second = await FindAsync(Babylon5.SecondHandle, cancellationToken);
        var lines = Babylon5.Lines(first, second);
        var written = await import.ImportAsync(
            Babylon5.GroupUuid, first, second, lines, Babylon5.Start, Babylon5.Spacing, cancellationToken);
        return new(
            written > 0
                ? $"wrote a conversation of {written} messages between {first.Handle} and {second.Handle}"
                : $"{first.Handle} and {second.Handle} have a conversation already",
            new StepCount("messages.written", written));
    }

    private async Task<User> FindAsync(string handle, CancellationToken cancellationToken) =>
        await users.FindByHandleAsync(handle, cancellationToken)
        ?? throw new InvalidOperationException($"There is no user {handle}. Run `db seed` first.");
}
