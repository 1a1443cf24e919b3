using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cruddur.Seeder.Bulk;

namespace Cruddur.Seeder.Commands;

/// <summary>The options of <c>ddb seed</c> that ask for more data than the Babylon 5 conversation.</summary>
internal static class BulkOptions
{
    private static readonly Option<int?> Messages = Number("--messages", BulkSize.MaxMessages, "Add so many messages.");
    private static readonly Option<int?> Groups = Number("--groups", BulkSize.MaxGroups, "Spread them over so many conversations.");
    private static readonly Option<int?> Users = Number("--users", BulkSize.MaxUsers, "Let so many generated users take part.");

    /// <summary>Adds the options to the verb.</summary>
    public static Verb WithBulkOptions(this Verb verb)
    {
        verb.Add(Messages);
        verb.Add(Groups);
        verb.Add(Users);
        verb.Validators.Add(result =>
        {
            try
            {
                Size(result);
            }
            catch (ArgumentException exception)
            {
                result.AddError(exception.Message);
            }
            catch (InvalidOperationException)
            {
                // One of the options is not a number. Its parser has added the error.
            }
        });
        return verb;
    }

    /// <summary>How much data a command line asks for; null if it has none of the options.</summary>
    public static BulkSize? Size(CommandResult result)
    {
        var (messages, groups, users) = (result.GetValue(Messages), result.GetValue(Groups), result.GetValue(Users));
        return (messages ?? groups ?? users) is null ? null : BulkSize.Create(messages, groups, users);
    }

    private static Option<int?> Number(string name, int max, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= 1 && number <= max)
            {
                return number;
            }

            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"{name} takes a number from 1 to {max:N0}, and not '{result.Tokens[0].Value}'."));
            return null;
        },
    };
}
