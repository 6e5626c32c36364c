using System.Text.RegularExpressions;
using CsCheck;
using RdsBq.Core.Exports;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Runs;

public partial class RunTimeTemplateTests
{
    private static readonly DateTimeOffset Instant = new(2026, 4, 1, 17, 5, 59, TimeSpan.Zero);
    private static readonly Dictionary<string, string> Names = new() { ["env"] = "prod", ["app"] = "shop{1}" };

    [Fact]
    public void What_is_formatted_is_read_back_for_every_template_and_instant() =>
        Gen.Select(TemplateGen.Any, TemplateGen.Instant).Sample((text, instant) =>
        {
            var template = RunTimeTemplate.Parse(text);
            var id = template.Format(RunTime.At(instant));
            Assert.True(template.TryRead(id, out var read), $"{text} did not read {id}");
            Assert.Equal(template.Truncate(instant), read);
            Assert.Equal(id, template.Format(read));
        }, iter: 20_000);

    [Fact]
    public void The_id_that_is_rendered_is_the_folder_that_DTS_resolves() =>
        Gen.Select(TemplateGen.Any, TemplateGen.Instant).Sample((text, instant) =>
        {
            var template = RunTimeTemplate.Parse(text);
            var runTime = template.Truncate(instant);
            Assert.Equal(template.Format(runTime), DtsExpander.Expand(template.ToTransferTemplate(), runTime.Instant));
        }, iter: 20_000);

    [Fact]
    public void Ids_of_an_accepted_template_are_always_valid_for_RDS()
    {
        var accepted = 0;
        Gen.Select(TemplateGen.Plain, TemplateGen.Instant).Sample((text, instant) =>
        {
            var template = RunTimeTemplate.Parse(text);
            var id = template.Format(RunTime.At(instant));
            var valid = RdsIdentifier().IsMatch(id) && id.Length <= 60;
            Assert.Equal(valid, ExportTaskIds.Problem(template) is null);
            if (valid) Interlocked.Increment(ref accepted);
        }, iter: 20_000);
        Assert.True(accepted > 1_000, $"only {accepted} templates were accepted: the property said little");
    }

    [Fact]
    public void The_next_run_time_is_the_first_that_renders_differently() =>
        Gen.Select(TemplateGen.Any, TemplateGen.Instant).Sample((text, instant) =>
        {
            var template = RunTimeTemplate.Parse(text);
            var now = RunTime.At(instant);
            var next = template.Next(now);
            Assert.NotEqual(template.Format(now), template.Format(next));
            Assert.Equal(template.Format(now), template.Format(RunTime.At(next.Instant.AddMinutes(-1))));
            if (template.FixedStep is { } step) Assert.Equal(template.Truncate(instant).Instant + step, next.Instant);
        }, iter: 5_000);

    [Theory]
    [InlineData("export-id-{env}-{run_time|\"%Y%m%d-%H%M\"}", "export-id-prod-20260401-1705", "export-id-prod-{run_time|\"%Y%m%d-%H%M\"}")]
    [InlineData("e-{run_date}", "e-20260401", "e-{run_date}")]
    [InlineData("e-{run_time|\"%F\"}", "e-2026-04-01", "e-{run_time|\"%F\"}")]
    [InlineData("{app}-{run_time|\"%Y\"}", "shop{1}-2026", "shop\\{1\\}-{run_time|\"%Y\"}")]
    [InlineData("\\{{run_time|\"%Y%%\"}\\}", "{2026%}", "\\{{run_time|\"%Y%%\"}\\}")]
    [InlineData("a{run_time|\"\\\"%Y\\|\"}", "a\"2026|", "a{run_time|\"\\\"%Y\\|\"}")]
    [InlineData("{run_date}/{run_time|\"%H\"}/{run_time|\"%d\"}", "20260401/17/01", "{run_date}/{run_time|\"%H\"}/{run_time|\"%d\"}")]
    public void A_template_renders_for_us_and_for_DTS(string text, string id, string transfer)
    {
        Assert.True(RunTimeTemplate.TryParse(text, Names, out var template, out _));
        Assert.Equal(id, template.Format(RunTime.At(Instant)));
        Assert.Equal(transfer, template.ToTransferTemplate());
        Assert.Equal(id, DtsExpander.Expand(transfer, Instant));
        Assert.Equal(text, template.Text);
    }

