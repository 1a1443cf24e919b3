using System.CommandLine;
using Cruddur.Seeder.Listings;
using Cruddur.Seeder.Output;
using Cruddur.Seeder.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.Seeder.Commands;

/// <summary>Gives a verb its action: it runs steps, deletes something after a confirmation, or prints a listing.</summary>
internal static class VerbActions
{
    /// <summary>Runs one step.</summary>
    public static Verb Runs<TStep>(this Verb verb)
        where TStep : ISeederStep => verb.Runs((services, _) => [services.Create<TStep>()]);

    /// <summary>Runs steps in order.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="steps">Creates the steps for a command line.</param>
    public static Verb Runs(this Verb verb, Func<IServiceProvider, ParseResult, IReadOnlyList<ISeederStep>> steps) =>
        verb.RunsWithServices((services, parsed, cancellationToken) =>
            RunAsync(verb.FullName, steps(services, parsed), services, parsed, cancellationToken));

    /// <summary>Asks for a confirmation, then runs steps.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="question">What to ask.</param>
    /// <param name="steps">Creates the steps for a command line.</param>
    public static Verb RunsConfirmed(
        this Verb verb,
        Func<IServiceProvider, ParseResult, string> question,
        Func<IServiceProvider, ParseResult, IReadOnlyList<ISeederStep>> steps)
    {
        verb.Add(VerbOptions.Yes);
        return verb.RunsWithServices(async (services, parsed, cancellationToken) =>
            parsed.GetValue(VerbOptions.Yes) || Confirmation.Ask(question(services, parsed))
                ? await RunAsync(verb.FullName, steps(services, parsed), services, parsed, cancellationToken)
                : ExitCodes.NotConfirmed);
    }

    /// <summary>Prints a listing.</summary>
    public static Verb Lists<TListing>(this Verb verb)
        where TListing : ISeederListing => verb.Lists((services, _) => services.Create<TListing>());

    /// <summary>Prints a listing.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="listing">Creates the listing for a command line.</param>
    public static Verb Lists(this Verb verb, Func<IServiceProvider, ParseResult, ISeederListing> listing)
    {
        verb.Add(VerbOptions.Rows);
        return verb.RunsWithServices((services, parsed, cancellationToken) =>
            services.GetRequiredService<StepRunner>().ListAsync(
                listing(services, parsed), VerbOptions.Format(parsed), parsed.GetValue(VerbOptions.Rows), cancellationToken));
    }

    /// <summary>Creates a step or a listing from the services and the values of the command line.</summary>
    public static T Create<T>(this IServiceProvider services, params object[] arguments) =>
        ActivatorUtilities.CreateInstance<T>(services, arguments);

    private static Verb RunsWithServices(this Verb verb, Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> run)
    {
        verb.Add(VerbOptions.Prod);
        verb.SetAction((parsed, cancellationToken) => SeederHost.RunAsync(
            services => run(services, parsed, cancellationToken), !parsed.GetValue(VerbOptions.Prod), cancellationToken));
        return verb;
    }

    private static Task<int> RunAsync(
        string verb,
        IReadOnlyList<ISeederStep> steps,
        IServiceProvider services,
        ParseResult parsed,
        CancellationToken cancellationToken) =>
        services.GetRequiredService<StepRunner>().RunAsync(verb, steps, VerbOptions.Format(parsed), cancellationToken);
}
