namespace Cruddur.Seeder.Steps;

/// <summary>One step of the seeder. Running it again changes nothing.</summary>
internal interface ISeederStep
{
    /// <summary>The step's verb on the command line, such as <c>ddb schema-load</c>.</summary>
    string Verb { get; }

    /// <summary>The server that the step works on.</summary>
    SeederServer Server { get; }

    /// <summary>Runs the step.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>What was done.</returns>
    Task<StepResult> RunAsync(CancellationToken cancellationToken);
}
