namespace RdsBq.Core.Settings;

/// <summary><c>DATABASE_NAME</c>: one database, or several of one server with commas between them.</summary>
public static class DatabaseNames
{
    public const string Expected = "the database's name in the snapshot, or several names with commas between them";

    public static IReadOnlyList<string> Split(string? value) =>
        (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static bool IsValid(string value) =>
        Split(value) is { Count: > 0 } names && names.Distinct(StringComparer.Ordinal).Count() == names.Count
            && names.All(n => n.Length <= 63 && !n.Contains('/', StringComparison.Ordinal));
}
