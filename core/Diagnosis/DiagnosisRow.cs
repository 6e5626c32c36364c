namespace RdsBq.Core.Diagnosis;

/// <summary>Where a text is met.</summary>
public enum DiagnosisKind
{
    /// <summary>FailureCause of an export task.</summary>
    Export,

    /// <summary>Why an export left out a table: WarningMessage, perTableStatus, or this project's own reason.</summary>
    Warning,

    /// <summary>Error code of RDS, S3, KMS or STS.</summary>
    Aws,

    /// <summary>Error code of STS, asked to take Google's token.</summary>
    AwsSignIn,

    /// <summary>A transfer run's error or a line of its log.</summary>
    Transfer,

    /// <summary>Slack's error code.</summary>
    Slack,
}

/// <summary>One row of the table.</summary>
/// <param name="Seen">What it is known by: see <see cref="Pattern"/>. Any of them will do.</param>
public sealed record DiagnosisRow(DiagnosisKind Kind, IReadOnlyList<string> Seen, Finding Finding)
{
    private readonly IReadOnlyList<Pattern> patterns = [.. Seen.Select(s => new Pattern(s))];

    /// <summary>Whether one line of a text is one of <see cref="Seen"/>.</summary>
    public bool Takes(string line) => patterns.Any(p => p.IsIn(line));
}
