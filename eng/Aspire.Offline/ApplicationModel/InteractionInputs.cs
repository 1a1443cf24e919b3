using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>An argument of a command, and a field of the dialog that asks for it.</summary>
public sealed class InteractionInput
{
    /// <summary>The name by which callers give the value. Upper and lower case are the same.</summary>
    public required string Name { get; init; }

    /// <summary>The label of the field. The default is the name.</summary>
    public string? Label { get; init; }

    public string? Description { get; init; }

    public required InputType InputType { get; init; }

    public bool Required { get; init; }

    /// <summary>The values of a choice and their labels.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; set; }

    /// <summary>The value, which is the default in a declaration.</summary>
    public string? Value { get; set; }

    public string? Placeholder { get; init; }

    /// <summary>Whether a choice accepts values that are not among its options.</summary>
    public bool AllowCustomChoice { get; init; }

    /// <summary>The longest text, in UTF-16 code units. The default is 8,000.</summary>
    public int? MaxLength { get; init; }

    internal List<string> ValidationErrors { get; private set; } = [];

    internal InteractionInput WithValue(string? value)
    {
        var copy = (InteractionInput)MemberwiseClone();
        (copy.Value, copy.ValidationErrors) = (value, []);
        return copy;
    }
}

/// <summary>The type of an input.</summary>
public enum InputType
{
    Text,
    SecretText,
    Choice,
    Boolean,
    Number,
}

/// <summary>Inputs in order, which can be found by name.</summary>
public sealed class InteractionInputCollection : IReadOnlyList<InteractionInput>
{
    private readonly OrderedDictionary<string, InteractionInput> _inputs = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">Two inputs have the same name.</exception>
    public InteractionInputCollection(IReadOnlyList<InteractionInput> inputs)
    {
        foreach (var input in inputs)
        {
            if (!_inputs.TryAdd(input.Name, input))
            {
                throw new InvalidOperationException($"Duplicate input name '{input.Name}' found. Input names must be unique.");
            }
        }
    }

    public int Count => _inputs.Count;

    public InteractionInput this[int index] => _inputs.GetAt(index).Value;

    /// <exception cref="KeyNotFoundException">There is no input of that name.</exception>
    public InteractionInput this[string name] => _inputs[name];

    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input) => _inputs.TryGetValue(name, out input);

    public string? GetString(string name) => this[name].Value;

    public IEnumerator<InteractionInput> GetEnumerator() => _inputs.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The arguments of <see cref="ApplicationModel.CommandOptions.ValidateArguments"/>.</summary>
public sealed class InputsDialogValidationContext
{
    public required InteractionInputCollection Inputs { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public required IServiceProvider Services { get; init; }

    internal bool HasErrors { get; private set; }

    /// <summary>Adds an error, which the dialog shows beside the input.</summary>
    public void AddValidationError(InteractionInput input, string errorMessage)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrEmpty(errorMessage);
        input.ValidationErrors.Add(errorMessage);
        HasErrors = true;
    }

    /// <inheritdoc cref="AddValidationError(InteractionInput, string)"/>
    /// <exception cref="KeyNotFoundException">There is no input of that name.</exception>
    public void AddValidationError(string inputName, string errorMessage) => AddValidationError(Inputs[inputName], errorMessage);
}
