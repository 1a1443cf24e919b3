using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.Dashboard.Wire;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard's dialogs that ask for the arguments of commands.</summary>
internal sealed class CommandDialogs(IServiceProvider services)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Dialog> _open = [];
    private Action<WatchInteractionsResponseUpdate>? _changed;
    private int _lastId;

    /// <summary>Asks until the arguments are valid. The result is null when the user cancels the dialog.</summary>
    public async Task<InteractionInputCollection?> AskAsync(
        ResourceCommandAnnotation command, InteractionInputCollection arguments, CancellationToken cancellationToken)
    {
        var dialog = new Dialog(Interlocked.Increment(ref _lastId), command, arguments);
        lock (_lock)
        {
            _open.Add(dialog.Id, dialog);
            _changed?.Invoke(dialog.ToWire());
        }

        try
        {
            return await dialog.Answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(dialog.Id);
                _changed?.Invoke(new() { InteractionId = dialog.Id, Complete = new InteractionComplete() });
            }
        }
    }

    /// <summary>Yields the open dialogs, and then each dialog that opens, changes or closes.</summary>
    public async IAsyncEnumerable<WatchInteractionsResponseUpdate> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<WatchInteractionsResponseUpdate>();
        lock (_lock)
        {
            foreach (var dialog in _open.Values)
            {
                Write(dialog.ToWire());
            }

            _changed += Write;
        }

        try
        {
            await foreach (var update in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return update;
            }
        }
        finally
        {
            lock (_lock)
            {
                _changed -= Write;
            }
        }

        void Write(WatchInteractionsResponseUpdate update) => channel.Writer.TryWrite(update);
    }

    /// <summary>Closes the dialog when it is cancelled or its values are valid, or else shows what is wrong with them.</summary>
    public async Task OnAnswerAsync(WatchInteractionsRequestUpdate answer, CancellationToken cancellationToken)
    {
        Dialog? dialog;
        lock (_lock)
        {
            if (!_open.TryGetValue(answer.InteractionId, out dialog))
            {
                return;
            }
        }

        if (answer.InputsDialog is not { } form)
        {
            dialog.Answer.TrySetResult(null);
            return;
        }

        foreach (var item in form.InputItems)
        {
            if (dialog.Arguments.TryGetByName(item.Name, out var input))
            {
                // The dashboard sends an untouched check box as an empty value.
                input.Value = input.InputType is Hosting.InputType.Boolean && item.Value.Length == 0 ? "false" : item.Value;
            }
        }

        if (await dialog.Command.ValidateAsync(dialog.Arguments, services, cancellationToken))
        {
            dialog.Answer.TrySetResult(dialog.Arguments);
            return;
        }

        lock (_lock)
        {
            _changed?.Invoke(dialog.ToWire());
        }
    }

    private sealed record Dialog(int Id, ResourceCommandAnnotation Command, InteractionInputCollection Arguments)
    {
        public TaskCompletionSource<InteractionInputCollection?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WatchInteractionsResponseUpdate ToWire() => new()
        {
            InteractionId = Id,
            Title = Command.DisplayName,
            Message = Command.Options.Description ?? "",
            PrimaryButtonText = Command.DisplayName,
            ShowSecondaryButton = true,
            ShowDismiss = true,
            InputsDialog = new InteractionInputsDialog { InputItems = { Arguments.Select(SnapshotMapper.ToWire) } },
        };
    }
}
