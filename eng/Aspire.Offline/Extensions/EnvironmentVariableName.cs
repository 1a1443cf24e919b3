namespace Aspire.Hosting;

internal static class EnvironmentVariableName
{
    /// <summary>Makes a name fit for a variable: <c>my-db</c> → <c>my_db</c>, <c>2nd</c> → <c>_2nd</c>.</summary>
    public static string Encode(string name)
    {
        var encoded = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return encoded.Length > 0 && char.IsAsciiDigit(encoded[0]) ? "_" + encoded : encoded;
    }
}
