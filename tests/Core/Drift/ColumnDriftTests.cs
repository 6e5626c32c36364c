using RdsBq.Core.Drift;
using RdsBq.Core.Tables;
using static RdsBq.Core.Tests.Drift.Make;

namespace RdsBq.Core.Tests.Drift;

public class ColumnDriftTests
{
    private static readonly Column Whole = new("n", "INTEGER", "NULLABLE", "integer", 32);
    private static readonly Column Decimal = new("n", "NUMERIC", "NULLABLE", "decimal", 10, 2);

    public static TheoryData<Column, Column, ChangeKind, string> Types() => new()
    {
        { Whole, Of("bigint", 64), ChangeKind.TypeWidened, "bigint instead of integer (wider)" },
        { Of("smallint", 16), Whole, ChangeKind.TypeWidened, "integer instead of smallint (wider)" },
        { Of("int", 10), Of("bigint", 19), ChangeKind.TypeWidened, "bigint instead of int (wider)" },
        { Of("bigint", 64), Whole, ChangeKind.TypeChanged, "integer instead of bigint" },
        { Of("real", 24, "FLOAT"), Of("double precision", 53, "FLOAT"), ChangeKind.TypeWidened, "double precision instead of real (wider)" },
        { Of("character varying", 10), Of("character varying", 20), ChangeKind.TypeWidened, "character varying(20) instead of character varying(10) (wider)" },
        { Of("character varying", 20), Of("character varying", 10), ChangeKind.TypeChanged, "character varying(10) instead of character varying(20)" },
        { Of("character varying", 20), Of("text"), ChangeKind.TypeWidened, "text instead of character varying(20) (wider)" },
        { Of("character varying", 20), Of("character varying"), ChangeKind.TypeWidened, "character varying instead of character varying(20) (wider)" },
        { Of("character", 5), Of("character varying", 5), ChangeKind.TypeWidened, "character varying(5) instead of character(5) (wider)" },
        { Of("character varying", 5), Of("character", 9), ChangeKind.TypeChanged, "character(9) instead of character varying(5)" },
        { Of("tinytext", 255), Of("text", 65535), ChangeKind.TypeWidened, "text(65535) instead of tinytext(255) (wider)" },
        { Of("timestamp without time zone", 3), Of("timestamp without time zone", 6), ChangeKind.TypeWidened, "timestamp without time zone(6) instead of timestamp without time zone(3) (wider)" },
        { Decimal, Decimal with { Precision = 12 }, ChangeKind.TypeWidened, "decimal(12,2) instead of decimal(10,2) (wider)" },
        { Decimal, Decimal with { Precision = 12, Scale = 4 }, ChangeKind.TypeWidened, "decimal(12,4) instead of decimal(10,2) (wider)" },
        { Decimal, Decimal with { Scale = 4 }, ChangeKind.TypeChanged, "decimal(10,4) instead of decimal(10,2)" },
        {
            Decimal, Decimal with { Type = "BIGNUMERIC", Precision = 50, Scale = 12 }, ChangeKind.TypeWidened,
            "decimal(50,12) instead of decimal(10,2) (wider), in the view BIGNUMERIC instead of NUMERIC"
        },
        { Whole, Of("text"), ChangeKind.TypeChanged, "text instead of integer, in the view STRING instead of INT64" },
        { Of("date"), Of("uuid"), ChangeKind.TypeChanged, "uuid instead of date, in the view STRING instead of DATE" },
        { Whole with { OriginalType = null }, Of("text"), ChangeKind.TypeChanged, "text instead of integer, in the view STRING instead of INT64" },
        { Of("point", 0, "BYTES"), Of("point", 0, "STRING"), ChangeKind.TypeChanged, "point instead of point, in the view STRING instead of BYTES" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_is_wider_or_another(Column before, Column after, ChangeKind kind, string words) =>
        Assert.Equal(new Change(kind, $"column n is {words}"), Assert.Single(Between([before], [after])));

    [Fact]
    public void Raw_views_show_what_lands() => Assert.Equal(
        "column n is text instead of date", Assert.Single(ColumnDrift.Between([Of("date")], [Of("text")], castTypes: false, exact: true)).Words);

    [Theory]
    [InlineData("REQUIRED", "NULLABLE", "column name may be NULL now")]
    [InlineData("NULLABLE", "REQUIRED", "column name is NOT NULL now")]
    public void Not_null_comes_and_goes(string before, string after, string words) => Assert.Equal(
        new Change(ChangeKind.Nullability, words), Assert.Single(Between([Name with { Mode = before }], [Name with { Mode = after }])));

    [Fact]
    public void Without_files_on_one_side_modes_and_landing_types_say_nothing() =>
        Assert.Empty(ColumnDrift.Between([Id, Whole], [Id with { Mode = "NULLABLE" }, Whole with { Type = "STRING" }], castTypes: true, exact: false));

    [Fact]
    public void The_order_of_columns_is_no_change() => Assert.Empty(Between([Id, Name, Text("note")], [Text("note"), Id, Name]));

    [Fact]
    public void A_column_in_the_place_of_another_of_its_type_is_renamed_or_replaced() => Assert.Equal(
        [new Change(ChangeKind.ColumnRenamed, "column name is now title (text): renamed, or replaced")],
        Between([Id, Name, Whole], [Id, Text("title"), Whole]));

    [Fact]
    public void Neighbours_renamed_together_are_told_apart_by_their_order() => Assert.Equal(
        ["column a is now x (text): renamed, or replaced", "column n is now y (integer): renamed, or replaced"],
        Between([Id, Text("a"), Whole, Name], [Id, Text("x"), Whole with { Name = "y" }, Name]).Select(c => c.Words));

    [Fact]
    public void A_column_in_another_place_or_of_another_type_is_gone_and_new()
    {
        string[] gone = ["column name is gone (text)", "column title is new (text)"];
        Assert.Equal(gone, Between([Id, Name, Whole], [Id, Whole, Text("title")]).Select(c => c.Words));
        Assert.Equal(
            ["column name is gone (text)", "column title is new (uuid)"],
            Between([Id, Name, Whole], [Id, Text("title", "uuid"), Whole]).Select(c => c.Words));
    }

    [Fact]
    public void A_name_in_other_letters_is_the_same_column() => Assert.Equal(
        [new Change(ChangeKind.ColumnRenamed, "column name is now written Name")], Between([Id, Name], [Id, Text("Name")]));

    private static List<Change> Between(IReadOnlyList<Column> before, IReadOnlyList<Column> after) =>
        [.. ColumnDrift.Between(before, after, castTypes: true, exact: true)];

    private static Column Of(string original, int precision = 0, string? type = null) => new(
        "n", type ?? (original.EndsWith("int", StringComparison.Ordinal) || original == "integer" ? "INTEGER" : "STRING"), "NULLABLE", original, precision);
}
