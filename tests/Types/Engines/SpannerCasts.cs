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
        var from = $"UNNEST(@given) AS {Shown.Column} WITH OFFSET AS o";
        var sql = $"SELECT {form} FROM (SELECT o, {cast.Expression} AS x FROM {from}) ORDER BY o";
        return [.. (await emulator.QueryAsync(sql, values.Select(v => Shown.InJson(v, landing)), landing)).Select(r => r[0])];
    }
}
