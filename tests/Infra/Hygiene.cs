using System.Xml.Linq;

namespace RdsBq.Tests.Infra;

/// <summary>What every committed file keeps to.</summary>
public sealed class Hygiene
{
    // Written in pieces, so that this file passes its own test.
    private static readonly string[] NeverNamed =
    [
        "nuget" + ".org", "pypi" + ".org", "registry.npmjs" + ".org", "pythonhosted" + ".org", "proxy.golang" + ".org", "crates" + ".io",
        "/wo" + "rk/", "/ro" + "ot/", "/Us" + "ers/", @"C:\Us" + "ers",
    ];

    [Fact]
    public void No_file_names_a_registry_or_a_path_of_one_machine()
    {
        var found = Repo.Files.SelectMany(f => NeverNamed.Where(n => Repo.Text(f).Contains(n, StringComparison.OrdinalIgnoreCase)).Select(n => $"{f}: {n}"));
        Assert.Empty(found);
    }

    [Fact]
    public void No_source_file_is_longer_than_300_lines()
    {
        var sources = Repo.Ending(".cs").ToList();
        Assert.NotEmpty(sources);
        var tooLong = sources.Select(f => (File: f, Lines: Repo.Text(f).TrimEnd('\n').Count(c => c == '\n') + 1)).Where(f => f.Lines > 300).ToList();
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Every_package_version_stands_in_a_group_that_says_what_it_is_for()
    {
        var versions = XDocument.Parse(Repo.Text("Directory.Packages.props")).Descendants("PackageVersion").ToList();
        Assert.NotEmpty(versions);
        Assert.All(versions, v => Assert.False(
            string.IsNullOrWhiteSpace((string?)v.Parent?.Attribute("Label")) && v.PreviousNode is not XComment, $"{v.Attribute("Include")?.Value} has neither label nor comment"));
    }

    [Fact]
    public void No_project_gives_a_version_of_its_own()
    {
        var own = Repo.Ending(".csproj")
            .SelectMany(p => XDocument.Parse(Repo.Text(p)).Descendants("PackageReference").Where(r => r.Attribute("Version") is not null).Select(r => $"{p}: {r}"));
        Assert.Empty(own);
    }

    [Fact]
    public void Every_decision_has_a_date_and_a_number_of_its_own()
    {
        var decisions = Repo.Files.Where(f => f.StartsWith("docs/decisions/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(decisions);
        Assert.All(decisions, d => Assert.Matches(@"^docs/decisions/\d{4}-[a-z0-9-]+\.md$", d));
        Assert.All(decisions, d => Assert.Matches(@"(?m)^\d{4}-\d{2}-\d{2}\b", Repo.Text(d)));
        Assert.Equal(Enumerable.Range(1, decisions.Count), decisions.Select(d => int.Parse(Path.GetFileName(d)[..4])));
    }
}
