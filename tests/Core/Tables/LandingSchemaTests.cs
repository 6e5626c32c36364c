using RdsBq.Core.Tables;

namespace RdsBq.Core.Tests.Tables;

public class LandingSchemaTests
{
    private static readonly SourceTable Postgres = new("shop", "public", "t");
    private static readonly SourceTable MySql = new("shop", "shop", "t");

    [Theory]
    [InlineData("BOOLEAN", null, "BOOLEAN")]
    [InlineData("INT32", null, "INTEGER")]
    [InlineData("INT32", "INT_16", "INTEGER")]
    [InlineData("INT32", "UINT_32", "INTEGER")]
    [InlineData("INT64", null, "INTEGER")]
    [InlineData("INT64", "UINT_64", "INTEGER")]
    [InlineData("INT32", "DATE", "DATE")]
    [InlineData("INT32", "TIME_MILLIS", "TIME")]
    [InlineData("INT64", "TIME_MICROS", "TIME")]
    [InlineData("INT64", "TIMESTAMP_MILLIS", "TIMESTAMP")]
    [InlineData("INT64", "TIMESTAMP_MICROS", "TIMESTAMP")]
    [InlineData("INT96", null, "TIMESTAMP")]
    [InlineData("FLOAT", null, "FLOAT")]
    [InlineData("DOUBLE", null, "FLOAT")]
    [InlineData("BYTE_ARRAY", null, "BYTES")]
    [InlineData("BYTE_ARRAY", "UTF8", "STRING")]
    [InlineData("BYTE_ARRAY", "ENUM", "BYTES")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", null, "BYTES")]
    public void A_Parquet_type_becomes_what_BigQuery_makes_of_it(string physical, string? logical, string expected) =>
        Assert.Equal(expected, Assert.Single(LandingSchema.FromParquet([new("c", physical, logical, false)], null)).Type);

    [Theory]
    [InlineData("INT64", "DATE")]
    [InlineData("INT32", "TIMESTAMP_MICROS")]
    [InlineData("BYTE_ARRAY", "DECIMAL")]
    [InlineData("BOOLEAN", "UTF8")]
    [InlineData("INT64", "TIMESTAMP_NANOS")]
    public void A_type_that_BigQuery_does_not_load_stops_with_the_column(string physical, string logical)
    {
        var stop = Assert.Throws<StopException>(() => LandingSchema.FromParquet([new("born", physical, logical, false)], null));
        Assert.Contains("column born", stop.Message, StringComparison.Ordinal);
        Assert.Contains(physical, stop.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT32", 9, 2, "NUMERIC")]
    [InlineData("INT64", 18, 9, "NUMERIC")]
    [InlineData("INT64", 18, 10, "BIGNUMERIC")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 20, 0, "NUMERIC")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 29, 0, "NUMERIC")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 30, 0, "BIGNUMERIC")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 38, 9, "NUMERIC")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 39, 9, "BIGNUMERIC")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 38, 10, "BIGNUMERIC")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 38, 30, "BIGNUMERIC")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 38, 0, "BIGNUMERIC")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 39, 0, "STRING")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 76, 38, "BIGNUMERIC")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 77, 38, "STRING")]
    [InlineData("FIXED_LEN_BYTE_ARRAY", 40, 39, "STRING")]
    public void A_decimal_takes_the_first_type_that_holds_it(string physical, int precision, int scale, string expected)
    {
        var column = Assert.Single(LandingSchema.FromParquet([new("c", physical, "DECIMAL", false, precision, scale)], null));
        Assert.Equal((expected, precision, (int?)scale), (column.Type, column.Precision, column.Scale));
        Assert.Equal("NUMERIC,BIGNUMERIC,STRING", LandingSchema.DecimalTargetTypes);
    }

    [Fact]
    public void Modes_come_from_the_file_and_original_types_from_the_manifest()
    {
        var entry = Entry(Postgres, new("id", "bigint", "int64", 0, 64, 0), new("at", "timestamp with time zone", "binary (UTF8)", 0, 0, 6));
        var columns = LandingSchema.FromParquet([new("id", "INT64", null, true), new("at", "BYTE_ARRAY", "UTF8", false), new("x", "BYTE_ARRAY", "UTF8", false)], entry);
        Assert.Equal(
            [
                new("id", "INTEGER", "REQUIRED", "bigint", 64),
                new("at", "STRING", "NULLABLE", "timestamp with time zone", 6),
                new Column("x", "STRING", "NULLABLE"),
            ],
            columns);
    }

    [Theory]
    [InlineData("int32", "INTEGER")]
    [InlineData("int64", "INTEGER")]
    [InlineData("int32 (INT_16)", "INTEGER")]
    [InlineData("int32 (INT(16,true))", "INTEGER")]
    [InlineData("float", "FLOAT")]
    [InlineData("double", "FLOAT")]
    [InlineData("boolean", "BOOLEAN")]
    [InlineData("binary", "BYTES")]
    [InlineData("binary (UTF8)", "STRING")]
    [InlineData("BINARY (STRING)", "STRING")]
    [InlineData("int64 (TIMESTAMP_MICROS)", "TIMESTAMP")]
    [InlineData("int64 (TIMESTAMP(MICROS,true))", "TIMESTAMP")]
    [InlineData("int64 (TIME_MICROS)", "TIME")]
    [InlineData("int32 (DATE)", "DATE")]
    [InlineData("int96", "TIMESTAMP")]
    [InlineData("int32 (DECIMAL(9,2))", "NUMERIC")]
    [InlineData("fixed_len_byte_array(16) (DECIMAL(38,10))", "BIGNUMERIC")]
    [InlineData("fixed_len_byte_array(9) (DECIMAL(20,0))", "NUMERIC")]
    [InlineData("decimal(10,2)", "NUMERIC")]
    [InlineData("something new", "STRING")]
    [InlineData("", "STRING")]
    public void An_empty_table_takes_its_types_from_the_manifests_words(string exported, string expected) =>
        Assert.Equal(expected, Assert.Single(LandingSchema.FromManifest(Entry(Postgres, new ManifestColumn("c", "text", exported, 0, 0, 0)))).Type);

    [Theory]
    [InlineData("INTEGER", "bigint", "bigint(20)", "int", "integer", "mediumint", "int unsigned", "mediumint(8) unsigned", "smallint", "smallint unsigned")]
    [InlineData("INTEGER", "tinyint(1)", "tinyint unsigned", "year")]
    [InlineData("NUMERIC", "bigint unsigned", "bigint(20) unsigned")]
    [InlineData("FLOAT", "float", "double")]
    [InlineData("BYTES", "bit", "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "char")]
    [InlineData("BYTES", "geometry", "geometrycollection", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon")]
    [InlineData("STRING", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "json", "date", "time")]
    [InlineData("TIMESTAMP", "datetime", "datetime(6)", "timestamp")]
    public void Without_those_words_MySQLs_types_are_mapped_as_AWS_says(string expected, params string[] originals) =>
        AssertOriginals(MySql, expected, originals);

    [Theory]
    [InlineData("INTEGER", "bigint", "bigserial", "integer", "serial", "smallint", "smallserial")]
    [InlineData("FLOAT", "double precision", "real")]
    [InlineData("BOOLEAN", "boolean")]
    [InlineData("BYTES", "bytea")]
    [InlineData("STRING", "numeric", "money", "character", "character varying", "text", "name", "USER-DEFINED", "xml", "tsvector", "tsquery", "bit", "bit varying")]
    [InlineData("STRING", "ARRAY", "date", "time without time zone", "time with time zone", "timestamp without time zone", "timestamp with time zone", "interval")]
    [InlineData("STRING", "json", "jsonb", "uuid", "cidr", "inet", "macaddr", "pg_lsn", "int4range", "numeric(10,2)")]
    [InlineData("STRING", "box", "circle", "line", "lseg", "path", "point", "polygon")]
    public void Without_those_words_PostgreSQLs_types_are_mapped_as_AWS_says(string expected, params string[] originals) =>
        AssertOriginals(Postgres, expected, originals);

    [Theory]
    [InlineData(9, "NUMERIC")]
    [InlineData(29, "NUMERIC")]
    [InlineData(30, "BIGNUMERIC")]
    [InlineData(38, "BIGNUMERIC")]
    [InlineData(39, "STRING")]
    [InlineData(65, "STRING")]
    public void A_MySQL_decimal_goes_by_its_precision(int precision, string expected) =>
        Assert.Equal(expected, Assert.Single(LandingSchema.FromManifest(Entry(MySql, new ManifestColumn("c", "decimal", "", 0, precision, 0)))).Type);

    [Fact]
    public void An_empty_tables_columns_are_all_nullable_and_keep_what_the_source_says() =>
        Assert.Equal(
            [new Column("c", "STRING", "NULLABLE", "character varying", 255)],
            LandingSchema.FromManifest(Entry(Postgres, new ManifestColumn("c", "character varying", "binary (UTF8)", 255, 0, 0))));

    [Theory]
    [InlineData("a INT64;b BYTE_ARRAY UTF8", "b BYTE_ARRAY UTF8;a INT64", null)]
    [InlineData("a INT64", "a INT32", "column a is OPTIONAL INT64 and OPTIONAL INT32")]
    [InlineData("a BYTE_ARRAY", "a BYTE_ARRAY UTF8", "column a is OPTIONAL BYTE_ARRAY and OPTIONAL BYTE_ARRAY UTF8")]
    [InlineData("a! INT64", "a INT64", "column a is REQUIRED INT64 and OPTIONAL INT64")]
    [InlineData("a INT64;b INT64", "a INT64", "column b is missing")]
    [InlineData("a INT64", "a INT64;b INT64", "column b is missing")]
    [InlineData("a INT64 DECIMAL 18 2", "a INT64 DECIMAL 18 3", "column a is OPTIONAL INT64 DECIMAL(18,2) and OPTIONAL INT64 DECIMAL(18,3)")]
    public void Files_of_one_table_must_agree(string one, string other, string? conflict) =>
        Assert.Equal(conflict, LandingSchema.Conflict(Columns(one), Columns(other)));

    [Fact]
    public void Columns_survive_JSON()
    {
        Column[] columns = [new("id", "INTEGER", "REQUIRED", "bigint", 64), new("größe \"x\"", "NUMERIC", "NULLABLE", null, 10, 0), new("s", "STRING", "NULLABLE")];
        Assert.Equal(columns, LandingSchema.FromJson(LandingSchema.ToJson(columns)));
        Assert.Equal("""[{"name":"s","type":"STRING","mode":"NULLABLE"}]""", LandingSchema.ToJson(columns[2..]));
    }

    [Theory]
    [InlineData("id,größe,order-id,a b", null)]
    [InlineData("a.b", "column a.b has a '.'")]
    [InlineData("cost$", "has a '$'")]
    [InlineData("a`b", "has a '`'")]
    [InlineData("Id,ID", "two columns are called ID")]
    [InlineData("_partition_id", "begins with _PARTITION")]
    [InlineData("", "has 0 characters")]
    public void Column_names_that_BigQuery_refuses_are_told(string names, string? problem)
    {
        var found = LandingSchema.Problem([.. names.Split(',').Select(n => new Column(n, "STRING", "NULLABLE"))]);
        if (problem is null) Assert.Null(found);
        else Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    private static void AssertOriginals(SourceTable table, string expected, string[] originals)
    {
        foreach (var original in originals)
        {
            var column = Assert.Single(LandingSchema.FromManifest(Entry(table, new ManifestColumn("c", original, "", 0, 0, 0))));
            Assert.True(column.Type == expected, $"{original} became {column.Type}, not {expected}");
        }
    }

    private static ManifestEntry Entry(SourceTable table, params ManifestColumn[] columns) => new(table.ToString(), table, "COMPLETE", null, columns, 0);

    private static ParquetColumn[] Columns(string text) => [.. text.Split(';').Select(Column)];

    private static ParquetColumn Column(string text)
    {
        var words = text.Split(' ');
        var (precision, scale) = words.Length > 3 ? (int.Parse(words[3], null), int.Parse(words[4], null)) : (0, 0);
        return new ParquetColumn(words[0].TrimEnd('!'), words[1], words.ElementAtOrDefault(2), words[0].EndsWith('!'), precision, scale);
    }
}
