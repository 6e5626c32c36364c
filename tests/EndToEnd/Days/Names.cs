namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>What developers call things.</summary>
internal static class Names
{
    public const string OtherSchema = "Back Office";

    /// <summary>Each is a view name of its own.</summary>
    public static readonly IReadOnlyList<(string Schema, string Name)> Tables =
    [
        .. new[]
        {
            "orders", "items", "customers", "invoices", "returns", "stock", "events", "sessions", "Orders", "select", "Größe", "日付の表",
            "Order Items", "we-ird", "it's", "a\"b", "curly{x}", "br[1]", "dollar$", "semi;colon", "per%cent", "q?mark", "dot.ted",
            "fish 🐟", "back`tick", "comma,", "_under", "x=1", "hash#", "plus+",
        }.Select(n => ("public", n)),
        (OtherSchema, "log"), (OtherSchema, "Order Lines"), ("audit", "log"), ("audit", "trail"),
    ];

    public static readonly IReadOnlyList<string> Columns =
    [
        "name", "note", "amount", "price", "at", "day", "flag", "kind", "code", "city", "total", "state", "Größe", "日付", "select", "from",
        "it's", "per%cent", "a-b", "x+y", "pi|pe", "<tag>", "#no", "a&b", "le:ss", "UPPER", "camelCase", "_x", "v1", "v2", "v3", "v4",
    ];

    /// <summary>Names for which RDS (the first three) or BigQuery leaves the whole table out.</summary>
    public static readonly IReadOnlyList<string> BadColumns = ["line no", "semi;colon", "a=b", "dot.ted", "50$", "what?"];

    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
