using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RdsBq.Local.Hosting;
using RdsBq.Local.Slack;
using SlackNet;

namespace RdsBq.Local.Tests.Google;

/// <summary>A Slack with channels data-alerts, foreign (without the bot) and old (archived); called by hand or by its client.</summary>
internal sealed class SlackRig : IAsyncDisposable, ISlackUrlBuilder
{
    private readonly HttpClient client = new();

    private SlackRig() => Journal = new Journal(TimeProvider.System);

    public Journal Journal { get; }

    public Faults Faults { get; } = new();

    public SlackApi Slack { get; private set; } = null!;

    public static async Task<SlackRig> StartAsync()
    {
        var rig = new SlackRig();
        rig.Slack = await SlackApi.StartAsync(rig.Journal, rig.Faults, TimeProvider.System, "xoxb-good", ["#data-alerts"]);
        rig.Slack.AddForeignChannel("foreign");
        rig.Slack.AddArchivedChannel("old");
        return rig;
    }

    /// <summary>The genuine client's shape; a rate limit is thrown.</summary>
    public ISlackApiClient Client =>
        new SlackApiClient(Default.Http(getHttpClient: () => client), this, Default.JsonSettings(), "xoxb-good")
        {
            DisableRetryOnRateLimit = true,
        };

    public string Url(string apiMethod, Dictionary<string, object> args) =>
        new Uri(Slack.Address, new Uri(Default.UrlBuilder().Url(apiMethod, args)).PathAndQuery).ToString();

    public async Task<HttpResponseMessage> SendAsync(string method, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Slack.Address, $"api/{method}"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "xoxb-good");
        return await client.SendAsync(request);
    }

    public async Task<JsonObject> CallAsync(string method, string body)
    {
        using var answer = await SendAsync(method, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Slack.DisposeAsync();
    }
}
