using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RdsBq.Cloud.Google;

/// <summary>
/// Which rights this service account holds on the project, by asking, which takes no right.
/// https://cloud.google.com/resource-manager/reference/rest/v1/projects/testIamPermissions
/// </summary>
public sealed class ProjectRights : IDisposable
{
    public const string Api = "cloudresourcemanager.googleapis.com";
    private readonly HttpClient http;
    private readonly GoogleAuth auth;
    private readonly string project;

    /// <param name="endpoint">Root to call instead of Google's, or null.</param>
    public ProjectRights(string project, string? endpoint, GoogleAuth auth, HttpMessageHandler handler)
    {
        http = new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri(endpoint ?? $"https://{Api}"), Timeout = TimeSpan.FromSeconds(20) };
        this.auth = auth;
        this.project = project;
    }

    public void Dispose() => http.Dispose();

    /// <returns>Those of the permissions that are held. Rights on single datasets, topics and secrets do not show here.</returns>
    /// <exception cref="GoogleRestException">Google has answered an error.</exception>
    public async Task<IReadOnlyList<string>> HeldAsync(IReadOnlyList<string> permissions, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/v1/projects/{Uri.EscapeDataString(project)}:testIamPermissions", UriKind.Relative))
        {
            Content = JsonContent.Create(new PermissionsJson([.. permissions]), ProjectJson.Default.PermissionsJson),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await auth.GetAccessTokenAsync(token));
        using var response = await http.SendAsync(request, token);
        if (!response.IsSuccessStatusCode) throw await ErrorAsync(response, token);
        return (await response.Content.ReadFromJsonAsync(ProjectJson.Default.PermissionsJson, token))?.Permissions ?? [];
    }

    private static async Task<GoogleRestException> ErrorAsync(HttpResponseMessage response, CancellationToken token)
    {
        try
        {
            var error = (await response.Content.ReadFromJsonAsync(ProjectJson.Default.ErrorAnswerJson, token))?.Error;
            if (error?.Status is { } status) return new GoogleRestException(status, error.Message ?? "");
        }
        catch (JsonException)
        {
            // A proxy's page: the bare status speaks.
        }
        return new GoogleRestException((int)response.StatusCode >= 500 ? "UNAVAILABLE" : $"HTTP {(int)response.StatusCode}", "");
    }
}

/// <summary>An error of a REST call.</summary>
/// <param name="code">A google.rpc.Code by name.</param>
public sealed class GoogleRestException(string code, string message) : Exception($"{code}: {message}")
{
    public string Code => code;

    public string Detail => message;
}

/// <param name="Permissions">Left out where there are none.</param>
internal sealed record PermissionsJson(List<string>? Permissions);

internal sealed record ErrorJson(string? Status, string? Message);

internal sealed record ErrorAnswerJson(ErrorJson? Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PermissionsJson))]
[JsonSerializable(typeof(ErrorAnswerJson))]
internal sealed partial class ProjectJson : JsonSerializerContext;
