using RdsBq.Core.Checks;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Checking;

/// <summary>
/// AWS's half of <c>doctor</c>. Every call reads, but for two that are refused whatever they ask: see <see cref="StartQuestion"/> and KMS's dry run.
/// </summary>
internal sealed partial class AwsChecks(JobSettings settings, AwsLooks looks)
{
    private const string Role = "aws role";

    private AwsIdentity? me;

    /// <summary>Known once the check of the role is ok, which all that asks for it needs.</summary>
    private AwsIdentity Me => me ?? throw new InvalidOperationException("Nobody has asked yet who AWS takes the caller for.");

    public IEnumerable<Check> All() =>
    [
        new("google token", null, TokenAsync),
        new(Role, "google token", CallerAsync),
        new("aws clock", Role, _ => Task.FromResult(ClockJudge.Of(looks.SignedAt.Offset))),
        .. RdsChecks(),
        .. KeyChecks(),
        .. BucketChecks(),
        new("export role", Role, TrustAsync),
        .. StartChecks(),
        new("target tables", ExportTasks, TargetsAsync),
    ];

    private Task<Answer> TokenAsync(CancellationToken token) => settings.Federation is { } federation
        ? looks.IdToken.SeeAsync(federation.Audience, token)
        : Task.FromResult(Answer.Ok("none is needed: AWS_ROLE_ARN is not set, and the AWS SDK finds credentials by itself"));

    private async Task<Answer> CallerAsync(CancellationToken token)
    {
        me = await looks.Caller.WhoAsync(token);
        return Answer.Ok($"account {me.Account}, {me.Arn}");
    }

    private async Task<Answer> TrustAsync(CancellationToken token)
    {
        var arn = settings.ExportRoleArn;
        // A role can be passed within its account only.
        if (arn.Split(':')[4] is var account && account != Me.Account)
        {
            return Answer.NotOk(
                $"{arn} is a role of account {account}, and the caller is of {Me.Account}", "Set S3_EXPORT_IAM_ROLE_ARN to a role of the caller's account.");
        }
        return (await looks.Role.TrustAsync(arn, token)).Judged(
            policy => TrustJudge.Of(arn, policy, Me.Account, settings.Region),
            Answer.NotOk($"there is no role {arn}", "Set S3_EXPORT_IAM_ROLE_ARN to the role that RDS exports with; infra/aws/template.yaml makes one."),
            $"iam:GetRole on {arn}");
    }

    private async Task<Answer> TargetsAsync(CancellationToken token)
    {
        var complete = settings.Policy.Ours(await looks.Rds.ExportTasksAsync(token)).Any(o => o.Task.State == Core.Exports.ExportState.Complete);
        if (!complete && settings.Targets.Names is null)
            return Answer.NotChecked("which tables the list means is known by the first complete export only", "Run rdsbq export, and doctor again when it is complete.");
        var wanted = await looks.Wanted.ReadAsync(token);
        var from = wanted.From is { } id ? $"by export {id}" : "by the list's own names";
        return Answer.Ok(string.Join("; ", [$"{Core.Reports.Words.Count(wanted.Targets.Count, "table")}, {from}", .. wanted.Warnings]));
    }
}
