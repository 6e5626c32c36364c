using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace RdsBq.Cloud.Tests;

/// <param name="Path">From behind the project, with the query.</param>
internal sealed record Seen(string Method, string Path, string Body, string? Authorization)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>
/// Gives the answers it was made with, one a request; the last one again and again. A null answer is a connection that breaks.
/// </summary>
internal sealed class HttpStub(params (int Status, string Body)?[] answers) : HttpMessageHandler
{
    private readonly List<Seen> requests = [];

    public IReadOnlyList<Seen> Requests => requests;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var path = request.RequestUri!.PathAndQuery.Split("/projects/local-project/", 2)[^1];
        requests.Add(new Seen(request.Method.Method, path, body, request.Headers.Authorization?.ToString()));
        var (status, content) = answers[Math.Min(requests.Count, answers.Length) - 1]
            ?? throw new HttpRequestException("The connection broke.");
        return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(content, Encoding.UTF8, "application/json") };
    }
}
