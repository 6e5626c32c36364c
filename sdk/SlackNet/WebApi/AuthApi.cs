namespace SlackNet.WebApi;

public interface IAuthApi
{
    /// <summary>Says whose token it is (https://docs.slack.dev/reference/methods/auth.test).</summary>
    Task<AuthTestResponse> Test(CancellationToken cancellationToken = default);
}

public class AuthApi(ISlackApiClient client) : IAuthApi
{
    public Task<AuthTestResponse> Test(CancellationToken cancellationToken = default) =>
        client.Post<AuthTestResponse>("auth.test", [], cancellationToken);
}

public class AuthTestResponse
{
    public string Url { get; set; }
    public string Team { get; set; }
    public string User { get; set; }
    public string TeamId { get; set; }
    public string UserId { get; set; }
}
