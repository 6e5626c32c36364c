using RdsBq.Core.Tables;
using RdsBq.Core.Views;
using RdsBq.Local.Sources;
using RdsBq.Tests.Kit;
using RdsBq.Types.Tests.Engines;

namespace RdsBq.Types.Tests.Views;

/// <summary>Generated views, whole, on Google's reference engine: analysed as the statement that is sent, and run over exported values.</summary>
public sealed class ViewTests
{
    private const int LongestView = 256_000;
    private const string Landing = "local-project.shop_landing.t_202405010300";

    // Of the five rows of values at and beyond the edges, in PostgreSQL's table of every type.
    private static readonly string[] PostgresUncast =
    [
        "amount 1", "any_number 3", "at 2", "at_zone 3", "day 4", "moment 1",
    ];

    [RequiresFact("googlesql")]
    public async Task Every_view_of_the_sample_on_PostgreSQL_runs() =>
        Assert.Equal(PostgresUncast, await RunAsync(await Exported.ReadAsync(new ShopSource(Engine.PostgreSql, scale: 0.001))));

    [RequiresFact("googlesql")]
    public async Task Every_view_of_the_sample_on_MySQL_runs() =>
        Assert.Equal(["day 1", "moment 2"], await RunAsync(await Exported.ReadAsync(new ShopSource(Engine.MySql, scale: 0.001))));

    [RequiresFact("googlesql")]
    public async Task A_view_of_arrays_under_any_name_that_BigQuery_takes_runs()
    {
        string[] names = ["e", "o", "s", "x", "t_202405010300", "Größe", "日付", "select", "a-b & c'd", "<#>%=+:|"];
        List<Column> columns = [.. names.Select(n => new Column(n, "STRING", "NULLABLE", "ARRAY"))];
        await RunAsync([new ExportedTable("named", columns, [[.. names.Select(n => (string?)"{a,NULL}")]])]);
    }

    [RequiresFact("googlesql")]
    public async Task A_view_of_350_arrays_with_long_names_is_no_longer_than_BigQuery_takes()
    {
        List<Column> columns = [.. Enumerable.Range(0, 350).Select(i => new Column($"{i:d3}_".PadLeft(63, 'c'), "STRING", "NULLABLE", "ARRAY"))];
        Assert.True(View(columns).Length < LongestView, $"{View(columns).Length}");
        await RunAsync([new ExportedTable("wide", columns, [[.. columns.Select(n => (string?)"{1,NULL}")]])]);
    }

    /// <returns>The columns of which values did not cast, with their number.</returns>
    private static async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<ExportedTable> tables)
    {
        await using var engine = await GoogleSqlEngine.StartAsync();
        List<string> uncast = [];
        Assert.NotEmpty(tables);
        foreach (var table in tables)
        {
            var landed = table.ForEngine(Landing);
            var view = View(table.Columns);
            await engine.AnalyzeAsync(view, landed);
            var answer = await engine.QueryAsync(view[view.IndexOf("\nSELECT\n", StringComparison.Ordinal)..], landed);
            Assert.Equal(table.Columns.Select(c => (c.Name, TypeKind.Of(Casts.Of(c)?.Type ?? c.Type))), answer.Columns);
            Assert.Equal(table.Rows.Count, answer.Rows.Count);
            for (var i = 0; i < table.Columns.Count; i++)
            {
                var lost = table.Rows.Zip(answer.Rows).Count(r => r.First[i] is not null && r.Second[i] is null);
                if (lost > 0) uncast.Add($"{table.Columns[i].Name} {lost}");
            }
        }
        return [.. uncast.Order(StringComparer.Ordinal)];
    }

    private static string View(IReadOnlyList<Column> columns) => ViewSql.CreateOrReplace(
        new ViewPlan("local-project", "shop", "t", "shop_landing", "t_202405010300", columns, Notes(columns)));

    private static ViewNotes Notes(IReadOnlyList<Column> columns) => new(
        "what people wrote: \"all of it\"", new Dictionary<string, string> { ["team"] = "sales" },
        new Dictionary<string, string> { [columns[0].Name] = "the first\nof the columns" });
}
