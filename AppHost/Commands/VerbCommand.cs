using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Commands;

/// <summary>A command of the dashboard that runs a verb of the seeder.</summary>
/// <param name="Name">The name of the command.</param>
/// <param name="DisplayName">The name in the dashboard's menu.</param>
/// <param name="Verb">The verb, such as <c>ddb scan</c>.</param>
/// <param name="IconName">The name of a Fluent icon.</param>
/// <param name="Description">What it does, as the dashboard's tooltip.</param>
internal sealed record VerbCommand(string Name, string DisplayName, string Verb, string IconName, string Description)
{
    /// <summary>The arguments of the verb.</summary>
    public IReadOnlyList<VerbInput> Inputs { get; init; } = [];

    /// <summary>The resources that have to be healthy.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>Whether the verb changes data. Only one such command runs at a time.</summary>
    public bool ChangesData { get; init; }

    /// <summary>The question to answer first, for a verb that deletes data.</summary>
    public string? Confirmation { get; init; }

    /// <summary>What runs when the verb has succeeded.</summary>
    public Func<ExecuteCommandContext, Task>? OnSuccess { get; init; }
}
