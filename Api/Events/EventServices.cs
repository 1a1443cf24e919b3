using Cruddur.Data.Notifications;

namespace Cruddur.Api.Events;

/// <summary>Registers the event streams.</summary>
internal static class EventServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services) =>
        services
            .AddSingleton<MessageHub>()
            .AddSingleton<INotificationHandler>(provider => provider.GetRequiredService<MessageHub>())
            .AddSingleton<EventStream>();
}
