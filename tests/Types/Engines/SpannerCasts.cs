using System.Text;
using RdsBq.Core.Views;
using RdsBq.Tests.Kit;

namespace RdsBq.Types.Tests.Engines;

/// <summary>Casts on Google's Spanner emulator.</summary>
internal static class SpannerCasts
{
    public static async Task<IReadOnlyList<string?>> EvaluateAsync(
        SpannerEmulator emulator, Cast cast, string landing, IReadOnlyList<byte[]?> values)
    {
        // Its CAST prints the time of Los Angeles.
        var form = cast.Type == "TIMESTAMP" ? "STRING(x, 'UTC')" : Shown.Form(cast);
        var sql = $"SELECT {form} FROM (SELECT o, {cast.Expression} AS x FROM UNNEST(@given) AS {Shown.Column} WITH OFFSET AS o) ORDER BY o";
        var given = values.Select(v => v is null ? null : landing == "BYTES" ? Convert.ToBase64String(v) : Encoding.UTF8.GetString(v));
        return [.. (await emulator.QueryAsync(sql, given, landing)).Select(r => r[0])];
    }
}
