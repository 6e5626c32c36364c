namespace SlackNet;

/// <summary>The services that a client is made of by default.</summary>
public static class Default
{
    /// <param name="getHttpClient">Called for every request; by default one client with .NET's default timeout of 100 s.</param>
    public static IHttp Http(SlackJsonSettings jsonSettings = null, Func<HttpClient> getHttpClient = null)
    {
        if (getHttpClient is not null) return new Http(getHttpClient);
        var client = new HttpClient();
        return new Http(() => client);
    }

    public static ISlackUrlBuilder UrlBuilder(SlackJsonSettings jsonSettings = null) => new SlackUrlBuilder();

    public static SlackJsonSettings JsonSettings() => new();
}
