using System.Text;
using RdsBq.Core.Views;
using RdsBq.Types.Tests.Cases;
using RdsBq.Types.Tests.Engines;
using RdsBq.Tests.Kit;

namespace RdsBq.Types.Tests;

/// <summary>
/// The table of casts, row by row, with texts that a real PostgreSQL printed, on three engines: two of them are Google's own and witness what
/// the third, the local BigQuery, is held to as well.
/// </summary>
public sealed class CastTests
{
    private static readonly IReadOnlyList<CastCase> Cases = [.. TimeCases.All, .. NumberCases.All, .. TextCases.All];
    private static readonly Lazy<Task<IReadOnlyList<CastCase>>> Printed = new(() => PostgresText.PrintAsync(Cases));

    private static readonly string[] NotInSpanner = ["BIGNUMERIC", "DATETIME", "TIME"];

    [Fact]
    public void A_column_is_shown_as_the_type_that_its_source_type_asks_for() =>
        Assert.Empty(Cases.Select(c => (Case: c, Casts.Of(c.Column("v"))?.Type)).Where(c => c.Type != c.Case.ViewType).Select(c => $"{c.Case}: {c.Type}"));

    [Fact]
    public void Every_row_of_the_table_has_a_case() =>
        Assert.Empty(Casts.Table.Except(Cases.Select(c => Casts.RuleFor(c.Column("v"))!)).Select(r => $"{r.Type}: {r.Why}"));

    [RequiresFact("initdb", "postgres", "googlesql")]
    public async Task The_reference_engine_reads_every_value_as_expected()
    {
        await using var engine = await GoogleSqlEngine.StartAsync();
        await CompareAsync((cast, landing, values) => ReferenceCasts.EvaluateAsync(engine, cast, landing, values));
    }

    [RequiresFact("initdb", "postgres", "spanner-emulator")]
    public async Task The_Spanner_emulator_reads_every_value_of_its_types_as_expected()
    {
        await using var emulator = await SpannerEmulator.StartAsync();
        await CompareAsync((cast, landing, values) => SpannerCasts.EvaluateAsync(emulator, cast, landing, values), NotInSpanner);
    }

    [RequiresFact("initdb", "postgres")]
    public async Task The_local_BigQuery_reads_every_value_as_expected()
    {
        await using var local = await LocalCasts.StartAsync();
        await CompareAsync(local.EvaluateAsync);
    }

    private static async Task CompareAsync(
        Func<Cast, string, IReadOnlyList<byte[]?>, Task<IReadOnlyList<string?>>> evaluate, params string[] without)
    {
        List<string> wrong = [];
        var groups = (await Printed.Value).Where(c => c.ViewType is not null && !without.Contains(c.ViewType))
            .GroupBy(c => (Cast: Casts.Of(c.Column(Shown.Column))!, c.Landing));
        foreach (var group in groups)
        {
            List<CastCase> cases = [.. group];
            var seen = await evaluate(group.Key.Cast, group.Key.Landing, [.. cases.Select(c => c.Raw ?? (c.Text is null ? null : Encoding.UTF8.GetBytes(c.Text)))]);
            Assert.Equal(cases.Count, seen.Count);
            wrong.AddRange(cases.Zip(seen).Where(p => p.First.Expected != p.Second)
                .Select(p => $"{p.First} printed {p.First.Text}: expected {p.First.Expected ?? "NULL"}, got {p.Second ?? "NULL"}"));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
