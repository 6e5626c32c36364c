using System.Xml.Linq;

namespace RdsBq.Tests.Infra;

/// <summary>Who may know whom, read from the project files. A reference with ReferenceOutputAssembly=false only orders the build.</summary>
public sealed class Rooms
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["core"] = [],
        ["cloud"] = ["core"],
        ["jobs"] = ["core", "cloud"],
        ["functions"] = ["core", "cloud"],
        ["sdk"] = ["sdk"],
        ["local"] = [],
        ["tests"] = ["core", "cloud", "jobs", "functions", "sdk", "local", "tests", "bench"],
        ["bench"] = ["core", "cloud", "jobs", "functions", "sdk", "local", "tests", "bench"],
    };

    public static TheoryData<string> Projects() => [.. Repo.Ending(".csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_rooms_that_it_may_know(string project)
    {
        Assert.True(MayKnow.TryGetValue(Repo.Room(project), out var allowed), $"{project} lies in no room that design knows");
        var strangers = References(project).Where(r => !allowed.Contains(Repo.Room(r)));
        Assert.Empty(strangers);
    }

    [Fact]
    public void The_core_names_no_package() => Assert.Empty(Packages("core/Core.csproj"));

    [Fact]
    public void The_local_cloud_uses_no_package_that_the_processes_speak_to_the_clouds_with()
    {
        var clients = Packages("cloud/Cloud.csproj").Where(p => p.StartsWith("AWSSDK.", StringComparison.Ordinal)
            || p.StartsWith("Google.Cloud.", StringComparison.Ordinal) || p is "SlackNet").ToList();
        Assert.NotEmpty(clients);
        Assert.Empty(Packages("local/Local.csproj").Intersect(clients));
    }

    [Fact]
    public void The_local_cloud_compiles_sources_of_its_own_and_the_contracts_only()
    {
        var includes = Items("local/Local.csproj", "Compile").Concat(Items("local/Local.csproj", "Protobuf")).Select(i => (string?)i.Attribute("Include") ?? "");
        Assert.All(includes.Where(i => i.Contains("..", StringComparison.Ordinal)), i => Assert.StartsWith("../contracts/", i, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_adapters_name_the_clouds_packages()
    {
        string[] clouds = ["AWSSDK.", "Google.Cloud.BigQuery", "Google.Cloud.SecretManager", "Google.Cloud.PubSub", "Google.Cloud.Iam", "Google.Apis", "SlackNet"];
        var elsewhere = Repo.Ending(".csproj")
            .Where(p => Repo.Room(p) is "core" or "jobs" or "functions")
            .SelectMany(p => Packages(p).Where(id => clouds.Any(c => id.StartsWith(c, StringComparison.Ordinal))).Select(id => $"{p}: {id}"));
        Assert.Empty(elsewhere);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repo.Text("RdsBq.sln").Replace('\\', '/');
        Assert.All(Repo.Ending(".csproj"), project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(string project) => Items(project, "ProjectReference")
        .Where(r => !string.Equals((string?)r.Attribute("ReferenceOutputAssembly") ?? (string?)r.Element("ReferenceOutputAssembly"), "false", StringComparison.OrdinalIgnoreCase))
        .Select(r => FromRoot(project, ((string)r.Attribute("Include")!).Replace('\\', '/')));

    private static List<string> Packages(string project) => [.. Items(project, "PackageReference").Select(p => (string)p.Attribute("Include")!)];

    private static IEnumerable<XElement> Items(string project, string name) =>
        XDocument.Parse(Repo.Text(project)).Descendants(name).Where(i => i.Attribute("Include") is not null);

    private static string FromRoot(string project, string include)
    {
        var root = Path.GetFullPath("/");
        var folder = Path.Combine(root, Path.GetDirectoryName(project)!);
        return Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(folder, include))).Replace(Path.DirectorySeparatorChar, '/');
    }
}
