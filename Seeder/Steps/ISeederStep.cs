namespace Cruddur.Seeder.Steps;

/// <summary>One thing the seeder does. Doing it again changes nothing.</summary>
internal interface ISeederStep
{
    /// <summary>The step's verb on the command line, such as <c>ddb schema-load</c>.</summary>
    string Verb { get; }

    /// <summary>The server that the step works on.</summary>
    SeederServer Server { get; }

    /// <summary>Does it.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was done.</returns>
    Task<StepResult> RunAsync(CancellationToken cancellationToken);
}
