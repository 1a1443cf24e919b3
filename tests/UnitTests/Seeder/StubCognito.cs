using System.Net;

namespace Cruddur.UnitTests.Seeder;

/// <summary>Responds with prepared bodies in order, and records the requests.</summary>
internal sealed class StubCognito(params (HttpStatusCode Status, string Body)[] answers) : HttpMessageHandler
{
    public List<(HttpRequestMessage Request, string Body)> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (status, body) = answers[Requests.Count];
        Requests.Add((request, await request.Content!.ReadAsStringAsync(cancellationToken)));
        return new(status) { Content = new StringContent(body) };
    }
}
