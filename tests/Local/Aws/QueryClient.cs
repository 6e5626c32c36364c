using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using Amazon.SecurityToken;

namespace RdsBq.Tests.Local.Aws;

/// <summary>One answer of a query service, its namespace checked and then dropped.</summary>
internal sealed record QueryAnswer(HttpStatusCode Status, XElement Xml, DateTimeOffset? Date)
{
    public string? Code => Xml.Descendants("Code").FirstOrDefault()?.Value;

    public string? Message => Xml.Descendants("Message").FirstOrDefault()?.Value;

    public string? this[string element] => Xml.Descendants(element).FirstOrDefault()?.Value;

    public IReadOnlyList<string> All(string element) => [.. Xml.Descendants(element).Select(e => e.Value)];
}

/// <summary>
/// Speaks the query protocol by hand and signs with AWSSDK.Core's own signer, so that the local cloud is not its own judge.
/// </summary>
internal sealed class QueryClient(Uri address, string service, string version, AWSCredentials credentials)
{
    private static readonly HttpClient Http = new();

    private sealed class Anything : AmazonWebServiceRequest;

    public async Task<QueryAnswer> CallAsync(string action, params (string Name, string Value)[] fields)
    {
        var form = new List<(string Name, string Value)> { ("Action", action), ("Version", version) };
        form.AddRange(fields);
        var body = string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"));
        return await SendAsync(Sign(System.Text.Encoding.UTF8.GetBytes(body)));
    }

    public static async Task<QueryAnswer> SendAsync(HttpRequestMessage message)
    {
        using var response = await Http.SendAsync(message);
        var xml = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        foreach (var element in xml.DescendantsAndSelf())
        {
            Assert.StartsWith("http", element.Name.NamespaceName, StringComparison.Ordinal);
            element.Name = element.Name.LocalName;
        }
        Assert.NotEmpty(response.Headers.GetValues("x-amzn-RequestId"));
        return new QueryAnswer(response.StatusCode, xml, response.Headers.Date);
    }

    public HttpRequestMessage Sign(byte[] body)
    {
        var request = new DefaultRequest(new Anything(), service)
        {
            HttpMethod = "POST", Endpoint = address, ResourcePath = "/", Content = body, OverrideSigningServiceName = service,
            AuthenticationRegion = RdsBq.Local.Estate.Region,
        };
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
        var config = new AmazonSecurityTokenServiceConfig
        {
            ServiceURL = address.ToString(),
            AuthenticationRegion = RdsBq.Local.Estate.Region
        };
        var keys = credentials.GetCredentials();
        if (keys.UseToken) request.Headers["X-Amz-Security-Token"] = keys.Token;
        new AWS4Signer().Sign(request, config, new RequestMetrics(), credentials);
        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }
}
