using Npgsql;

namespace RdsBq.Local.Sources;

/// <summary>
/// A real PostgreSQL. Every export reads all tables in one REPEATABLE READ READ ONLY transaction, so at one instant: that of the export,
/// since this
/// server has no stored snapshots.
/// </summary>
public sealed class PostgresSource : Source
{
    // The settings that decide how PostgreSQL prints values; those of RDS's export are not published, these are the server's defaults in
    // UTC.
    private const string Printing = """
        set datestyle = 'ISO'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1; set bytea_output = 'hex'
        """;

    private readonly string connectionString;
    private IReadOnlyList<Source> others = [];

    public PostgresSource(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0, ApplicationName = "rdsbq-local" };
        Database = settings.Database ?? settings.Username ?? "postgres";
        settings.Database = Database;
        this.connectionString = settings.ConnectionString;
    }

    public override Engine Engine => Engine.PostgreSql;

    public override string Database { get; }

    public override IReadOnlyList<Source> Others => others;

    /// <summary>The databases that the connection string names, with commas between them (<c>Database=shop,crm</c>), as one server.</summary>
    public static PostgresSource Server(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var names = (settings.Database ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length < 2) return new PostgresSource(connectionString);
        var all = names.Select(name => new PostgresSource(new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString)).ToList();
        all[0].others = all[1..];
        return all[0];
    }

    public override async Task<SourceSnapshot> OpenAsync(int number, CancellationToken token)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(token);
            await ExecuteAsync(connection, Printing, token);
            await ExecuteAsync(connection, "begin isolation level repeatable read read only", token);
            return new PostgresSnapshot(connection, await PostgresCatalog.ReadAsync(connection, token));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(token);
    }

    private sealed class PostgresSnapshot(NpgsqlConnection connection, IReadOnlyList<SourceTable> tables) : SourceSnapshot
    {
        public override IReadOnlyList<SourceTable> Tables => tables;

        public override async Task ReadAsync(
            SourceTable table, string partition, IReadOnlyList<SourceColumn> columns, IRowSink rows, CancellationToken token)
        {
            var names = string.Join(", ", columns.Select(c => Quote(c.Name)));
            // ONLY: a table that others inherit from would give their rows too. The partition comes quoted from the catalog.
            using var reader = await connection.BeginTextExportAsync($"copy (select {names} from only {partition}) to stdout", token);
            // The bytes below the reader are the server's UTF-8: no need to decode and encode them.
            await new CopyText(columns, rows).ReadAsync(reader.BaseStream, token);
        }

        public override async ValueTask DisposeAsync() => await connection.DisposeAsync();

        private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
