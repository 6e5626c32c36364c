using RdsBq.Core.Views;
using RdsBq.Tests.Kit;

namespace RdsBq.Types.Tests;

public sealed class ReadmeTests
{
    // Other names of types that the README tells under their first.
    private static readonly string[] Aliases =
    [
        "timestamp", "datetime", "timestamptz", "timetz", "int", "int2", "int4", "int8", "float4", "float8", "bool", "decimal unsigned",
        "character",
    ];

    [Fact]
    public void The_README_tells_what_every_type_of_the_table_becomes()
    {
        var text = File.ReadAllText(Path.Combine(Tools.RepoRoot, "README.md"));
        var section = text[text.IndexOf("\n## Types\n", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        var rows = section.Split('\n').Where(l => l.StartsWith('|')).Select(l => l.Split('|')).ToList();
        var untold = Casts.Table.Where(r => !(r.Names.Contains("array") && r.Type is null))
            .SelectMany(r => r.Names.Except(Aliases).Select(n => (Name: n, Type: r.Type ?? "STRING")))
            .Where(c => !rows.Any(cells => Tells(cells, c.Name, c.Type)));
        Assert.Empty(untold);
    }

    private static bool Tells(string[] cells, string name, string type) =>
        cells[1].Contains($"`{name}`", StringComparison.OrdinalIgnoreCase) && cells[2].Contains(type, StringComparison.Ordinal);
}
