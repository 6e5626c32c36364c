using System.Text.RegularExpressions;

namespace RdsBq.Tests.Infra;

/// <summary>
/// One set of settings: what the README's table tells (which <see cref="Readme"/> holds to what the programs read), what the settings file
/// of the infrastructure offers, and what the infrastructure gives to each program.
/// </summary>
public sealed partial class InfraSettings
{
    private const string Example = "infra/settings.env.example";

    // Endpoints are refused in Cloud Run: nothing there may set them.
    private static readonly HashSet<string> Endpoints =
        [.. Literal().Matches(Repo.Text("core/Settings/Endpoints.cs")).Select(m => m.Groups[1].Value)];

    private static readonly List<string[]> Told = [.. MarkdownRows.Of("README.md", "read by").Where(r => !Endpoints.Contains(r[0]))];

    private static readonly List<string[]> Extra = [.. MarkdownRows.Of("infra/README.md", "infra reads")];

    [Fact]
    public void The_settings_file_offers_what_the_programs_read_and_what_the_infrastructure_adds()
    {
        var offered = Line().Matches(Repo.Text(Example)).Select(m => m.Groups[2].Value).ToList();
        Assert.Equal(Told.Concat(Extra).Select(r => r[0]).Order(StringComparer.Ordinal), offered.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("job", "JOB_SETTINGS")]
    [InlineData("function", "FUNCTION_SETTINGS")]
    public void Each_program_is_given_what_it_reads(string program, string array)
    {
        var read = Told.Where(r => r[^1].Split(',', StringSplitOptions.TrimEntries).Contains(program)).Select(r => r[0]);
        Assert.Equal(read.Order(StringComparer.Ordinal), Array(array).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_commented_out_shows_the_default()
    {
        var defaults = Told.Concat(Extra).ToDictionary(r => r[0], r => r[1]);
        // Where there is none, the file shows what a value looks like.
        var offered = Line().Matches(Repo.Text(Example)).Where(m => m.Groups[1].Value == "#" && m.Groups[3].Value.Length > 0)
            .Select(m => (Value: m.Groups[3].Value, Default: defaults[m.Groups[2].Value]))
            .Where(o => o.Default != "none" && !o.Default.StartsWith("required", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(offered);
        Assert.All(offered, o => Assert.Equal(o.Default, o.Value));
    }

    [Fact]
    public void What_is_required_is_not_commented_out()
    {
        var set = Line().Matches(Repo.Text(Example)).Where(m => m.Groups[1].Value.Length == 0).Select(m => m.Groups[2].Value).ToList();
        var required = Told.Concat(Extra).Where(r => r[1] is "required" or "required by the job").Select(r => r[0]).ToList();
        Assert.NotEmpty(required);
        Assert.Empty(required.Except(set));
    }

    private static IEnumerable<string> Array(string name)
    {
        var text = Repo.Text("infra/gcp/names.sh");
        var start = text.IndexOf($"\n{name}=(", StringComparison.Ordinal) + name.Length + 3;
        return text[start..text.IndexOf(')', start)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("(?m)^(#?)([A-Z][A-Z0-9_]*)=(.*)$")]
    private static partial Regex Line();
}
