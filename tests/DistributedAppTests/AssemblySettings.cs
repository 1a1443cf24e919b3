using Xunit.Sdk;
using Xunit.v3;

// The tests share one running system and compare its data before and after.
[assembly: Parallelization(Mode = ParallelMode.None)]
