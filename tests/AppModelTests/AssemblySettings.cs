using Xunit.Sdk;
using Xunit.v3;

// Each test runs its own processes. In parallel they would only be slower.
[assembly: Parallelization(Mode = ParallelMode.None)]
