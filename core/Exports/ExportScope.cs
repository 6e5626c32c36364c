using System.Text;
using System.Text.RegularExpressions;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Exports;

/// <summary>
/// What an export task is asked to be limited to (<c>ExportOnly</c>), and why. RDS takes <c>database</c>, in PostgreSQL
/// <c>database.schema</c> and <c>database.schema.table</c>, in MySQL <c>database.table</c>; no globs, only A-Z a-z 0-9 $ _ in every name,
/// 200 KB in all (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartExportTask.html and the user guide, USER_ExportSnapshot).
/// </summary>
/// <param name="Only">Empty means everything.</param>
/// <param name="Reason">In words, for people.</param>
public sealed partial record ExportScope(IReadOnlyList<string> Only, string Reason)
{
    private const string Letters = "RDS takes only letters, digits, $ and _ in a partial export";

    private const int MostBytes = 200 * 1024;

    /// <param name="engine">Of the snapshot, as RDS spells it.</param>
    public static ExportScope Of(TargetList targets, string? engine)
    {
        var databases = targets.Databases;
        if (databases.FirstOrDefault(d => !IsPlain(d)) is { } odd)
            return new ExportScope([], $"the whole snapshot: {Letters}, and the database is called {odd}");
        var (names, why) = Tables(targets, SourceEngines.Of(engine), engine);
        if (names is not null) return new ExportScope(names, $"{names.Count} table{(names.Count == 1 ? "" : "s")} by name: the list has names only");
        return new ExportScope(databases, $"the whole database{(databases.Count == 1 ? "" : "s")} {string.Join(", ", databases)}: {why}");
    }

    /// <summary>Whether an export that was limited to <paramref name="only"/> took in a table of that name, if there was one.</summary>
    /// <param name="name">Null for a glob: only whole databases are sure to hold all that it means.</param>
    public static bool Covers(IReadOnlyList<string> only, ExactName? name) =>
        only.Count == 0 || (name is null
            ? !only.Any(o => o.Contains('.', StringComparison.Ordinal))
            : only.Any(o => Covers(o.Split('.'), name.Parts)));

    /// <summary>Whether an export that was limited to <paramref name="only"/> took in all that the list wants.</summary>
    public static bool Covers(IReadOnlyList<string> only, TargetList targets) => only.Count == 0
        || (targets.Names is { } names ? names.All(n => Covers(only, n)) : targets.Databases.All(only.Contains));

    private static bool Covers(string[] only, IReadOnlyList<string> name) => only.Length switch
    {
        1 => name.Count < 3 || name[0] == only[0],
        // MySQL's database.table; whole schemas are nothing that this project asks for.
        2 => name.Count < 3 ? only[^name.Count..].SequenceEqual(name) : name[0] == name[1] && name.Skip(1).SequenceEqual(only),
        _ => name.Count <= only.Length && only[^name.Count..].SequenceEqual(name),
    };

    /// <summary>The limit in a few words: the first names, and how many there are more.</summary>
    public static string Words(IReadOnlyList<string> only) =>
        string.Join(", ", only.Take(3)) + (only.Count > 3 ? $" and {only.Count - 3} more" : "");

    private static (IReadOnlyList<string>? Names, string Why) Tables(TargetList targets, SourceEngine engine, string? spelled)
    {
        if (targets.Names is not { } names) return (null, "the list is empty or has globs or excludes, which RDS does not know");
        if (engine == SourceEngine.Unknown) return (null, $"how RDS names single tables of the engine '{spelled}' is not known here");
        var only = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var line = $"{name.Where}: '{name.Text}'";
            if (name.Resolve(targets.Databases, engine) is not { } table) return (null, $"{line} {Open(engine, name)}");
            if (!IsPlain(table.Schema) || !IsPlain(table.Name)) return (null, $"{line} has other characters, and {Letters}");
            only.Add(table.ToString());
        }
        var bytes = only.Sum(o => Encoding.UTF8.GetByteCount(o) + 1);
        return bytes <= MostBytes ? ([.. only], "") : (null, "the names are more than the 200 KB that RDS takes");
    }

    private static string Open(SourceEngine engine, ExactName name) => (engine, name.Parts.Count) switch
    {
        (SourceEngine.PostgreSql, 1) => "has no schema, which RDS wants to be told",
        (_, 3) or (SourceEngine.MySql, 2) => "is no name of this engine, which has no schemas",
        _ => "may be in any of the databases",
    };

    private static bool IsPlain(string name) => Plain().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9$_]+\z")]
    private static partial Regex Plain();
}
