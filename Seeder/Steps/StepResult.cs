namespace Cruddur.Seeder.Steps;

/// <summary>The result of a step.</summary>
/// <param name="Summary">One line for the console.</param>
/// <param name="Counts">Counts for telemetry.</param>
internal sealed record StepResult(string Summary, params IReadOnlyList<StepCount> Counts);

/// <summary>A count of what a step wrote or read.</summary>
/// <param name="Name">What was counted, such as <c>messages.written</c>.</param>
/// <param name="Value">The count.</param>
internal readonly record struct StepCount(string Name, int Value);
