namespace RdsBq.Types.Tests.Engines;

/// <summary>The engine's numbers of the types (type.proto), by BigQuery's names of both kinds.</summary>
internal static class TypeKind
{
    public const int Int64 = 2;

    private static readonly Dictionary<string, int> Numbers = new()
    {
        ["INTEGER"] = Int64, ["INT64"] = Int64, ["BOOLEAN"] = 5, ["BOOL"] = 5, ["FLOAT"] = 7, ["FLOAT64"] = 7,
        ["STRING"] = 8, ["BYTES"] = 9, ["DATE"] = 10,
        ["TIMESTAMP"] = 19, ["TIME"] = 20, ["DATETIME"] = 21, ["NUMERIC"] = 23, ["BIGNUMERIC"] = 24, ["JSON"] = 26,
    };

    public static int Of(string type) => Numbers[type];
}
