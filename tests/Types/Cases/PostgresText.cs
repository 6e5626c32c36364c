using Npgsql;
using RdsBq.Tests.Kit;

namespace RdsBq.Types.Tests.Cases;

/// <summary>The text that a real PostgreSQL prints for each case.</summary>
internal static class PostgresText
{
    // The server's own defaults in UTC; those of RDS's export are not published.
    private const string Printing = "set datestyle = 'ISO'; set intervalstyle = 'postgres'; set extra_float_digits = 1; set bytea_output = 'hex'";

    public static async Task<IReadOnlyList<CastCase>> PrintAsync(IEnumerable<CastCase> cases)
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var connection = new NpgsqlConnection(cluster.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await RunAsync(connection, Printing);
        List<CastCase> printed = [];
        foreach (var one in cases)
        {
            if (one.Sql is null)
            {
                printed.Add(one);
                continue;
            }
            await RunAsync(connection, $"set timezone = '{one.Zone}'");
            // format prints by the type's output function, as COPY does; a cast to text would not in every case.
            printed.Add(one with { Text = (string?)await RunAsync(connection, $"select format('%s', {one.Sql})") });
        }
        return printed;
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
