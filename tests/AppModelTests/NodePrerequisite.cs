using System.ComponentModel;
using System.Diagnostics;
using Cruddur.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(Cruddur.AppModelTests.NodePrerequisite))]

namespace Cruddur.AppModelTests;

/// <summary>Checks before the first test that node exists: it runs the processes of <see cref="Sample"/>.</summary>
public sealed class NodePrerequisite : ITestPipelineStartup
{
    /// <inheritdoc/>
    public async ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            await node.WaitForExitAsync();
        }
        catch (Win32Exception)
        {
            MissingPrerequisite.Exit("The tests need Node.js 20 or newer, and no node was found: install it and put it on the PATH.");
        }
    }

    /// <inheritdoc/>
    public ValueTask StopAsync() => default;
}
