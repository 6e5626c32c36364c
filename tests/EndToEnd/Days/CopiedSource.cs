using RdsBq.Local.Sources;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>
/// A PostgreSQL whose snapshots are real: each is a copy of the database as it was, and is what an export reads, whenever it comes.
/// </summary>
internal sealed class CopiedSource(PostgresCluster cluster) : Source
{
    public override Engine Engine => Engine.PostgreSql;

    public override string Database => "shop";

    public string Copy(int number) => cluster.ConnectionString($"{Database}_{number}");

    /// <summary>Nobody may be connected to the live database.</summary>
    public Task TakeAsync(int number) => cluster.ExecuteAsync($"create database {Database}_{number} template {Database}");

    public Task ForgetAsync(int number) => cluster.ExecuteAsync($"drop database if exists \"{Database}_{number}\" with (force)");

    public override Task<SourceSnapshot> OpenAsync(int number, CancellationToken token) =>
        new PostgresSource(Copy(number)).OpenAsync(number, token);
}
