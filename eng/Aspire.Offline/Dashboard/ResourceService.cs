using System.Globalization;
using Aspire.Hosting.Dashboard.Wire;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aspire.Hosting.Dashboard;

/// <summary>Sends resources and their logs to the dashboard, and runs commands for it.</summary>
internal sealed class ResourceService(
    DashboardOptions options,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    CommandDialogs dialogs,
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime) : DashboardService.DashboardServiceBase
{
    private const string ApiKeyHeader = "x-resource-service-api-key";
    private const int MaxLinesPerUpdate = 1_000;
    private readonly DateTime _created = DateTime.UtcNow;

    public override Task<ApplicationInformationResponse> GetApplicationInformation(
        ApplicationInformationRequest request, ServerCallContext context)
    {
        Authorize(context);
        var name = options.ApplicationName(environment.ApplicationName);
        return Task.FromResult(new ApplicationInformationResponse { ApplicationName = name });
    }

    public override async Task WatchResources(
        WatchResourcesRequest request, IServerStreamWriter<WatchResourcesUpdate> responseStream, ServerCallContext context) =>
        await StreamAsync(context, async cancellationToken =>
        {
            // The changes begin with one for each existing resource.
            await responseStream.WriteAsync(new WatchResourcesUpdate { InitialData = new InitialResourceData() }, cancellationToken);
            await foreach (var change in notifications.WatchAsync(cancellationToken))
            {
                var upsert = new WatchResourcesChange { Upsert = SnapshotMapper.ToWire(change, _created) };
                var update = new WatchResourcesUpdate { Changes = new WatchResourcesChanges { Value = { upsert } } };
                await responseStream.WriteAsync(update, cancellationToken);
            }
        });

    public override async Task WatchResourceConsoleLogs(
        WatchResourceConsoleLogsRequest request,
        IServerStreamWriter<WatchResourceConsoleLogsUpdate> responseStream,
        ServerCallContext context) =>
        await StreamAsync(context, async cancellationToken =>
        {
            await foreach (var batch in loggers.ReadAsync([request.ResourceName], follow: !request.SuppressFollow, cancellationToken))
            {
                foreach (var lines in batch.Chunk(MaxLinesPerUpdate))
                {
                    var update = new WatchResourceConsoleLogsUpdate();
                    update.LogLines.AddRange(lines.Select(
                        l => new ConsoleLogLine { LineNumber = l.LineNumber, Text = l.Content, IsStdErr = l.IsErrorMessage }));
                    await responseStream.WriteAsync(update, cancellationToken);
                }
            }
        });

    public override async Task WatchInteractions(
        IAsyncStreamReader<WatchInteractionsRequestUpdate> requestStream,
        IServerStreamWriter<WatchInteractionsResponseUpdate> responseStream,
        ServerCallContext context) =>
        await StreamAsync(context, async cancellationToken =>
        {
            var send = SendAsync();
            while (await requestStream.MoveNext(cancellationToken))
            {
                await dialogs.OnAnswerAsync(requestStream.Current, cancellationToken);
            }

            async Task SendAsync()
            {
                await foreach (var update in dialogs.WatchAsync(cancellationToken))
                {
                    await responseStream.WriteAsync(update, cancellationToken);
                }
            }
        });

    public override async Task<ResourceCommandResponse> ExecuteResourceCommand(ResourceCommandRequest request, ServerCallContext context)
    {
        Authorize(context);
        var arguments = new InteractionInputCollection([.. request.Arguments.Select(a => ToInput(a.Key, a.Value))]);
        var result = await commands.ExecuteCommandAsync(
            request.ResourceName, request.CommandName, arguments, request.NonInteractive ? null : dialogs, context.CancellationToken);
        return SnapshotMapper.ToWire(result);
    }

    private static InteractionInput ToInput(string name, Value value) => new()
    {
        Name = name,
        InputType = InputType.Text,
        Value = value.KindCase switch
        {
            Value.KindOneofCase.StringValue => value.StringValue,
            Value.KindOneofCase.NumberValue => value.NumberValue.ToString("R", CultureInfo.InvariantCulture),
            Value.KindOneofCase.BoolValue => value.BoolValue ? "true" : "false",
            Value.KindOneofCase.NullValue => null,
            _ => throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"Resource command argument '{name}' must be a string, number, boolean, or null.")),
        },
    };

    private void Authorize(ServerCallContext context)
    {
        if (options.ResourceServiceApiKey is { } key && context.RequestHeaders.GetValue(ApiKeyHeader) != key)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, $"The header {ApiKeyHeader} is missing or wrong."));
        }
    }

    private async Task StreamAsync(ServerCallContext context, Func<CancellationToken, Task> stream)
    {
        Authorize(context);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await stream(ending.Token);
        }
        catch (Exception exception)
            when (ending.IsCancellationRequested && exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The dashboard has disconnected, or the application stops.
        }
        finally
        {
            // One direction of a stream ends with the other.
            await ending.CancelAsync();
        }
    }
}
