using System.IO.Pipes;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Cruddur.AppHost.Session;

/// <summary>Runs commands of resources for terminals of the same user, which connect to a named pipe.</summary>
/// <param name="services">The AppHost's services.</param>
internal sealed class CommandChannel(IServiceProvider services)
{
    private static readonly AsyncLocal<bool> JsonRequest = new();

    /// <summary>The name of the pipe. Nobody can guess it.</summary>
    public string Pipe { get; } = NewPipeName();

    /// <summary>Whether the command that runs now is to return a table as JSON.</summary>
    public static bool IsJsonRequested => JsonRequest.Value;

    /// <summary>Takes requests until the AppHost stops.</summary>
    /// <param name="stoppingToken">Cancelled when the AppHost stops.</param>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pipe = new NamedPipeServerStream(
                Pipe,
                PipeDirection.InOut,
                NamedPipeServerStream.MaxAllowedServerInstances,
                PipeTransmissionMode.Byte,
                PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
            try
            {
                await pipe.WaitForConnectionAsync(stoppingToken);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or UnauthorizedAccessException)
            {
                // The AppHost stops, or the client has ended already, or it belongs to another user.
                await pipe.DisposeAsync();
                continue;
            }

            _ = AnswerAsync(pipe, stoppingToken);
        }
    }

    private static string NewPipeName()
    {
        var name = $"cruddur-{Guid.NewGuid():N}";

        // Elsewhere than on Windows a pipe is a socket in the directory for temporary files, which can differ between terminals.
        return OperatingSystem.IsWindows() ? name : Path.Combine(Path.GetTempPath(), name);
    }

    private async Task AnswerAsync(NamedPipeServerStream pipe, CancellationToken stoppingToken)
    {
        await using var _ = pipe;
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            if (await pipe.ReceiveAsync(SessionJson.Default.CommandRequest, cancellation.Token) is not { } request)
            {
                return;
            }

            // Ctrl+C in the terminal ends the connection, and with it the command.
            var disconnected = CancelWhenDisconnectedAsync(pipe, cancellation);
            await pipe.SendAsync(await ExecuteAsync(request, cancellation.Token), SessionJson.Default.CommandAnswer, cancellation.Token);
            await cancellation.CancelAsync();
            await disconnected;
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or JsonException)
        {
            // The terminal has ended the connection, or is of another version.
        }
    }

    private async Task<CommandAnswer> ExecuteAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        JsonRequest.Value = request.Json;
        var arguments = request.Arguments.Select(argument =>
            new InteractionInput { Name = argument.Key, InputType = InputType.Text, Value = argument.Value });
        var result = await services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(
            request.Resource, request.Command, new InteractionInputCollection([.. arguments]), cancellationToken);
        return new(result.Success, result.Message, result.Data?.Value);
    }

    private static async Task CancelWhenDisconnectedAsync(NamedPipeServerStream pipe, CancellationTokenSource cancellation)
    {
        try
        {
            await pipe.ReadExactlyAsync(new byte[1], cancellation.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The terminal has broken the connection, or the answer has been sent.
        }

        await cancellation.CancelAsync();
    }
}
