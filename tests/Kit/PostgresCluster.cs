using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace RdsBq.Tests.Kit;

/// <summary>
/// A PostgreSQL of the tests' own, in a temporary folder, on a free port of 127.0.0.1, with trust for its superuser <c>postgres</c>.
/// Where the tests run as root it runs as the machine's user postgres, because PostgreSQL refuses root.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string folder;
    private readonly Child server;

    private PostgresCluster(string folder, Child server, int port)
    {
        this.folder = folder;
        this.server = server;
        Port = port;
    }

    public int Port { get; }

    public string ConnectionString(string database = "postgres") => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    public static async Task<PostgresCluster> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("rdsbq-pg-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", ["postgres", folder]);
        await AsPostgresAsync(
            "initdb", ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--no-instructions", "-E", "UTF8", "--locale=C.UTF-8"]);
        var port = FreePort();
        string[] settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_wal_size=4GB", "shared_buffers=64MB", "listen_addresses=127.0.0.1"];
        var (program, arguments) = Command(
            "postgres", ["-D", data, "-p", $"{port}", "-k", folder, .. settings.SelectMany(s => new[] { "-c", s })]);
        var cluster = new PostgresCluster(folder, Child.Start(program, arguments, folder: folder), port);
        await cluster.server.SeesAsync("database system is ready to accept connections", Limit);
        return cluster;
    }

    /// <summary>Runs a client program (psql, pgbench) against the cluster.</summary>
    public async Task RunClientAsync(string program, params string[] arguments) =>
        await RunAsync(Tools.Find(program) ?? program, ["-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", .. arguments]);

    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static Task AsPostgresAsync(string program, IEnumerable<string> arguments)
    {
        var (actual, all) = Command(program, arguments);
        return RunAsync(actual, all);
    }

    private static (string Program, IEnumerable<string> Arguments) Command(string program, IEnumerable<string> arguments)
    {
        var path = Tools.Find(program) ?? throw new InvalidOperationException($"{program} was not found.");
        return Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", path, .. arguments])
            : (path, arguments);
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        await using var child = Child.Start(program, arguments, folder: Path.GetTempPath());
        var code = await child.WaitAsync(Limit);
        if (code != 0) throw new InvalidOperationException($"{program} ended with {code}.\n{child.Output}\n{child.Error}");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
