namespace SlackNet;

public interface ISlackServiceProvider
{
    IHttp GetHttp();

    SlackJsonSettings GetJsonSettings();

    ISlackUrlBuilder GetUrlBuilder();

    ISlackApiClient GetApiClient();
}

/// <summary>What can be replaced; each is made once, when first asked for.</summary>
public abstract class SlackServiceConfigurationBase<TConfig>
    where TConfig : SlackServiceConfigurationBase<TConfig>
{
    private string apiToken;
    private Func<ISlackServiceProvider, IHttp> http = provider => Default.Http(provider.GetJsonSettings());
    private Func<ISlackServiceProvider, ISlackUrlBuilder> urlBuilder = provider => Default.UrlBuilder(provider.GetJsonSettings());

    public TConfig UseApiToken(string token)
    {
        apiToken = token;
        return (TConfig)this;
    }

    public TConfig UseHttp(Func<ISlackServiceProvider, IHttp> httpProvider)
    {
        http = httpProvider;
        return (TConfig)this;
    }

    public TConfig UseUrlBuilder(Func<ISlackServiceProvider, ISlackUrlBuilder> urlBuilderProvider)
    {
        urlBuilder = urlBuilderProvider;
        return (TConfig)this;
    }

    internal IHttp CreateHttp(ISlackServiceProvider provider) => http(provider);

    internal ISlackUrlBuilder CreateUrlBuilder(ISlackServiceProvider provider) => urlBuilder(provider);

    internal ISlackApiClient CreateApiClient(ISlackServiceProvider provider) =>
        new SlackApiClient(provider.GetHttp(), provider.GetUrlBuilder(), provider.GetJsonSettings(), apiToken);
}

/// <summary>Makes a client without dependency injection.</summary>
public class SlackServiceBuilder : SlackServiceConfigurationBase<SlackServiceBuilder>, ISlackServiceProvider
{
    private readonly Lazy<IHttp> http;
    private readonly Lazy<ISlackUrlBuilder> urlBuilder;
    private readonly Lazy<ISlackApiClient> apiClient;
    private readonly SlackJsonSettings jsonSettings = Default.JsonSettings();

    public SlackServiceBuilder()
    {
        http = new(() => CreateHttp(this));
        urlBuilder = new(() => CreateUrlBuilder(this));
        apiClient = new(() => CreateApiClient(this));
    }

    public IHttp GetHttp() => http.Value;

    public SlackJsonSettings GetJsonSettings() => jsonSettings;

    public ISlackUrlBuilder GetUrlBuilder() => urlBuilder.Value;

    public ISlackApiClient GetApiClient() => apiClient.Value;
}
