namespace RdsBq.Core.Checks;

/// <summary>What a look at something brought that no verb needs to see: a right to look that is missing is no fault of the estate.</summary>
/// <param name="Value">Null where it is not there, or may not be seen.</param>
/// <param name="Denied">AWS's words where it may not be seen.</param>
public sealed record Look<T>(T? Value, string? Denied = null)
    where T : class
{
    /// <param name="absent">Where it is not there.</param>
    /// <param name="right">What looking takes, such as <c>iam:GetRole on …</c>.</param>
    public Answer Judged(Func<T, Answer> judge, Answer absent, string right) => this switch
    {
        { Denied: { } words } => Answer.NotChecked(words, $"No verb needs it; to have this checked, give the role of AWS_ROLE_ARN {right}."),
        { Value: { } value } => judge(value),
        _ => absent,
    };
}
