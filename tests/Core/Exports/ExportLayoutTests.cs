using RdsBq.Core.Exports;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;
using RdsBq.Core.Tests.Runs;

namespace RdsBq.Core.Tests.Exports;

public class ExportLayoutTests
{
    private static readonly SourceTable Orders = new("shop", "public", "orders");
    private static readonly ExportLayout Layout = new(new ExportPlace("b", "rds/daily"), "e-1");

    [Fact]
    public void Keys_lie_where_RDS_writes_them()
    {
        Assert.Equal("rds/daily/e-1/", Layout.Root);
        Assert.Equal("rds/daily/e-1/export_info_e-1.json", Layout.InfoKey);
        Assert.Equal("rds/daily/e-1/shop/public.orders/", Layout.FolderOf(Orders));
        Assert.Equal("rds/daily/e-1/shop/shop.orders/", Layout.FolderOf(new SourceTable("shop", "shop", "orders")));
        Assert.Equal("rds/daily/e-1/my_db/a_b.c_d_/", Layout.FolderOf(new SourceTable("my db", "a\"b", "c\\d`")));
        Assert.Equal("e-1/", (Layout with { Place = new ExportPlace("b", "") }).Root);
        Assert.Equal("my_exports/e-1/", (Layout with { Place = new ExportPlace("b", "/my exports/") }).Root);
    }

    [Theory]
    [InlineData("rds/daily/e-1/export_tables_info_e-1_from_1_to_5.json", true)]
    [InlineData("rds/daily/e-1/export_tables_info_e-1_from_101_to_120.json", true)]
    [InlineData("rds/daily/e-1/export_tables_info_e-1_from_1_to_.json", false)]
    [InlineData("rds/daily/e-1/export_tables_info_e-12_from_1_to_5.json", false)]
    [InlineData("rds/daily/e-1/export_info_e-1.json", false)]
    [InlineData("rds/daily/e-1/shop/export_tables_info_e-1_from_1_to_5.json", false)]
    [InlineData("e-1/export_tables_info_e-1_from_1_to_5.json", false)]
    public void The_files_of_tables_are_known_by_name(string key, bool expected) => Assert.Equal(expected, Layout.IsTablesInfo(key));

    [Theory]
    [InlineData("rds/daily/e-1/shop/public.orders/1/part-00000-x.gz.parquet", "rds/daily/e-1/shop/public.orders/")]
    [InlineData("rds/daily/e-1/shop/public.orders/a/part-00000-x.gz.parquet", "rds/daily/e-1/shop/public.orders/")]
    [InlineData("rds/daily/e-1/shop/public.orders/part-00000-x-c000.gz.parquet", "rds/daily/e-1/shop/public.orders/")]
    [InlineData("rds/daily/e-1/shop/public.orders/1/_SUCCESS", "rds/daily/e-1/shop/public.orders/")]
    [InlineData("rds/daily/e-1/shop/public.orders_old/1/x.parquet", "rds/daily/e-1/shop/public.orders_old/")]
    [InlineData("rds/daily/e-1/export_info_e-1.json", null)]
    [InlineData("rds/daily/e-1/shop/_SUCCESS", null)]
    [InlineData("rds/daily/e-10/shop/public.orders/1/x.parquet", null)]
    public void A_data_key_tells_its_table_folder(string key, string? folder) => Assert.Equal(folder, Layout.FolderOfKey(key));

    [Fact]
    public void Only_parquet_files_are_data()
    {
        Assert.True(ExportLayout.IsParquet("a/1/part-00000-x.gz.parquet"));
        Assert.False(ExportLayout.IsParquet("a/1/_SUCCESS"));
    }

    [Theory]
    [InlineData("rds", "public", "orders")]
    [InlineData("", "public", "orders")]
    [InlineData("my exports", "we}ird{", "o rders")]
    public void The_path_that_DTS_resolves_is_the_folder_that_RDS_writes(string prefix, string schema, string name)
    {
        var ids = RunTimeTemplate.Parse("e-{env}-{run_time|\"%Y%m%d-%H%M\"}", new Dictionary<string, string> { ["env"] = "prod" });
        var place = new ExportPlace("b", prefix);
        var table = new SourceTable("shop", schema, name);
        var runTime = RunTime.At(Make.Now);
        var resolved = DtsExpander.Expand(ExportLayout.TransferPath(place, ids, table), runTime.Instant);
        Assert.Equal($"s3://b/{new ExportLayout(place, ids.Format(runTime)).FolderOf(table)}*.parquet", resolved);
    }

    [Fact]
    public void A_name_with_a_star_has_no_path() =>
        Assert.Throws<ArgumentException>(() =>
            ExportLayout.TransferPath(new ExportPlace("b", ""), RunTimeTemplate.Parse("e-{run_date}"), new SourceTable("shop", "public", "or*ders")));

    [Theory]
    [InlineData("export-id-{run_time|\"%Y%m%d-%H%M\"}", null)]
    [InlineData("a{run_time|\"%Y\"}", null)]
    [InlineData("a23456789012345678901234567890123456789012345678901{run_time|\"%Y%m%d\"}z", null)]
    [InlineData("a23456789012345678901234567890123456789012345678901{run_time|\"%Y%m%d\"}zz", "61 characters")]
    [InlineData("{run_date}", "begin with '1'")]
    [InlineData("-{run_date}", "begin with '-'")]
    [InlineData("Export-{run_date}", "begin with 'E'")]
    [InlineData("eXport-{run_date}", "lower case")]
    [InlineData("e_{run_date}", "'_'")]
    [InlineData("e.{run_date}", "'.'")]
    [InlineData("e:{run_date}", "':'")]
    [InlineData("é{run_date}", "begin with")]
    [InlineData("eé{run_date}", "only letters")]
    [InlineData("e-{run_date}-", "end with a hyphen")]
    [InlineData("e--{run_date}", "two hyphens")]
    [InlineData("e-{run_time|\"-%Y\"}", "two hyphens")]
    public void Ids_that_RDS_would_refuse_are_refused_with_the_reason(string template, string? reason)
    {
        var problem = ExportTaskIds.Problem(RunTimeTemplate.Parse(template));
        if (reason is null) Assert.Null(problem);
        else Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
