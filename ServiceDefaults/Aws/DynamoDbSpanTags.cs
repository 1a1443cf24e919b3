namespace Cruddur.ServiceDefaults.Aws;

/// <summary>
/// The tags that OpenTelemetry's conventions add to the SDK's own attributes of a DynamoDB call. With them, tools recognise a
/// database call and its server. See https://opentelemetry.io/docs/specs/semconv/database/dynamodb/.
/// </summary>
internal static class DynamoDbSpanTags
{
    private const string Source = "AWSSDK.DynamoDB";

    /// <summary>The tags of one call; none for other services.</summary>
    /// <param name="source">The SDK's tracing scope.</param>
    /// <param name="spanName">The span's name: service and operation, as in <c>DynamoDB.Query</c>.</param>
    public static IEnumerable<KeyValuePair<string, object?>> For(string source, string spanName)
    {
        if (source != Source)
        {
            yield break;
        }

        yield return new("db.system", "dynamodb");
        yield return new("db.system.name", "aws.dynamodb");
        yield return new("db.operation.name", spanName[(spanName.IndexOf('.', StringComparison.Ordinal) + 1)..]);

        if (Uri.TryCreate(Environment.GetEnvironmentVariable(SettingNames.DynamoDbEndpoint), UriKind.Absolute, out var endpoint))
        {
            yield return new("server.address", endpoint.Host);
            yield return new("server.port", endpoint.Port);
        }
    }
}
