using Google.Protobuf;
using RdsBq.Core.Views;
using RdsBq.Types.Tests.Engines.Wire;

namespace RdsBq.Types.Tests.Engines;

/// <summary>Casts on Google's reference engine.</summary>
internal static class ReferenceCasts
{
    private const string Table = "p.d.t";

    public static async Task<IReadOnlyList<string?>> EvaluateAsync(
        GoogleSqlEngine engine, Cast cast, string landing, IReadOnlyList<byte[]?> values)
    {
        var table = new EngineTable(
            Table, [("n", TypeKind.Int64), (Shown.Column, TypeKind.Of(landing))],
            [.. values.Select((v, i) => (IReadOnlyList<Value>)[new Value { Int64Value = i }, Cell(landing, v)])]);
        var sql = $"SELECT {Shown.Form(cast)} FROM (SELECT n, {cast.Expression} AS x FROM `{Table}`) ORDER BY n";
        return [.. (await engine.QueryAsync(sql, table)).Rows.Select(r => r[0])];
    }

    private static Value Cell(string landing, byte[]? value)
    {
        if (value is null) return new Value();
        var bytes = ByteString.CopyFrom(value);
        return landing == "BYTES" ? new Value { BytesValue = bytes } : new Value { StringValue = bytes.ToStringUtf8() };
    }
}
