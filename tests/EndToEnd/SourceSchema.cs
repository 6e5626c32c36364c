namespace RdsBq.EndToEnd.Tests;

/// <summary>What a real database has that a benchmark's tables have not: every type, its edges, and names that need quoting.</summary>
internal static class SourceSchema
{
    public const string Sql = """"
        create type mood as enum ('happy', 'it''s ok', 'so-so, "really"');
        create domain positive as integer check (value > 0);
        create type pair as (left_part integer, right_part text);
        create schema "Back Office";
        create schema empty_schema;

        create table every_type (
            id bigint primary key, small smallint, num integer not null, big bigint, single_value real, double_value double precision,
            amount numeric(20,4), any_number numeric, price money, flag boolean, raw bytea, fixed character(5), name character varying(50), note text,
            day date, at timestamp, at_zone timestamp with time zone, at_seconds timestamp(0), moment time, moment_zone time with time zone, span interval,
            doc json, docb jsonb, token uuid, address inet, network cidr, mac macaddr, bits bit(8), bits_var bit varying(16), mood mood, tags text[],
            numbers integer[], span_of int4range, spans int4multirange, place point, shape polygon, document xml, search tsvector, log_position pg_lsn,
            positive positive, both_parts pair, kind regclass, object_id oid);
        insert into every_type values
            (1, 7, 42, 9007199254740993, 1.5, 0.1, 123.45, 0.1, 1234.5, true, '\x6869', 'ab', 'Ada', 'plain',
             '2024-02-29', '2024-02-29 13:14:15.1', '2024-02-29 13:14:15.123456+09', '2024-02-29 13:14:15', '13:14:15.123456', '13:14:15+02', '1 year 2 mons 3 days 04:05:06.789',
             '{"b":1, "a": [1,2.50, null], "b":2}', '{"b":2,"a":[1,2.50,null]}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '192.168.1.5/24', '192.168.1.0/24', '08:00:2b:01:02:03',
             B'10101010', B'101', 'happy', '{a,b}', '{1,2,3}', '[1,5)', '{[1,3),[5,7)}', '(1.5,2)', '((0,0),(1,1),(1,0))', '<a b="1">&amp;</a>', 'a cat', '16/B374D848',
             7, '(1,"x, y")', 'every_type', 16384),
            (2, -32768, -2147483648, -9223372036854775808, '-3.4028235e38', '-1.7976931348623157e308', -9999999999999999.9999, -123456789012345678901234567890,
             '-92233720368547758.08', false, '', '', '', '', '4713-01-01 BC', '0001-01-01', '4714-11-24 BC', '0001-01-01', '00:00', '00:00:00+15:59', '-178000000 years',
             'null', 'null', '00000000-0000-0000-0000-000000000000', '0.0.0.0', '0.0.0.0/0', '00:00:00:00:00:00', B'00000000', B'', 'it''s ok', '{}', '{}', 'empty', '{}',
             '(0,0)', '((1e300,-1e300))', '', '', '0/0', 1, '(,)', 'pg_class', 0),
            (3, 32767, 2147483647, 9223372036854775807, '3.4028235e38', '1.7976931348623157e308', 9999999999999999.9999, 99999999999999999999999999999999999999999.5,
             '92233720368547758.07', true, '\xdeadbeef00', 'abcde', repeat('é', 50), 'NULL', '5874897-12-31', '294276-12-31 23:59:59.999999', '294276-12-31 23:59:59.999999+00',
             '9999-12-31', '24:00', '24:00:00-15:59', '178000000 years', '{"big": 12345678901234567890.1234567890}', '[]', 'ffffffff-ffff-ffff-ffff-ffffffffffff',
             'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffff::/16', 'ff:ff:ff:ff:ff:ff', B'11111111', B'1111111111111111', 'so-so, "really"', '{NULL,"NULL",""}',
             '{2147483647,-2147483648}', '(,)', '{(,)}', '(NaN,Infinity)', '((0,0))', '<a/>', '''it''''s'':1', 'FFFFFFFF/FFFFFFFF', 2147483647, '(-1,"""q""")', null, 4294967295),
            (4, 0, 0, 0, 'NaN', 'Infinity', 'NaN', 'Infinity', 0, null, '\x5c780a', E'a\tb', E'\\N', E'two\nlines\ttab\r\n\\ and 🐟', 'infinity', 'infinity', '-infinity',
             '-infinity', '12:00', '12:00+05:30', '-1 years -2 mons +3 days -04:05:06', '"\u0041 \ud83d\udc1f"', '"🐟"', null, '::1', '::1/128', null, B'00000001', B'0', null,
             E'{"b,c","with \\"quotes\\"","back\\\\slash","two\nlines"}', '[2:3]={1,2}', '[1,)', null, null, null, E'<a>\n🐟</a>', '''🐟'':1', '0/1', 8, null, null, null),
            (5, -1, 1, 1, '-0', '4.9e-324', -0.0001, '-Infinity', -0.01, false, '\x00', ' ', ' ', E'\u0001\u007f\u200b', '-infinity', '-infinity', 'infinity', 'infinity',
             '23:59:59.999999', '00:00+00', '0', '{}', '{}', null, '10.1.2.3', '10.0.0.0/8', null, B'10000000', B'1', null, '{{a,b},{c,d}}', '{NULL}', '(,5)', null, null, null, null, null,
             null, 9, null, null, 1);
        insert into every_type (id, num) values (6, 6);
        insert into every_type (id, num, small, big, single_value, double_value, amount, any_number, flag, raw, fixed, name, note, at, at_zone, span, docb, tags, token)
            select i, i % 7, i % 30000, i::bigint * 1234567890123, i / 7.0::real, i / 7.0::double precision, i / 9.0, (i::numeric ^ 3) / 7, i % 3 = 0, decode(md5(i::text), 'hex'),
                   i % 1000, md5((i * 3)::text), repeat(chr(19968 + i % 2000), i % 9), timestamp '1990-01-01' + i * interval '1.234567 days', to_timestamp(i * 86399.123),
                   i * interval '3.5 hours', jsonb_build_object('i', i, 'half', i / 2.0), array[i::text, null, ''], md5(i::text)::uuid
            from generate_series(100, 20099) i;

        create table empty_one (id integer primary key, at timestamp not null, note text, ratio double precision);
        create table measurements (id bigint, city text, taken date not null, degrees real) partition by range (taken);
        create table measurements_2024 partition of measurements for values from ('2024-01-01') to ('2025-01-01');
        create table measurements_2025 partition of measurements for values from ('2025-01-01') to ('2026-01-01');
        create table measurements_2026 partition of measurements for values from ('2026-01-01') to ('2027-01-01');
        insert into measurements select i, 'city ' || i % 17, date '2024-01-01' + i % 700, i / 13.0 from generate_series(1, 25000) i;
        create table "Back Office"."Order Items" ("Id" integer primary key, "orderId" integer, "Größe" text, "select" numeric(10,2), "日付" date);
        insert into "Back Office"."Order Items" select i, i / 3, 'größe ' || i, i / 100.0, date '2020-02-29' + i from generate_series(1, 1500) i;
        create table "Back Office".orders (id integer, "Line No" integer);
        create table public."Orders" (id integer, "from" text);
        insert into public."Orders" values (1, 'upper'), (null, null);
        create table parent (id integer, note text);
        create table child (more text) inherits (parent);
        insert into parent values (1, 'parent');
        insert into child values (2, 'child', 'more');
        create view a_view as select 1 as one;
        create materialized view kept as select 1 as one;
        create unlogged table unlogged_one (id integer);
        insert into unlogged_one values (1);
        """";
}
