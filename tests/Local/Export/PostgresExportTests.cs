using RdsBq.Local.Export;
using RdsBq.Local.Sources;
using RdsBq.Tests.Kit;

namespace RdsBq.Local.Tests.Export;

public sealed class PostgresExportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [RequiresFact("initdb", "postgres", "pgbench")]
    public async Task A_pgbench_database_arrives_with_every_row_and_sum()
    {
        var source = new PostgresSource(await postgres.CreateAsync("bench", "select 1"));
        await (await postgres.ClusterAsync).RunClientAsync("pgbench", "-i", "-q", "-s", "1", "bench");
        using var exporting = new Exporting();

        await exporting.RunAsync(source, new ExportOptions { RowsPerFile = 30_000, RowsPerGroup = 20_000 });

        Assert.Equal(100_000, exporting.Rows("bench/public.pgbench_accounts"));
        Assert.Equal(10, exporting.Rows("bench/public.pgbench_tellers"));
        Assert.Equal(0, exporting.Rows("bench/public.pgbench_history"));
        Assert.Equal(
            ["100000|5000050000|84"],
            exporting.Query(
                $"select count(distinct aid), sum(aid), max(length(filler)) from read_parquet({exporting.Files("bench/public.pgbench_accounts")})"));
        Assert.Equal(
            ["aid INT32 REQUIRED", "bid INT32 OPTIONAL", "abalance INT32 OPTIONAL", "filler BYTE_ARRAY OPTIONAL UTF8"],
            exporting.Footer("bench/public.pgbench_accounts").Distinct());
    }

    [RequiresFact("initdb", "postgres")]
    public async Task Permanent_tables_are_exported_and_nothing_else()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new PostgresSource(await postgres.CreateAsync("objects", """"
            create table plain (id int primary key, kind oid, of regclass, name text);
            insert into plain values (1, 2, 'pg_class', 'a');
            create view seen as select * from plain;
            create materialized view kept as select * from plain;
            create unlogged table volatile (id int primary key);
            create table parent (id int primary key);
            create table child () inherits (parent);
            insert into parent values (1);
            insert into child values (2), (3);
            create schema "Other Schema";
            create table "Other Schema"."say ""hi""" (id int primary key, "Größe" text);
            insert into "Other Schema"."say ""hi""" values (1, 'x');
            create table bad_column (id int, "two words" int);
            create table "a/b" (id int);
            create table only_ids (id oid);
            """")));

        Assert.Equal(
            [
                "objects.Other Schema.say \"hi\"", "objects.public.a/b", "objects.public.bad_column", "objects.public.child", "objects.public.only_ids",
                "objects.public.parent", "objects.public.plain", "postgres", "rdsadmin",
            ],
            exporting.Entries().Select(e => (string)e["target"]!).Order(StringComparer.Ordinal));
        Assert.Equal(["id INT32 REQUIRED", "name BYTE_ARRAY OPTIONAL UTF8"], exporting.Footer("objects/public.plain"));
        Assert.Equal(
            (1, 2, 1),
            (exporting.Rows("objects/public.parent"), exporting.Rows("objects/public.child"), exporting.Rows("objects/Other_Schema.say__hi_")));
        Assert.DoesNotContain(
            exporting.Keys, k => k.Contains("bad_column", StringComparison.Ordinal) || k.Contains("a/b", StringComparison.Ordinal));
    }

    [RequiresFact("initdb", "postgres")]
    public async Task A_partitioned_table_is_one_table_with_a_batch_folder_for_each_partition()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new PostgresSource(await postgres.CreateAsync("parted", """
            create table visits (id int, at date not null) partition by range (at);
            create table visits_1 partition of visits for values from ('2024-01-01') to ('2024-02-01');
            create table visits_2 (at date not null, id int);
            alter table visits attach partition visits_2 for values from ('2024-02-01') to ('2024-03-01');
            create table visits_3 partition of visits for values from ('2024-03-01') to ('2024-04-01');
            insert into visits select i, date '2024-01-01' + i % 59 from generate_series(1, 590) i;
            """)));

        Assert.Equal(590, exporting.Rows("parted/public.visits"));
        Assert.Equal(
            (310, 280, 0),
            (exporting.Rows("parted/public.visits/1"), exporting.Rows("parted/public.visits/2"), exporting.Rows("parted/public.visits/3")));
        Assert.Contains("parted/public.visits/3/_SUCCESS", exporting.Keys);
        Assert.Single(exporting.Entries(), e => ((string)e["target"]!).StartsWith("parted.", StringComparison.Ordinal));
    }

    [RequiresFact("initdb", "postgres")]
    public async Task A_table_that_may_not_be_read_is_skipped_with_that_reason()
    {
        var connection = await postgres.CreateAsync("guarded", """
            create role reader login;
            create table shown (id int primary key);
            create table hidden (id int primary key);
            grant select on shown to reader;
            """);
        using var exporting = new Exporting();
        var outcome = await exporting.RunAsync(
            new PostgresSource(connection.Replace("Username=postgres", "Username=reader", StringComparison.Ordinal)));

        Assert.Equal("PERMISSIONS_DO_NOT_EXIST", (string)exporting.Entry("guarded.public.hidden")["warningMessage"]!);
        Assert.Contains("guarded.public.hidden", outcome.WarningMessage, StringComparison.Ordinal);
        Assert.Contains("guarded/public.shown/1/_SUCCESS", exporting.Keys);
    }

    [RequiresFact("initdb", "postgres")]
    public async Task All_tables_are_read_at_one_instant()
    {
        var connection = await postgres.CreateAsync(
            "instant", "create table a (id int primary key); create table b (id int primary key); insert into a values (1)");
        await using var snapshot = await new PostgresSource(connection).OpenAsync(1, CancellationToken.None);
        var before = await PostgresFixture.CountAsync(snapshot, "a");
        await (await postgres.ClusterAsync).ExecuteAsync("insert into a values (2); insert into b values (2)", "instant");

        Assert.Equal((1, 1, 0), (before, await PostgresFixture.CountAsync(snapshot, "a"), await PostgresFixture.CountAsync(snapshot, "b")));
    }

    [RequiresFact("initdb", "postgres")]
    public async Task Rows_longer_than_the_reading_buffer_arrive_whole()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new PostgresSource(await postgres.CreateAsync("wide", """
            create table wide (id int primary key, body text, raw bytea);
            insert into wide select i, repeat(E'é\n', 100000 * i), decode(repeat('00ff0a5c', 50000), 'hex') from generate_series(1, 4) i;
            """)), new ExportOptions { BytesPerGroup = 500_000 });

        Assert.Equal(
            ["1|200000|200000|1", "2|400000|200000|1", "3|600000|200000|1", "4|800000|200000|1"],
            exporting.Query(
                $"select id, length(body), octet_length(raw), length(replace(body, 'é' || chr(10), '')) + 1 from read_parquet({exporting.Files("wide/public.wide")}) order by id"));
    }
}
