using Cruddur.Seeder.Output;
using Cruddur.Seeder.Steps;

namespace Cruddur.Seeder.Listings;

/// <summary>A list that the seeder prints. It changes nothing.</summary>
internal interface ISeederListing : ITable
{
    /// <summary>The listing's verb on the command line, such as <c>ddb scan</c>.</summary>
    string Verb { get; }

    /// <summary>The server that has the data.</summary>
    SeederServer Server { get; }
}
