using System.Net;

namespace Cruddur.UnitTests.Seeder;

/// <summary>Answers requests with prepared bodies, one after the other, and keeps what was asked.</summary>
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
