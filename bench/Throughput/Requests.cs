using System.Text;
using Amazon.DynamoDBv2.Model;
using Amazon.DynamoDBv2.Model.Internal.MarshallTransformations;
using Amazon.Runtime.Internal;

namespace Cruddur.Throughput;

/// <summary>Prepares requests to the API and to DynamoDB.</summary>
/// <param name="servers">The servers.</param>
internal sealed class Requests(Servers servers)
{
    /// <summary>A GET request to the API, with a token.</summary>
    public byte[] Get(string path) =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer {servers.AccessToken}\r\n\r\n");

    /// <summary>A message to a group.</summary>
    public byte[] Send(Guid groupUuid, string message)
    {
        var body = $$"""{"message":"{{message}}","message_group_uuid":"{{groupUuid}}"}""";
        return Encoding.UTF8.GetBytes(
            $"POST /api/messages HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer {servers.AccessToken}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    /// <summary>The same GetItem as a request to DynamoDB.</summary>
    public static byte[] Bare(GetItemRequest request) => DynamoDb(GetItemRequestMarshaller.Instance.Marshall(request));

    /// <summary>The same Query as a request to DynamoDB.</summary>
    public static byte[] Bare(QueryRequest request) => DynamoDb(QueryRequestMarshaller.Instance.Marshall(request));

    /// <summary>The same transaction as a request to DynamoDB.</summary>
    public static byte[] Bare(TransactWriteItemsRequest request) =>
        DynamoDb(TransactWriteItemsRequestMarshaller.Instance.Marshall(request));

    /// <summary>DynamoDB Local accepts any signature.</summary>
    private static byte[] DynamoDb(IRequest request)
    {
        using var body = new MemoryStream();
        request.ContentStream.CopyTo(body);
        var headers = $"POST / HTTP/1.1\r\nHost: dynamodb\r\nX-Amz-Target: {request.Headers["X-Amz-Target"]}\r\n"
            + "X-Amz-Date: 20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 "
            + "Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0\r\n"
            + $"Content-Type: {request.Headers["Content-Type"]}\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(headers), .. body.ToArray()];
    }
}
