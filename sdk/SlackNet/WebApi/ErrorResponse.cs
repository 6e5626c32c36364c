namespace SlackNet.WebApi;

public class ErrorResponse
{
    public string Error { get; set; }
    public ErrorResponseMetadata ResponseMetadata { get; set; }
}

public class ErrorResponseMetadata
{
    public IList<string> Messages { get; set; } = new List<string>();
}
