namespace Cruddur.DistributedAppTests;

/// <summary>The test classes that share one <see cref="ScratchCruddur"/>.</summary>
[CollectionDefinition(Name)]
public sealed class ScratchSystem : ICollectionFixture<ScratchCruddur>
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "Scratch";
}
