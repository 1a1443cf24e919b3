using Cruddur.Data.Upgrades;

namespace Cruddur.Seeder.Steps;

/// <summary>Brings the conversations of earlier versions up to date.</summary>
internal sealed class DynamoDbUpgradeStep(ConversationUpgrade upgrade, UpgradeMode mode) : ISeederStep
{
    public string Verb => "ddb upgrade";

    public SeederServer Server => SeederServer.DynamoDb;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        if (mode is UpgradeMode.Once && await upgrade.IsCompleteAsync(cancellationToken))
        {
            return new("all conversations are up to date");
        }

        var result = await upgrade.RunAsync(cancellationToken);
        return new(
            Summarize(result),
            new StepCount("conversations.checked", result.Conversations),
            new StepCount("conversations.upgraded", result.Upgraded),
            new StepCount("messages.moved", result.Messages),
            new StepCount("conversations.skipped", result.Skipped));
    }

    private static string Summarize(UpgradeResult result) =>
        $"upgraded {result.Upgraded} of {result.Conversations} conversations and the keys of {result.Messages} messages"
        + (result.Skipped > 0 ? $", skipped {result.Skipped}" : "");
}

/// <summary>When <see cref="DynamoDbUpgradeStep"/> checks the conversations.</summary>
internal enum UpgradeMode
{
    /// <summary>Unless an upgrade has completed.</summary>
    Once,

    /// <summary>Each time, for conversations that were restored or imported after an upgrade.</summary>
    Always,
}
