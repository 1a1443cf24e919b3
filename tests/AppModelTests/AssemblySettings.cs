using Xunit.Sdk;
using Xunit.v3;

// Each test runs processes of its own; side by side they would only make one another late.
[assembly: Parallelization(Mode = ParallelMode.None)]
