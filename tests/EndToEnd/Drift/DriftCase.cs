namespace RdsBq.EndToEnd.Tests.Drift;

/// <summary>What happens to one table between two nights, and what has to come of it. <c>{t}</c> is the table's name, which is the case's.</summary>
/// <param name="Before">SQL before the first night.</param>
/// <param name="Change">SQL between the first night and the second.</param>
/// <param name="Words">What ledger and Slack say of it in the second night; null for nothing. <c>{until}</c> is the end of the grace.</param>
/// <param name="Columns">Of the view after the second night; empty where there is no view.</param>
/// <param name="Rows">Of the view after the second night, in the order of its first column, values joined by |.</param>
public sealed record DriftCase(string Name, string Before, string Change, string? Words, string Columns, params string[] Rows)
{
    private const string Two = "create table {t} (id bigint primary key, name text not null); insert into {t} values (1, 'a'), (2, 'b')";
    private const string Gone = "gone from the export: dropped or renamed at the source; view {t} stays as it is until {until} UTC";

    public static readonly IReadOnlyList<DriftCase> All =
    [
        new("untouched", Two, "insert into {t} values (3, 'c')", null, "id name", "1|a", "2|b", "3|c"),
        new("column_added", Two, "alter table {t} add note text default 'n'", "column note is new (text)", "id name note", "1|a|n", "2|b|n"),
        new("column_dropped", Two, "alter table {t} drop name", "column name is gone (text)", "id", "1", "2"),
        new(
            "column_renamed", Two + "; alter table {t} add at date default '2026-04-01'", "alter table {t} rename name to title",
            "column name is now title (text): renamed, or replaced", "id title at", "1|a|2026-04-01", "2|b|2026-04-01"),
        new(
            "integer_widened", "create table {t} (id integer); insert into {t} values (7)", "alter table {t} alter id type bigint; insert into {t} values (5000000000)",
            "column id is bigint instead of integer (wider)", "id", "7", "5000000000"),
        new(
            "text_widened", "create table {t} (id varchar(3)); insert into {t} values ('abc')", "alter table {t} alter id type varchar(9); insert into {t} values ('abcdefghi')",
            "column id is character varying(9) instead of character varying(3) (wider)", "id", "abc", "abcdefghi"),
        new(
            "type_changed", "create table {t} (id bigint); insert into {t} values (7)", "alter table {t} alter id type text using id || ' pieces'",
            "column id is text instead of bigint, in the view STRING instead of INT64", "id", "7 pieces"),
        new(
            "text_becomes_a_date", "create table {t} (id text); insert into {t} values ('2024-02-29')", "alter table {t} alter id type date using id::date",
            "column id is date instead of text, in the view DATE instead of STRING", "id", "2024-02-29"),
        new("may_be_null", Two, "alter table {t} alter name drop not null; insert into {t} values (3, null)", "column name may be NULL now", "id name", "1|a", "2|b", "3|NULL"),
        new("table_added", "select", Two, "new, with 2 rows, published as {t}", "id name", "1|a", "2|b"),
        new("table_dropped", Two, "drop table {t}", Gone, "id name", "1|a", "2|b"),
        new("table_emptied", Two, "truncate {t}", "empty now, 2 rows before", "id name"),
        new("table_renamed", Two, "alter table {t} rename to table_renamed_to", Gone, "id name", "1|a", "2|b"),
        new("table_renamed_to", "select", "select", "new, with 2 rows, published as {t}", "id name", "1|a", "2|b"),
        new("table_returns", Two, "alter table {t} rename to elsewhere; alter table elsewhere set schema attic", Gone, "id name", "1|a", "2|b"),
        // A name that BigQuery does not take costs the table the night, and no other.
        new("column_refused", Two, "alter table {t} add \"a*b\" integer", null, "id name", "1|a", "2|b"),
        new("table_unlisted", Two, "insert into {t} values (3, 'c')", "off the list of target tables; view {t} stays as it is until {until} UTC", "id name", "1|a", "2|b"),
    ];

    public string Sql(string text) => text.Replace("{t}", Name, StringComparison.Ordinal);

    public override string ToString() => Name;
}
