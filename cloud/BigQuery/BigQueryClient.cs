using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Retry;
using RdsBq.Cloud.Google;

namespace RdsBq.Cloud.BigQuery;

/// <summary>
/// BigQuery's REST API, the calls that are needed here, each with Google's own retry rule (back-off from 1 s, rate limits and 5xx only).
/// https://cloud.google.com/bigquery/docs/reliability-intro
/// </summary>
public sealed class BigQueryClient : IDisposable
{
    private const string Production = "https://bigquery.googleapis.com";
    private readonly HttpClient http;
    private readonly GoogleAuth auth;
    private readonly ResiliencePipeline<HttpResponseMessage> retry;

    /// <param name="endpoint">Root to call instead of Google's (BIGQUERY_EMULATOR_HOST: <c>host:port</c> or a URL), or null.</param>
    public BigQueryClient(string project, string location, string? endpoint, GoogleAuth auth, HttpMessageHandler handler, TimeProvider time)
    {
        Project = project;
        Location = location;
        this.auth = auth;
        var root = endpoint is null ? Production : endpoint.Contains("://", StringComparison.Ordinal) ? endpoint.TrimEnd('/') : $"http://{endpoint}";
        http = new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri($"{root}/bigquery/v2/projects/{Uri.EscapeDataString(project)}/"), Timeout = TimeSpan.FromMinutes(4) };
        retry = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 5,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromSeconds(32),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = async outcome => outcome.Outcome switch
            {
                { Exception: HttpRequestException } => true,
                { Result: { IsSuccessStatusCode: false } response } => (await ErrorAsync(response, outcome.Context.CancellationToken)).IsPassing,
                _ => false,
            },
        }).Build();
    }

    public string Project { get; }

    /// <summary>Of the datasets; every job call outside the US and EU multi-regions needs it.</summary>
    public string Location { get; }

    public void Dispose() => http.Dispose();

    internal async Task<T> SendAsync<T>(HttpMethod method, string path, Func<HttpContent?> body, JsonTypeInfo<T> answer, CancellationToken token)
    {
        using var response = await retry.ExecuteAsync(async ct => await SendOnceAsync(method, path, body(), ct), token);
        if (!response.IsSuccessStatusCode) throw await ErrorAsync(response, token);
        return await response.Content.ReadFromJsonAsync(answer, token)
            ?? throw new BigQueryException(response.StatusCode, "", $"empty answer to {method} {path}");
    }

    /// <summary>For calls whose answer says nothing: it may be empty.</summary>
    internal async Task DeleteAsync(string path, CancellationToken token)
    {
        using var response = await retry.ExecuteAsync(async ct => await SendOnceAsync(HttpMethod.Delete, path, null, ct), token);
        if (!response.IsSuccessStatusCode) throw await ErrorAsync(response, token);
    }

    internal Task<T> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken token) => SendAsync(HttpMethod.Get, path, () => null, answer, token);

    internal Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer, CancellationToken token) =>
        SendAsync(HttpMethod.Post, path, () => JsonContent.Create(body, bodyType), answer, token);

    internal Task<TAnswer> PatchAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer, CancellationToken token) =>
        SendAsync(HttpMethod.Patch, path, () => JsonContent.Create(body, bodyType), answer, token);

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, string path, HttpContent? body, CancellationToken token)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await auth.GetAccessTokenAsync(token));
        var response = await http.SendAsync(request, token);
        // Buffered, so that the retry rule and the caller may both read it.
        await response.Content.LoadIntoBufferAsync(token);
        return response;
    }

    /// <summary>Proxies may answer without any JSON: then the status alone speaks.</summary>
    private static async Task<BigQueryException> ErrorAsync(HttpResponseMessage response, CancellationToken token)
    {
        try
        {
            var content = await response.Content.ReadAsByteArrayAsync(token);
            var error = JsonSerializer.Deserialize(content, BigQueryJson.Default.ErrorResponse)?.Error;
            if (error is not null) return new BigQueryException(response.StatusCode, error.Errors?.FirstOrDefault()?.Reason ?? "", error.Message ?? "no message");
        }
        catch (JsonException)
        {
            // Falls through to the bare status.
        }
        return new BigQueryException(response.StatusCode, "", response.StatusCode is HttpStatusCode.Unauthorized ? "the access token was refused" : "no further word");
    }
}
