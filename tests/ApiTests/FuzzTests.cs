using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cruddur.ApiTests.Infrastructure;
using Cruddur.Tests;

namespace Cruddur.ApiTests;

/// <summary>Random requests to all operations of the OpenAPI document. No answer is a fault of the server.</summary>
public sealed partial class FuzzTests(ApiFixture fixture)
{
    /// <summary>Sets how many requests are sent to each operation, for a long run.</summary>
    private const string RequestsVariable = "CRUDDUR_FUZZ_REQUESTS";

    private const int RequestsPerOperation = 60;

    private static readonly string[] Texts =
    [
        "", " ", "a", "null", "true", "-1", "0", "1e999", "99999999999999999999", "../../etc/passwd", "%00", "%2e%2e%2f", "' or 1=1 --",
        "<script>", "{}", "[]", "5ae290ed-55d1-47a0-bc6d-fe2bc2700399", "5AE290ED55D147A0BC6DFE2BC2700399",
        "00000000-0000-0000-0000-000000000000", "andrewbrown", "@andrewbrown", "münchen",
        "😀", "\u202e", "\ufffd", "2026-11-22T15:10:17.473774+00:00", "2026-11-22T15:10:17.473774+00:00~",
        "9999-12-31T23:59:59.999999+00:00~AAAAAAAAAAAAAAAAAAAAAA:1", "0001-01-01T00:00:00.000000+00:00~", new('x', 300), "a,b;c=\"d\"",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "1-day", "7-days",
    ];

    /// <summary>The settings of an API whose limits do not keep the requests of a long run from its routes.</summary>
    private static readonly Dictionary<string, string> Unlimited = new()
    {
        ["Limits__Writes__Burst"] = "1000000",
        ["Limits__Reads__Burst"] = "1000000",
        ["Limits__Searches__Burst"] = "1000000",
        ["Limits__Streams"] = "1000000",
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_makes_the_server_fail()
    {
        var requests = Environment.GetEnvironmentVariable(RequestsVariable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : RequestsPerOperation;
        var seed = TestSeed.Next();
        var random = new Random(seed);
        await using var api = await fixture.StartApiAsync(Cancelled, Unlimited);
        using var caller = new ApiClient(api.Address, await fixture.Users.NewAsync(Cancelled));
        var document = JsonNode.Parse((await caller.GetAsync("/openapi/v1.json")).Text)!;
        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject()
                .Select(operation => (Path: path.Key, Method: operation.Key, Operation: operation.Value!)))
            .ToList();
        Assert.True(operations.Count > 10);

        foreach (var (path, method, operation) in operations)
        {
            for (var i = 0; i < requests; i++)
            {
                using var request = Request(random, path, method, operation);
                using var answer = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
                var what = $"{request.Method} {request.RequestUri} with seed {seed}: {(int)answer.StatusCode}";
                Assert.True((int)answer.StatusCode < 500 && answer.StatusCode is not HttpStatusCode.TooManyRequests, what);
                Assert.True(IsDeclared(answer, operation), $"{what}, which the document does not declare.");

                // Kestrel itself answers a request that is not valid HTTP, without a body.
                if ((int)answer.StatusCode >= 400 && answer.Content.Headers.ContentLength is not 0)
                {
                    Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/problem+json", what);
                    Assert.NotEmpty(JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancelled))!["errors"]!.AsArray());
                }
            }
        }

        var afterwards = await caller.GetAsync("/api/message_groups");
        Assert.True(afterwards.Status is HttpStatusCode.OK, $"Seed {seed}:\n{string.Join('\n', api.Output.TakeLast(20))}");
    }

    /// <summary>Whether the document declares the status. A path or method without a route may answer 404 or 405.</summary>
    private static bool IsDeclared(HttpResponseMessage answer, JsonNode operation) =>
        operation["responses"]!.AsObject().ContainsKey($"{(int)answer.StatusCode}")
        || answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
        || (answer.StatusCode is HttpStatusCode.BadRequest && answer.Content.Headers.ContentLength is 0);

    private static HttpRequestMessage Request(Random random, string path, string method, JsonNode operation)
    {
        var address = PathParameter().Replace(path, _ => Escape(random, Pick(random)));
        var query = new List<string>();
        var request = new HttpRequestMessage { Method = new HttpMethod(method.ToUpperInvariant()) };
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            if (random.Next(3) == 0)
            {
                continue;
            }

            var name = parameter!["name"]!.GetValue<string>();
            switch (parameter["in"]!.GetValue<string>())
            {
                case "query":
                    query.Add($"{name}={Escape(random, Pick(random))}");
                    break;
                case "header":
                    request.Headers.TryAddWithoutValidation(name, Ascii(Pick(random)));
                    break;
            }
        }

        request.RequestUri = new Uri(address + (query.Count > 0 ? $"?{string.Join('&', query)}" : ""), UriKind.Relative);
        if (operation["requestBody"] is not null || random.Next(10) == 0)
        {
            request.Content = new ByteArrayContent(Body(random));
            request.Content.Headers.ContentType = random.Next(10) == 0 ? new("text/plain") : new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private static byte[] Body(Random random)
    {
        var body = Encoding.UTF8.GetBytes(Json(random, depth: 0)?.ToJsonString() ?? "null");
        switch (random.Next(6))
        {
            case 0 when body.Length > 0:
                body[random.Next(body.Length)] = (byte)random.Next(256);
                return body;
            case 1:
                return body[..random.Next(body.Length + 1)];
            case 2:
                random.NextBytes(body);
                return body;
            default:
                return body;
        }
    }

    private static JsonNode? Json(Random random, int depth) => random.Next(depth > 2 ? 4 : 8) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64()),
        3 => JsonValue.Create(Pick(random)),
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Json(random, depth + 1))]),
        _ => new JsonObject(new[] { "message", "message_group_uuid", "handle", "ttl", Pick(random) }
            .Where(_ => random.Next(2) == 0)
            .Distinct()
            .Select(name => KeyValuePair.Create(name, random.Next(3) == 0 ? Json(random, depth + 1) : JsonValue.Create(Pick(random))))),
    };

    private static string Pick(Random random) => Texts[random.Next(Texts.Length)];

    private static string Escape(Random random, string text) => random.Next(4) == 0 ? Raw().Replace(text, "") : Uri.EscapeDataString(text);

    private static string Ascii(string text) => new([.. text.Where(c => c is >= ' ' and <= '~')]);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex PathParameter();

    [GeneratedRegex(@"[^A-Za-z0-9%._~@,;=-]")]
    private static partial Regex Raw();
}
