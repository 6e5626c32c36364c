using RdsBq.Cloud.Slack;
using RdsBq.Core.Checks;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Checking;

/// <summary>Whether people can be told. Nothing is posted.</summary>
internal static class SlackChecks
{
    private const string Token = "slack token";

    public static IEnumerable<Check> Of(JobSettings settings, GoogleEyes eyes, GoogleSeen seen)
    {
        if (settings.Slack is not { } slack || eyes.Slack is not { } reader) yield break;
        SlackBot? bot = null;
        yield return new Check(Token, SecretChecks.SlackToken, token => AskAsync(token, async () =>
        {
            bot = await reader.WhoAsync(token);
            return Answer.Ok($"bot {bot.User} of workspace {bot.Team}");
        }));
        yield return new Check("slack scopes", Token, _ => Task.FromResult(SlackJudge.Scopes(bot?.Scopes)));
        yield return new Check("slack channel", Token, token => AskAsync(token, async () =>
        {
            await reader.ReadAsync(slack.Channel, token);
            return Answer.Ok($"{slack.Channel} can be read; nothing was posted");
        }));

        async Task<Answer> AskAsync(CancellationToken token, Func<Task<Answer>> ask)
        {
            try
            {
                return await ask();
            }
            catch (SlackRefusedException e)
            {
                return SlackJudge.Refused(e.Code, slack.TokenSecret, seen.Commands);
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !token.IsCancellationRequested))
            {
                return Answer.NotChecked($"Slack does not answer ({Ending.FirstLine(e.Message)})", "Check the network from here, then run doctor again.");
            }
        }
    }
}
