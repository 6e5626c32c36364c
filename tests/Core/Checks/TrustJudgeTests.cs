using RdsBq.Core.Checks;

namespace RdsBq.Core.Tests.Checks;

public sealed class TrustJudgeTests
{
    private const string Role = "arn:aws:iam::123456789012:role/rds-export";

    private const string Rds = "\"Principal\":{\"Service\":\"export.rds.amazonaws.com\"}";

    [Theory]
    // As AWS's guide has it, and the forms that the grammar allows.
    [InlineData($$"""{"Effect":"Allow",{{Rds}},"Action":"sts:AssumeRole"}""", CheckVerdict.Ok)]
    [InlineData("""[{"Effect":"Allow","Principal":{"Service":["lambda.amazonaws.com","export.rds.amazonaws.com"]},"Action":["sts:AssumeRole"]}]""", CheckVerdict.Ok)]
    [InlineData($$"""{"Effect":"Allow",{{Rds}},"Action":"sts:*"}""", CheckVerdict.Ok)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}""", CheckVerdict.Ok)]
    [InlineData("""{"Effect":"Allow","Principal":{"Service":"rds.amazonaws.com"},"Action":"sts:AssumeRole"}""", CheckVerdict.NotOk)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"export.rds.amazonaws.com"},"Action":"sts:AssumeRole"}""", CheckVerdict.NotOk)]
    [InlineData($$"""{"Effect":"Allow",{{Rds}},"Action":"sts:TagSession"}""", CheckVerdict.NotOk)]
    [InlineData($$"""{"Effect":"Deny",{{Rds}},"Action":"sts:AssumeRole"}""", CheckVerdict.NotOk)]
    [InlineData($$"""[{"Effect":"Allow",{{Rds}},"Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]""", CheckVerdict.NotOk)]
    [InlineData("[]", CheckVerdict.NotOk)]
    public void Rds_may_assume_the_role_or_not(string statement, CheckVerdict verdict) => Judged(statement, verdict);

    [Theory]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":"123456789012"}}""", CheckVerdict.Ok)]
    [InlineData("""{"StringEquals":{"AWS:sourceaccount":["210987654321","123456789012"]}}""", CheckVerdict.Ok)]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":"210987654321"}}""", CheckVerdict.NotOk)]
    [InlineData("""{"StringLike":{"aws:SourceAccount":"1234*"}}""", CheckVerdict.Ok)]
    // Only the Like operators know wildcards.
    [InlineData("""{"StringEquals":{"aws:SourceAccount":"1234*"}}""", CheckVerdict.NotOk)]
    [InlineData("""{"StringEqualsIfExists":{"aws:SourceAccount":"210987654321"}}""", CheckVerdict.NotOk)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:rds:ap-northeast-1:123456789012:*"}}""", CheckVerdict.Ok)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:rds:*:123456789012:*"}}""", CheckVerdict.Ok)]
    [InlineData("""{"StringLike":{"aws:SourceArn":"arn:aws:rds:*"}}""", CheckVerdict.Ok)]
    // Whether RDS gives the snapshot's ARN or the task's is not documented: what is behind the account is left alone.
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:rds:ap-northeast-1:123456789012:cluster-snapshot:rds:shop-*"}}""", CheckVerdict.Ok)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:rds:us-east-1:123456789012:*"}}""", CheckVerdict.NotOk)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:rds:ap-northeast-1:210987654321:*"}}""", CheckVerdict.NotOk)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::*"}}""", CheckVerdict.NotOk)]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":"123456789012"},"ArnLike":{"aws:SourceArn":"arn:aws:rds:us-east-1:123456789012:*"}}""", CheckVerdict.NotOk)]
    [InlineData("""{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}""", CheckVerdict.NotChecked)]
    [InlineData("""{"StringNotEquals":{"aws:SourceAccount":"123456789012"}}""", CheckVerdict.NotChecked)]
    [InlineData("""{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890","aws:SourceAccount":"210987654321"}}""", CheckVerdict.NotOk)]
    public void Conditions_hold_for_this_account_and_region_or_not(string condition, CheckVerdict verdict) =>
        Judged($$"""{"Effect":"Allow",{{Rds}},"Action":"sts:AssumeRole","Condition":{{condition}}}""", verdict);

    [Fact]
    public void One_statement_that_lets_it_in_is_enough() => Judged(
        $$$$"""[{"Effect":"Allow",{{{{Rds}}}},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"210987654321"}}},{"Effect":"Allow",{{{{Rds}}}},"Action":"sts:AssumeRole"}]""",
        CheckVerdict.Ok);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Statement":[{}]}""")]
    [InlineData("""{"Statement":"x"}""")]
    public void What_is_no_policy_is_not_judged(string policy) =>
        Assert.Equal(CheckVerdict.NotChecked, TrustJudge.Of(Role, policy, "123456789012", "ap-northeast-1").Verdict);

    private static void Judged(string statement, CheckVerdict verdict)
    {
        var answer = TrustJudge.Of(Role, $$"""{"Version":"2012-10-17","Statement":{{statement}}}""", "123456789012", "ap-northeast-1");
        Assert.True(answer.Verdict == verdict, answer.ToString());
        Assert.Contains(Role, answer.What, StringComparison.Ordinal);
        Assert.Equal(verdict == CheckVerdict.NotOk, answer.Mend is not null);
    }
}