    [Theory]
    [InlineData("nightly", "no run time in it")]
    [InlineData("", "no run time in it")]
    [InlineData("a-{run_time|\"%H%M\"}", "no %Y")]
    [InlineData("a-{run_time|\"%Y%d\"}", "no %m")]
    [InlineData("a-{run_date}-{run_time|\"%M\"}", "no %H")]
    [InlineData("a-{run_time+9h|\"%Y%m%d\"}", "offset")]
    [InlineData("a-{run_time-1h|\"%Y%m%d\"}", "offset")]
    [InlineData("a-{run_time| \"%Y\"}", "blank inside")]
    [InlineData("a-{run_time|\"%Y %m\"}", "blank inside")]
    [InlineData("a-{ run_date}", "blank inside")]
    [InlineData("a-{run_time|\"%Y%j\"}", "%j")]
    [InlineData("a-{run_time|\"%Y%\"}", "can't be read back")]
    [InlineData("a-{run_time}", "must be written")]
    [InlineData("a-{run_time|%Y}", "must be written")]
    [InlineData("a-{run_time|\"\"}", "must be written")]
    [InlineData("a-{run_time|\"}", "must be written")]
    [InlineData("a-{run_times|\"%Y\"}", "must be written")]
    [InlineData("a-{run_time|\"%Y|%m\"}", "\\|")]
    [InlineData("a-{run_time|\"%Y\"%m\"}", "\\\"")]
    [InlineData("a-{run_time|\"%Y\\n\"}", "backslash")]
    [InlineData("a-{run_time|\"{%Y\"}", "can't be written")]
    [InlineData("a-{stage}-{run_date}", "{stage} is not known; known are run_time, run_date, app, env")]
    [InlineData("a-{}-{run_date}", "{} is not known")]
    [InlineData("a-{run_date", "without its }")]
    [InlineData("a-run_date}", "without its {")]
    [InlineData("a\\b-{run_date}", "backslash")]
    [InlineData("{run_date}\\", "backslash")]
    public void A_template_that_can_not_be_kept_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(RunTimeTemplate.TryParse(text, Names, out var template, out var problem));
        Assert.Null(template);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Throws<FormatException>(() => RunTimeTemplate.Parse(text, Names)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backslash_in_a_name_is_refused_because_DTS_could_not_be_given_it() =>
        Assert.Contains(
            "{env} has a backslash",
            Assert.Throws<FormatException>(() => RunTimeTemplate.Parse("{env}-{run_date}", new Dictionary<string, string> { ["env"] = "a\\b" })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("e-20260401-170")]
    [InlineData("e-20260401-17055")]
    [InlineData("E-20260401-1705")]
    [InlineData("f-20260401-1705")]
    [InlineData("e-20261301-1705")]
    [InlineData("e-20260230-1705")]
    [InlineData("e-20260401-2405")]
    [InlineData("e-20260401-1760")]
    [InlineData("e-00000401-1705")]
    [InlineData("e-2026040a-1705")]
    [InlineData("e-٢٠٢٦0401-1705")]
    [InlineData("")]
    public void Texts_that_the_template_did_not_render_are_not_read(string text) =>
        Assert.False(RunTimeTemplate.Parse("e-{run_time|\"%Y%m%d-%H%M\"}").TryRead(text, out _));

    [Fact]
    public void Repeated_parts_must_agree()
    {
        var template = RunTimeTemplate.Parse("{run_time|\"%Y\"}-{run_date}");
        Assert.True(template.TryRead("2026-20260401", out _));
        Assert.False(template.TryRead("2025-20260401", out _));
    }

    [Theory]
    [InlineData("%Y", "2026-01-01T00:00Z", "2027-01-01T00:00Z")]
    [InlineData("%Y%m", "2026-04-01T00:00Z", "2026-05-01T00:00Z")]
    [InlineData("%F", "2026-04-01T00:00Z", "2026-04-02T00:00Z")]
    [InlineData("%F%H", "2026-04-01T17:00Z", "2026-04-01T18:00Z")]
    [InlineData("%F%H%M", "2026-04-01T17:05Z", "2026-04-01T17:06Z")]
    public void An_instant_is_truncated_to_what_the_template_tells_apart(string format, string truncated, string next)
    {
        var template = RunTimeTemplate.Parse($"{{run_time|\"{format}\"}}");
        Assert.Equal(truncated, template.Truncate(Instant.ToOffset(TimeSpan.FromHours(9))).ToString());
        Assert.Equal(next, template.Next(RunTime.At(Instant)).ToString());
    }

    // The rule as RDS words it in its own error message.
    [GeneratedRegex(@"^[A-Za-z](?:[A-Za-z0-9]|-(?=[A-Za-z0-9]))*\z")]
    private static partial Regex RdsIdentifier();
}
