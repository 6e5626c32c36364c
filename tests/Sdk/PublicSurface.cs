using System.Reflection;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Sdk;

/// <summary>
/// Each subset's README lists every public member: an extra would compile here and break on the day the genuine package takes its place.
/// Against the genuine assemblies (-p:OfficialSdks=true) the same lists are read the other way round: all that they name must exist.
/// </summary>
public sealed class PublicSurface
{
    private static readonly string Folder = Path.Combine(Tools.RepoRoot, "sdk");

    private static readonly IReadOnlyList<string> PackageIds =
    [
        .. Directory.GetFiles(Folder, "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Subsets() => [.. PackageIds];

    [Theory]
    [MemberData(nameof(Subsets))]
    public void The_readme_lists_exactly_what_the_assembly_offers(string packageId)
    {
        var readme = Path.Combine(Folder, packageId, "README.md");
        var listed = File.Exists(readme) ? Listed(readme) : [];
        Assert.Equal(listed.Count, listed.Distinct().Count());

        var assembly = Assembly.Load(packageId);
        var offered = Surface.Of(assembly);
        var isSubset = assembly.GetCustomAttribute<AssemblyProductAttribute>()?.Product == "RdsBq";
        List<string> missing = isSubset ? [.. offered.Except(listed)] : [];
        List<string> stale = [.. listed.Except(offered)];
        Assert.True(
            File.Exists(readme) && missing.Count + stale.Count == 0,
            $"sdk/{packageId}/README.md, ```text blocks\nmissing:\n{Lines(missing)}\nstale:\n{Lines(stale)}");
    }

    [Fact]
    public void The_index_links_every_subset()
    {
        var index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(PackageIds, id => Assert.Contains($"[{id}]({id}/README.md)", index, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_swapped_package_has_a_subset()
    {
        var swap = File.ReadAllLines(Path.Combine(Tools.RepoRoot, "Directory.Build.targets"))
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("<SdkSubset Include=", StringComparison.Ordinal))
            .Select(line => line.Split('"')[1]);
        Assert.Equal(PackageIds, swap.Order(StringComparer.Ordinal));
    }

    private static List<string> Listed(string readme)
    {
        var inside = false;
        List<string> lines = [];
        foreach (var line in File.ReadLines(readme))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inside = line == "```text";
            else if (inside && line.Length > 0) lines.Add(line);
        }
        return lines;
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
