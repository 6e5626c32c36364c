using RdsBq.Local.Sources;

namespace RdsBq.Local;

/// <param name="Speed">How much faster than the machine's the local clock runs; 0: only when advanced.</param>
/// <param name="PostgresSource">Npgsql connection string of a real database to export; null for the sample shop.</param>
/// <param name="MySql">The settings name the sample shop's MySQL instance rather than its PostgreSQL cluster.</param>
/// <param name="Scale">Size of the sample shop: 1 is about 275,000 rows.</param>
/// <param name="FunctionPort">Where finished transfer runs are pushed to; 0: a free port is chosen.</param>
public sealed record LocalOptions(double Speed = 60, string? PostgresSource = null, bool MySql = false, double Scale = 1, int FunctionPort = 0)
{
    /// <summary>Made-up rows in place of the sample shop's; its cluster is called <c>shop</c> all the same.</summary>
    public Source? Sample { get; init; }
}
