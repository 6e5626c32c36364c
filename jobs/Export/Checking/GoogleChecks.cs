using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Checks;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Checking;

/// <summary>Everything on Google's side that the verbs need, and Slack.</summary>
internal static class GoogleChecks
{
    /// <summary>The check that all others of this side need.</summary>
    public const string Access = "google access";

    public static IEnumerable<Check> Of(JobSettings settings, GoogleEyes eyes)
    {
        var seen = new GoogleSeen(settings.Warehouse.Project);
        return
        [
            .. AccessChecks.Of(settings, eyes, seen), .. DatasetChecks.Of(settings, eyes, seen), .. SecretChecks.Of(settings, eyes, seen),
            .. TransferChecks.Of(settings, eyes, seen), .. TopicChecks.Of(settings, eyes, seen), .. SlackChecks.Of(settings, eyes, seen),
        ];
    }
}

/// <summary>Who this is, and what that account may do on the project.</summary>
internal static class AccessChecks
{
    public static IEnumerable<Check> Of(JobSettings settings, GoogleEyes eyes, GoogleSeen seen)
    {
        var project = settings.Warehouse.Project;
        yield return new Check(GoogleChecks.Access, null, async token =>
        {
            var account = await eyes.Auth.WhoAsync(token);
            seen.Commands = new GoogleCommands(project, account);
            return Answer.Ok($"an access token for project {project}, as {account ?? "an account that the token does not tell"}");
        });
        yield return new Check("google rights", GoogleChecks.Access, token => seen.AskAsync(
            new GoogleLook($"Rights on project {project}", Cloud.Google.ProjectRights.Api, "resourcemanager.projects.get", Needed: false,
                seen.Commands.GrantOnProject("roles/browser"), "Check GOOGLE_CLOUD_PROJECT."),
            async () =>
            {
                var held = await eyes.Rights.HeldAsync(RightsJudge.Asked, token);
                seen.MayCreateDatasets = held.Contains(RightsJudge.CreateDataset);
                return RightsJudge.Judge(held, seen.Commands);
            },
            token));
        yield return new Check("bigquery queries", GoogleChecks.Access, token => seen.AskAsync(
            new GoogleLook($"Queries in project {project}", DatasetChecks.Api, "bigquery.jobs.create", Needed: true,
                seen.Commands.GrantOnProject("roles/bigquery.jobUser"), "Check GOOGLE_CLOUD_PROJECT and BIGQUERY_LOCATION."),
            async () =>
            {
                await eyes.BigQuery.DryRunAsync("SELECT 1", token);
                return Answer.Ok($"a query can be run in {settings.Warehouse.Location} (tried dry)");
            },
            token));
    }
}
