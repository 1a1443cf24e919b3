using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Completes and checks the arguments of a command.</summary>
internal static class CommandArguments
{
    private const int DefaultMaxLength = 8_000;

    /// <summary>The declared arguments with the given values, or else with their defaults. Other given values are left out.</summary>
    public static InteractionInputCollection Complete(this ResourceCommandAnnotation command, InteractionInputCollection given) =>
        new([.. command.Options.Arguments.Select(a => a.WithValue(given.TryGetByName(a.Name, out var input) ? input.Value : a.Value))]);

    /// <summary>Trims the values and records what is wrong with them. The command's own check runs when each value is valid.</summary>
    public static async Task<bool> ValidateAsync(
        this ResourceCommandAnnotation command,
        InteractionInputCollection arguments,
        IServiceProvider services,
        CancellationToken cancellationToken)
    {
        var context = new InputsDialogValidationContext { Inputs = arguments, Services = services, CancellationToken = cancellationToken };
        foreach (var input in arguments)
        {
            input.Value = input.InputType is InputType.SecretText ? input.Value : input.Value?.Trim();
            input.ValidationErrors.Clear();
            if (Error(input) is { } error)
            {
                context.AddValidationError(input, error);
            }
        }

        if (!context.HasErrors && command.Options.ValidateArguments is { } validate)
        {
            await validate(context);
        }

        return !context.HasErrors;
    }

    private static string? Error(InteractionInput input)
    {
        var maxLength = input.MaxLength ?? DefaultMaxLength;
        return input switch
        {
            { Value: null or "" } => input.Required ? "Value is required." : null,
            { InputType: InputType.Text or InputType.SecretText } when input.Value.Length > maxLength =>
                $"Value length exceeds {maxLength} characters.",
            { InputType: InputType.Choice, AllowCustomChoice: false, Options: { } options } when options.All(o => o.Key != input.Value) =>
                "Value must be one of the provided options.",
            { InputType: InputType.Boolean } when !bool.TryParse(input.Value, out _) => "Value must be a valid boolean.",
            { InputType: InputType.Number } when !double.TryParse(input.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) =>
                "Value must be a valid number.",
            _ => null,
        };
    }
}
