using SlackNet.WebApi;

namespace SlackNet;

/// <summary>Slack answered <c>ok: false</c></summary>
/// <remarks><see cref="ErrorCode"/> is one of https://docs.slack.dev/reference/methods/chat.postMessage#errors.</remarks>
public class SlackException(ErrorResponse errorResponse) : Exception(Text(errorResponse))
{
    public string ErrorCode { get; } = errorResponse?.Error ?? "unknown";

    public IReadOnlyList<string> ErrorMessages { get; } = [.. errorResponse?.ResponseMetadata?.Messages ?? []];

    private static string Text(ErrorResponse error) => error is null
        ? "Slack returned an unknown error response type"
        : string.Join(
            Environment.NewLine, [$"Slack returned an error response: {error.Error}.", .. error.ResponseMetadata?.Messages ?? []]);
}
