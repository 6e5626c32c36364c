using RdsBq.Local.Hosting;
using RdsBq.Local.Rds;
using RdsBq.Local.S3;
using RdsBq.Local.Sources;

namespace RdsBq.Local.Export;

/// <summary>
/// Exports a snapshot as RDS does: layout, types, manifest and the tables that it leaves out. Its method fits <see cref="Exporter"/>.
/// Faults: operation <c>export.table</c>, subject <c>database.schema.table</c>; action <c>skip</c> leaves the table out with the fault's
/// message as reason,
/// <c>lost</c> leaves it out and says nothing anywhere.
/// </summary>
public sealed class SnapshotExporter(
    ObjectStore store, Faults faults, TimeProvider clock, IReadOnlyDictionary<string, Source> sources, ExportOptions? options = null)
{
    private readonly ExportOptions options = options ?? new ExportOptions();

    /// <exception cref="InvalidOperationException">The job names a source that there is none of.</exception>
    public async Task<ExportOutcome> ExportAsync(ExportJob job, IProgress<int> progress, CancellationToken token)
    {
        if (!sources.TryGetValue(job.SourceId, out var source))
            throw new InvalidOperationException($"There is no source '{job.SourceId}'.");
        var root = job.Prefix.Length == 0 ? job.TaskId : $"{job.Prefix}/{job.TaskId}";
        var manifest = new Manifest();
        IReadOnlyList<Source> databases = [source, .. source.Others];
        var shares = new Shares(databases.Count, progress);
        foreach (var database in databases)
        {
            await using var snapshot = await database.OpenAsync(job.SnapshotNumber, token);
            var tables = snapshot.Tables.Where(t => ExportNames.Wanted(database, t, job.Only)).ToList();
            var run = new Run(database, snapshot, job.Bucket, root, manifest, new Meter(tables, shares));
            foreach (var table in tables) await ExportTableAsync(run, table, token);
            shares.Next();
        }
        var system = source.SystemDatabases.Except(databases.Select(d => d.Database)).Where(d => job.Only.Count == 0 || job.Only.Contains(d));
        foreach (var database in system) manifest.Unlisted(database);
        foreach (var (name, content) in manifest.TableFiles(job.TaskId, options.TablesPerInfoFile))
            store.Put(job.Bucket, $"{root}/{name}", content);
        store.Put(job.Bucket, $"{root}/export_info_{job.TaskId}.json", manifest.Info(job, root, clock.GetUtcNow()));
        progress.Report(100);
        return new ExportOutcome(manifest.Gigabytes, manifest.WarningMessage);
    }

    private async Task ExportTableAsync(Run run, SourceTable table, CancellationToken token)
    {
        var subject = $"{run.Source.Database}.{table.Schema}.{table.Name}";
        var target = ExportNames.Target(run.Source, table, options.MySqlTargetsNameSchema);
        if (faults.Take("export.table", subject, "lost") is not null) return;
        if ((faults.Take("export.table", subject, "skip")?.Message ?? ExportNames.SkipReason(table)) is { } reason)
        {
            run.Manifest.Skipped(target, reason);
            return;
        }
        List<(SourceColumn Column, ParquetType Type)> columns =
            [.. table.Columns.Select(c => (c, RdsTypes.Of(run.Source.Engine, c, options.AnnotateMySqlChar)!)).Where(c => c.Item2 is not null)];
        if (columns.Count == 0)
        {
            run.Manifest.Skipped(target, "TABLE_WITHOUT_SUPPORTED_COLUMNS");
            return;
        }
        var start = clock.GetUtcNow();
        List<ParquetColumn> schema = [.. columns.Select(
            c => new ParquetColumn(c.Column.Name, c.Type, options.RequiredForNotNull && !c.Column.Nullable))];
        using var export = new TableExport(store, run.Bucket, $"{run.Root}/{ExportNames.Folder(run.Source, table)}", schema, table, options)
        {
            Written = run.Meter.Add,
        };
        foreach (var partition in table.Partitions)
        {
            export.BeginBatch();
            await run.Snapshot.ReadAsync(table, partition, [.. columns.Select(c => c.Column)], export, token);
            export.EndBatch();
        }
        run.Manifest.Exported(target, export, columns, start, clock.GetUtcNow());
    }

    private sealed record Run(Source Source, SourceSnapshot Snapshot, string Bucket, string Root, Manifest Manifest, Meter Meter);

    /// <summary>Each database's progress as its share of the whole.</summary>
    private sealed class Shares(int databases, IProgress<int> progress) : IProgress<int>
    {
        private int done;

        public void Next() => done++;

        public void Report(int value) => progress.Report(((done * 100) + value) / databases);
    }

    /// <summary>Rows written against rows expected; never 100 before the end, because the expectation is an estimate.</summary>
    private sealed class Meter(IReadOnlyList<SourceTable> tables, IProgress<int> progress)
    {
        private readonly long expected = Math.Max(1, tables.Sum(t => t.EstimatedRows));
        private long written;

        public void Add(int rows)
        {
            written += rows;
            progress.Report((int)Math.Min(99, written * 100 / expected));
        }
    }
}
