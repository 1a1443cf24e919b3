using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cruddur.AppHost.Integrations;

/// <summary>Why the last start of a resource failed, in one sentence that names the fix.</summary>
/// <param name="Message">The sentence.</param>
public sealed record StartFailureAnnotation(string Message) : IResourceAnnotation;

/// <summary>Runs work before a process starts.</summary>
public static class StartPreparationExtensions
{
    /// <summary>
    /// Runs <paramref name="prepare"/> before each start of the resource, when everything that it waits for is there and its data
    /// directory exists. A <see cref="DistributedApplicationException"/> fails the start; its message stays on the resource as a
    /// <see cref="StartFailureAnnotation"/> until the next start.
    /// </summary>
    /// <typeparam name="T">The type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="prepare">The work. The logger writes to the resource's console log.</param>
    public static IResourceBuilder<T> WithStartPreparation<T>(
        this IResourceBuilder<T> builder, Func<ILogger, CancellationToken, Task> prepare)
        where T : ExecutableResource, IResourceWithDataDirectory =>
        builder.OnBeforeResourceStarted(async (resource, @event, cancellationToken) =>
        {
            foreach (var failure in resource.Annotations.OfType<StartFailureAnnotation>().ToArray())
            {
                resource.Annotations.Remove(failure);
            }

            // Aspire's own wait comes after the handlers of this event, and the programs may not be installed yet.
            await @event.Services.GetRequiredService<ResourceNotificationService>().WaitForDependenciesAsync(resource, cancellationToken);
            try
            {
                DataDirectoryExtensions.CreateOwnerOnly(resource.GetDataDirectory().Path);
                await prepare(@event.Services.GetRequiredService<ResourceLoggerService>().GetLogger(resource), cancellationToken);
            }
            catch (Exception error) when (error is DistributedApplicationException or IOException or UnauthorizedAccessException)
            {
                resource.Annotations.Add(new StartFailureAnnotation(error.Message));
                throw;
            }
        });
}
