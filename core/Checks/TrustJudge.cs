using System.Text.Json;

namespace RdsBq.Core.Checks;

/// <summary>
/// Whether a role's trust policy lets RDS export with it: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.Setup.html,
/// grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
/// </summary>
public static class TrustJudge
{
    public const string Exporter = "export.rds.amazonaws.com";

    private const string Mend = $"Let {Exporter} assume it for its own account (this replaces the whole trust policy): {AwsMends.Trust}";

    /// <param name="policy">JSON.</param>
    /// <param name="account">The account and region that exports run in.</param>
    public static Answer Of(string roleArn, string policy, string account, string region)
    {
        if (Read(policy) is not { } statements) return Answer.NotChecked($"the trust policy of {roleArn} is not understood", $"Look at it: {AwsMends.SeeRole}");
        var about = statements.Where(s => s.IsAbout(Exporter, "sts:AssumeRole")).ToList();
        if (about.Exists(s => !s.Allows && s.Conditions.Count == 0)) return Answer.NotOk($"the trust policy of {roleArn} denies sts:AssumeRole to {Exporter}", Mend);
        var problems = about.Where(s => s.Allows).Select(s => (Of(s, account, region), s)).ToList();
        if (problems.Count == 0) return Answer.NotOk($"the trust policy of {roleArn} does not let {Exporter} do sts:AssumeRole", Mend);
        if (problems.Exists(p => p.Item1 is null)) return Answer.Ok($"{Exporter} may assume {roleArn} for account {account} in {region}");
        var (problem, _) = problems[0];
        return problem!.Known
            ? Answer.NotOk($"the trust policy of {roleArn} lets {Exporter} in only where {problem.Words}, and exports here are of account {account} in {region}", Mend)
            : Answer.NotChecked($"whether the trust policy of {roleArn} lets {Exporter} in is not known here: it asks that {problem.Words}");
    }

    private static TrustCondition? Of(TrustStatement statement, string account, string region)
    {
        var failed = statement.Conditions.Where(c => !c.Holds(account, region)).ToList();
        return failed.Find(c => c.Known) ?? failed.FirstOrDefault();
    }

    private static List<TrustStatement>? Read(string policy)
    {
        try
        {
            using var json = JsonDocument.Parse(policy);
            return [.. TrustStatement.Many(json.RootElement.GetProperty("Statement")).Select(TrustStatement.Read)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
