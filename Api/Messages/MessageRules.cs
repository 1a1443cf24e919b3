using Cruddur.Api.Errors;

namespace Cruddur.Api.Messages;

/// <summary>The rules for messages.</summary>
internal static class MessageRules
{
    /// <summary>The maximum length of a message, in code points.</summary>
    public const int MaxCodePoints = 1024;

    /// <summary>The error codes of a request; empty when it is valid.</summary>
    public static IEnumerable<string> Violations(SendMessageRequest request)
    {
        foreach (var violation in TextViolations(request.Message))
        {
            yield return violation;
        }

        if (request.MessageGroupUuid is { } groupUuid)
        {
            if (string.IsNullOrWhiteSpace(groupUuid))
            {
                yield return ErrorCodes.MessageGroupUuidBlank;
            }
        }
        else if (string.IsNullOrWhiteSpace(request.Handle))
        {
            yield return ErrorCodes.ReceiverHandleBlank;
        }
    }

    /// <summary>The error codes of a text; empty when it is valid.</summary>
    public static IEnumerable<string> TextViolations(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return ErrorCodes.MessageBlank;
        }
        else if (CountCodePoints(text) > MaxCodePoints)
        {
            yield return ErrorCodes.MessageTooLong;
        }
        else if (text.Contains('\0', StringComparison.Ordinal))
        {
            yield return ErrorCodes.MessageInvalid;
        }
    }

    private static int CountCodePoints(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
