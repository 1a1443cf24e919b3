using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Cruddur.AppHost.Commands;

/// <summary>An argument of a verb, as a field of the dashboard's dialog and on the command line.</summary>
internal sealed class VerbInput
{
    private readonly bool _isPositional;
    private readonly int _maximum;

    private VerbInput(InteractionInput field, bool isPositional, int maximum = 0) =>
        (Field, _isPositional, _maximum) = (field, isPositional, maximum);

    /// <summary>The field of the dialog.</summary>
    public InteractionInput Field { get; }

    /// <summary>A whole number from 1, which the verb takes as an option with the name of the field.</summary>
    public static VerbInput Number(string name, string label, int value, int maximum) => new(
        new()
        {
            Name = name,
            Label = label,
            Description = string.Create(CultureInfo.InvariantCulture, $"1 to {maximum:N0}"),
            InputType = InputType.Number,
            Value = value.ToString(CultureInfo.InvariantCulture),
            Required = true,
        },
        isPositional: false,
        maximum);

    /// <summary>A required text, which the verb takes as an option with the name of the field.</summary>
    public static VerbInput Text(string name, string label, string description) => new(
        new() { Name = name, Label = label, Description = description, InputType = InputType.Text, Required = true, MaxLength = 256 },
        isPositional: false);

    /// <summary>One of some values or another one, which the verb takes as its argument.</summary>
    public static VerbInput Choice(string name, string label, string description, params KeyValuePair<string, string>[] options) => new(
        new()
        {
            Name = name,
            Label = label,
            Description = description,
            InputType = InputType.Choice,
            Options = options,
            AllowCustomChoice = true,
            Value = options[0].Key,
            Required = true,
        },
        isPositional: true);

    /// <summary>Adds an error where the value is not one that the verb can take.</summary>
    public void Validate(InputsDialogValidationContext context)
    {
        if (Field.InputType is InputType.Number
            && !(int.TryParse(context.Inputs.GetString(Field.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= 1 && number <= _maximum))
        {
            context.AddValidationError(
                Field.Name, string.Create(CultureInfo.InvariantCulture, $"Write a whole number from 1 to {_maximum:N0}."));
        }
    }

    /// <summary>The options among some inputs, in the form that takes any value.</summary>
    public static IEnumerable<string> Options(IEnumerable<VerbInput> inputs, InteractionInputCollection values) =>
        inputs.Where(input => !input._isPositional)
            .Select(input => (input.Field.Name, Value: values.GetString(input.Field.Name)))
            .Where(option => !string.IsNullOrEmpty(option.Value))
            .Select(option => $"--{option.Name}={option.Value}");

    /// <summary>The arguments among some inputs. What follows <c>--</c> is never read as an option.</summary>
    public static IEnumerable<string> Positional(IEnumerable<VerbInput> inputs, InteractionInputCollection values)
    {
        string[] positional = [.. inputs.Where(input => input._isPositional)
            .Select(input => values.GetString(input.Field.Name)).OfType<string>().Where(value => value.Length > 0)];
        return positional.Length > 0 ? ["--", .. positional] : [];
    }
}
