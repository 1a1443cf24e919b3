namespace Cruddur.Seeder.Steps;

/// <summary>What a step has done.</summary>
/// <param name="Summary">One line for people.</param>
/// <param name="Counts">The same in figures.</param>
internal sealed record StepResult(string Summary, params IReadOnlyList<StepCount> Counts);

/// <summary>How many of something a step has written or seen.</summary>
/// <param name="Name">What was counted, such as <c>messages.written</c>.</param>
/// <param name="Value">How many.</param>
internal readonly record struct StepCount(string Name, int Value);
