namespace Cruddur.Data.Upgrades;

/// <summary>The counts of a run of <see cref="ConversationUpgrade"/>.</summary>
/// <param name="Conversations">How many conversations were checked.</param>
/// <param name="Upgraded">How many of them were changed.</param>
/// <param name="Messages">How many messages got a normalized sort key.</param>
/// <param name="Skipped">How many group heads were skipped because they, or items of their conversation, cannot be read.</param>
public sealed record UpgradeResult(int Conversations, int Upgraded, int Messages, int Skipped);
