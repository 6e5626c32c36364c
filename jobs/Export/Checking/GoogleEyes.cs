using Grpc.Core;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Google;
using RdsBq.Cloud.Secrets;
using RdsBq.Cloud.Slack;
using RdsBq.Cloud.Topics;
using RdsBq.Cloud.Transfers;
using RdsBq.Core.Checks;
using RdsBq.Core.Transfers;

namespace RdsBq.Export.Checking;

/// <summary>What the checks of Google and Slack look with.</summary>
/// <param name="Slack">Null where nobody is to be told.</param>
internal sealed record GoogleEyes(
    GoogleAuth Auth, ProjectRights Rights, SecretReader Secrets, TransferClient Transfers, BigQueryClient BigQuery, TopicReader Topics, SlackReader? Slack);

/// <summary>What a check has seen that later ones build on.</summary>
internal sealed class GoogleSeen(string project)
{
    /// <summary>Know the service account once it is known.</summary>
    public GoogleCommands Commands { get; set; } = new(project, null);

    /// <summary>The project's; null where nothing has told it.</summary>
    public string? ProjectNumber { get; set; }

    /// <summary>Whether the job may make datasets; null where that could not be asked.</summary>
    public bool? MayCreateDatasets { get; set; }

    public IReadOnlyList<ConfigSummary> Configs { get; set; } = [];

    /// <summary>Null where there is none.</summary>
    public DatasetSeen? Landing { get; set; }

    /// <summary>The answer, or what the refusal means.</summary>
    public async Task<Answer> AskAsync(GoogleLook look, Func<Task<Answer>> ask, CancellationToken token)
    {
        try
        {
            return await ask();
        }
        catch (RpcException e) when (!token.IsCancellationRequested)
        {
            return look.Refused(RpcCode.Name((int)e.StatusCode), e.Status.Detail, Commands);
        }
        catch (BigQueryException e)
        {
            return look.Refused(e.Code, e.Detail, Commands);
        }
        catch (GoogleRestException e)
        {
            return look.Refused(e.Code, e.Detail, Commands);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !token.IsCancellationRequested))
        {
            return look.Refused("UNAVAILABLE", "", Commands);
        }
    }
}
