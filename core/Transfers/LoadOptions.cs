using RdsBq.Core.Tables;

namespace RdsBq.Core.Transfers;

/// <summary>
/// The parameters that every transfer config is given besides path, table and keys: each a string, as Google's own clients send them
/// (https://cloud.google.com/bigquery/docs/s3-transfer).
/// </summary>
public static class LoadOptions
{
    public static IReadOnlyList<(string Name, string Value)> All { get; } =
    [
        ("file_format", "PARQUET"),
        ("write_disposition", "WRITE_TRUNCATE"),
        ("decimal_target_types", LandingSchema.DecimalTargetTypes),
        ("max_bad_records", "0"),
    ];

    /// <summary>How a config says it: <c>name=value</c> of those that it has, in the order of <see cref="All"/>.</summary>
    public static string Text(Func<string, string> valueOf) => string.Join(
        ' ', All.Select(o => (o.Name, Value: valueOf(o.Name))).Where(o => o.Value.Length > 0).Select(o => $"{o.Name}={o.Value}"));

    public static string Wanted { get; } = Text(name => All.Single(o => o.Name == name).Value);
}
