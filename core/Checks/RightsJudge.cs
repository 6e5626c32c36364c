namespace RdsBq.Core.Checks;

/// <summary>The job's rights on the project as a whole. Those on datasets, topics and secrets are looked at where these are.</summary>
public static class RightsJudge
{
    public const string CreateDataset = "bigquery.datasets.create";
    private const string Queries = "bigquery.jobs.create";
    private static readonly string[] Needed = [Queries, "bigquery.transfers.get", "bigquery.transfers.update"];

    /// <summary>What to ask for.</summary>
    public static IReadOnlyList<string> Asked { get; } = [.. Needed, CreateDataset];

    /// <param name="held">Of those asked for.</param>
    public static Answer Judge(IReadOnlyList<string> held, GoogleCommands commands)
    {
        var missing = Needed.Except(held).ToList();
        if (missing.Count == 0) return Answer.Ok($"{string.Join(", ", Needed)} on project {commands.Project}");
        // The only predefined role with transfers.update is bigquery.admin; bootstrap.sh makes a smaller one.
        var role = missing is [Queries] ? "roles/bigquery.jobUser" : "roles/bigquery.admin";
        return Answer.NotOk(
            $"this service account lacks {string.Join(", ", missing)} on project {commands.Project}",
            $"infra/gcp/bootstrap.sh gives just these; by hand: {commands.GrantOnProject(role)}");
    }
}
