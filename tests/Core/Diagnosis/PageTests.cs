using RdsBq.Core.Diagnosis;
using RdsBq.Tests.Kit;

namespace RdsBq.Core.Tests.Diagnosis;

/// <summary>docs/diagnosis.md is the table, so that what people look up is what they are told.</summary>
public sealed class PageTests
{
    private const string Head =
        """
        # What failures mean

        What the clouds and Slack are known to say when something fails, what it means, and what to do. The job, the alerts and this page have it from one table,
        `core/Diagnosis`; a text that is not here is shown as it is. `…` stands for any words; AWS's codes may have `Fault` or `Exception` behind them.
        Commands take the settings from shell variables of the same names: set those that you have left at their defaults as well.
        """;

    private static readonly (DiagnosisKind Kind, string Title)[] Parts =
    [
        (DiagnosisKind.Export, "An export task failed (its FailureCause)"),
        (DiagnosisKind.Warning, "An export left out a table"),
        (DiagnosisKind.Aws, "AWS answers with an error code"),
        (DiagnosisKind.AwsSignIn, "AWS STS answers to Google's token"),
        (DiagnosisKind.Transfer, "A transfer run failed (its error or its log)"),
        (DiagnosisKind.Slack, "Slack answers with an error code"),
    ];

    [Fact]
    public void The_page_is_the_table()
    {
        var written = Path.Combine(Tools.RepoRoot, "docs", "diagnosis.md");
        var renewed = Path.Combine(AppContext.BaseDirectory, "diagnosis.md");
        File.WriteAllText(renewed, Text());
        Assert.True(
            File.Exists(written) && File.ReadAllText(written) == Text(),
            $"docs/diagnosis.md is not what core/Diagnosis says. Renew it, and read the difference: cp {renewed} {written}");
    }

    private static string Text()
    {
        Assert.Equal(Enum.GetValues<DiagnosisKind>(), Parts.Select(p => p.Kind));
        return Head + "\n" + string.Concat(Parts.Select(Part));
    }

    private static string Part((DiagnosisKind Kind, string Title) part) =>
        $"\n## {part.Title}\n\n| id | what is seen | what it means | what to do |\n| --- | --- | --- | --- |\n"
        + string.Concat(Diagnoses.Table.Where(r => r.Kind == part.Kind).Select(Row));

    private static string Row(DiagnosisRow row)
    {
        var (id, cause, mend, command, page, passes) = row.Finding;
        var seen = string.Join("<br>", row.Seen.Select(s => $"`{s.Trim('^', '$')}`"));
        var todo = mend + (command is null ? "" : $"<br>`{command}`") + (page is null ? "" : $"<br>{page}");
        return $"| {id} | {seen} | {Cell(cause)}{(passes ? " May pass by itself." : "")} | {Cell(todo)} |\n";
    }

    // A placeholder would vanish as a tag, and a * next to a word would begin an emphasis.
    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<schema>", "&lt;schema&gt;", StringComparison.Ordinal)
            .Replace("<master user>", "&lt;master user&gt;", StringComparison.Ordinal).Replace("Object*", "Object\\*", StringComparison.Ordinal);
}
