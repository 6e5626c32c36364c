using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra;

/// <summary>The checkout as committed: sources and documents, without what builds leave behind.</summary>
internal static class Repo
{
    private static readonly HashSet<string> NotCommitted = [".git", ".vs", ".idea", "bin", "obj", "TestResults", "artifacts"];

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Under(new DirectoryInfo(Tools.RepoRoot)).Select(Relative).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Ending(string end) => Files.Where(f => f.EndsWith(end, StringComparison.Ordinal));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Tools.RepoRoot, path));

    /// <summary>The room that a file lies in: the first part of its path; tests/Kit and the like count as tests.</summary>
    public static string Room(string path) => path.Split('/')[0];

    private static IEnumerable<FileInfo> Under(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(f => !NotCommitted.Contains(f.Name)).Concat(folder.EnumerateDirectories().Where(d => !NotCommitted.Contains(d.Name)).SelectMany(Under));

    private static string Relative(FileInfo file) => Path.GetRelativePath(Tools.RepoRoot, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
}
