using System.Text.RegularExpressions;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra;

/// <summary>What the README says of settings, exit codes and commands is what the sources say.</summary>
public sealed partial class Readme
{
    private static readonly string Text = Repo.Text("README.md");

    [Theory]
    [InlineData("job", "jobs/Export/Settings/SettingsReading.cs")]
    [InlineData("function", "functions/TransferNotify/FunctionSettings.cs")]
    public void The_settings_tables_name_what_each_process_reads(string process, string reading)
    {
        var read = NamesIn(Repo.Text(reading)).Concat(Shared()).Distinct().Order(StringComparer.Ordinal);
        var told = Rows("read by").Where(r => r.Split('|')[^2].Split(',', StringSplitOptions.TrimEntries).Contains(process))
            .Select(FirstCode).Order(StringComparer.Ordinal);
        Assert.Equal(read, told);
    }

    [Fact]
    public void No_setting_is_told_twice()
    {
        var told = Rows("read by").Select(FirstCode).ToList();
        Assert.NotEmpty(told);
        Assert.Equal(told.Distinct(), told);
    }

    [Fact]
    public void Documents_name_only_settings_that_exist()
    {
        var known = Rows("read by").Select(FirstCode).Append("RDSBQ_LOCAL").Append("DOTNET_RUNNING_IN_CONTAINER").ToHashSet();
        var named = Repo.Files.Where(f => f == "README.md" || (f.StartsWith("docs/", StringComparison.Ordinal) && f.EndsWith(".md", StringComparison.Ordinal)))
            .SelectMany(f => Setting().Matches(Repo.Text(f)).Select(m => (File: f, Name: m.Groups[1].Value)))
            .Where(n => n.Name.StartsWith("AWS_", StringComparison.Ordinal) || n.Name.StartsWith("RDSBQ_", StringComparison.Ordinal)
                || n.Name.StartsWith("S3_", StringComparison.Ordinal) || n.Name.EndsWith("_TOPIC", StringComparison.Ordinal)
                || n.Name.EndsWith("_SECRET", StringComparison.Ordinal) || n.Name.StartsWith("BIGQUERY_", StringComparison.Ordinal)
                || n.Name is "PUBLISH" or "ENV" or "LANDING_RETENTION" or "LOAD_DEADLINE" or "EXPORT_ID_TEMPLATE" or "SNAPSHOT_TYPE" or "TARGET_TABLES");
        Assert.All(named, n => Assert.True(known.Contains(n.Name), $"{n.File} names {n.Name}, which no process reads"));
    }

    [Fact]
    public void Defaults_that_the_job_writes_out_are_told()
    {
        var reading = (Repo.Text("jobs/Export/Settings/SettingsReading.cs") + Repo.Text("core/Settings/WarehouseSettings.cs")).Replace("\\\"", "\"", StringComparison.Ordinal);
        foreach (var row in Rows("read by").Where(r => Cells(r)[1].StartsWith('`')))
        {
            var value = Cells(row)[1].Trim('`').Replace("\\|", "|", StringComparison.Ordinal);
            var written = Days().Match(value) is { Success: true } days
                ? $"\"{FirstCode(row)}\", TimeSpan.From{(days.Groups[2].Value == "d" ? "Days" : "Hours")}({days.Groups[1].Value})"
                : value is "all" ? "" : value.StartsWith("{database}", StringComparison.Ordinal) ? "" : value;
            Assert.Contains(written, reading, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_exit_codes_are_those_of_the_code()
    {
        var codes = Constant().Matches(Repo.Text("core/Stop.cs")).Select(m => m.Groups[1].Value).Append("0").Order(StringComparer.Ordinal);
        var told = Section("Exit codes").Where(l => char.IsAsciiDigit(l.TrimStart('|', ' ').FirstOrDefault()))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1]).Order(StringComparer.Ordinal);
        Assert.Equal(codes, told);
    }

    [Fact]
    public void Its_two_commands_are_the_ones_that_exist()
    {
        var blocks = string.Join('\n', Section("Two commands"));
        Assert.Contains("dotnet run --project local -- --once", blocks, StringComparison.Ordinal);
        Assert.Contains("dotnet test", blocks, StringComparison.Ordinal);
        Assert.Contains("\"--once\"", Repo.Text("local/Program.cs"), StringComparison.Ordinal);
        Assert.Matches(@"(?m)^(timeout \S+ \S+ )?dotnet test ", Repo.Text(".ci/run"));
    }

    [Fact]
    public void It_shows_the_flow_as_a_picture()
    {
        var start = Text.IndexOf("```mermaid\nsequenceDiagram\n", StringComparison.Ordinal);
        Assert.True(start >= 0, "README.md has no mermaid block with a sequence diagram");
        var picture = Text[start..Text.IndexOf("\n```\n", start, StringComparison.Ordinal)];
        Assert.Contains("StartExportTask", picture, StringComparison.Ordinal);
        Assert.Contains("StartManualTransferRuns", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        foreach (var document in Repo.Ending(".md"))
        {
            foreach (Match link in Link().Matches(Repo.Text(document)))
            {
                var path = Path.Combine(Path.GetDirectoryName(document)!, link.Groups[1].Value);
                Assert.True(Path.Exists(Path.Combine(Tools.RepoRoot, path)), $"{document} links to {link.Groups[1].Value}");
            }
        }
    }

    // The records that both processes read: warehouse, Slack, endpoints.
    private static IEnumerable<string> Shared() =>
        Repo.Files.Where(f => f.StartsWith("core/Settings/", StringComparison.Ordinal)).SelectMany(f => NamesIn(Repo.Text(f)));

    private static IEnumerable<string> NamesIn(string source) => Literal().Matches(source).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> Section(string title) =>
        Text.Split('\n').SkipWhile(l => l != $"## {title}").Skip(1).TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal));

    /// <summary>The rows of every table whose header ends with a column of that name.</summary>
    private static IEnumerable<string> Rows(string lastColumn)
    {
        var inside = false;
        foreach (var line in Text.Split('\n'))
        {
            if (!line.StartsWith('|')) inside = false;
            else if (line.EndsWith($"| {lastColumn} |", StringComparison.Ordinal)) inside = true;
            else if (inside && !line.StartsWith("| ---", StringComparison.Ordinal)) yield return line;
        }
    }

    private static string FirstCode(string row) => row.Split('`')[1];

    private static string[] Cells(string row) => [.. Bar().Split(row)[1..^1].Select(c => c.Trim())];

    [GeneratedRegex("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)`")]
    private static partial Regex Setting();

    [GeneratedRegex(@"public const int \w+ = (\d+);")]
    private static partial Regex Constant();

    [GeneratedRegex(@"^(\d+)([dh])$")]
    private static partial Regex Days();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
