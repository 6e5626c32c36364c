using RdsBq.Local.Aws;
using RdsBq.Local.Hosting;
using RdsBq.Local.Kms;
using RdsBq.Local.S3;

namespace RdsBq.Local.Rds;

/// <summary>The databases, snapshots and export tasks of the emulated account.</summary>
public sealed class RdsWorld : IDisposable
{
    private static readonly TimeSpan SnapshotTakes = TimeSpan.FromMinutes(2);
    private readonly Lock gate = new();
    private readonly LocalClock clock;
    private readonly Faults faults;
    private readonly Exporter exporter;
    private readonly SnapshotShelf shelf;
    private readonly ExportRules rules;
    // Case-insensitive: whether RDS folds task ids is not documented, so two that differ in case only are refused.
    private readonly Dictionary<string, ExportRun> runs = new(StringComparer.OrdinalIgnoreCase);

    public RdsWorld(LocalClock clock, Faults faults, ObjectStore store, Exporter exporter, IReadOnlyList<RdsSource>? sources = null, KeyRing? keys = null)
    {
        this.clock = clock;
        this.faults = faults;
        this.exporter = exporter;
        Sources = sources ?? RdsSource.Defaults;
        shelf = new SnapshotShelf(clock);
        rules = new ExportRules(store, keys ?? new KeyRing());
        AddFirstSnapshots();
    }

    public IReadOnlyList<RdsSource> Sources { get; }

    public ExportTimings Timings { get; set; } = new();

    /// <summary>In listing order, which is no useful order.</summary>
    public IReadOnlyList<RdsSnapshot> Snapshots => shelf.All;

    /// <summary>Oldest first, each as of now.</summary>
    public IReadOnlyList<ExportTask> Tasks
    {
        get
        {
            Step();
            lock (gate) return [.. runs.Values.Select(r => r.Task).OrderBy(t => t.Requested)];
        }
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Starts a snapshot of the source, as its backup window or a person does. It is <c>creating</c> for two minutes.</summary>
    /// <exception cref="ArgumentException">No such source, or it has a snapshot of this minute.</exception>
    public RdsSnapshot CreateSnapshot(string sourceId, bool automated)
    {
        var id = SnapshotShelf.AutomatedId(Source(sourceId), Now);
        return CreateSnapshot(Source(sourceId), automated ? id : id["rds:".Length..], automated)
            ?? throw new ArgumentException($"{id} exists already.", nameof(sourceId));
    }

    /// <summary>Replaces the source's snapshots by many daily ones, in no order, the newest still <c>creating</c>.</summary>
    public IReadOnlyList<RdsSnapshot> SeedSnapshots(string sourceId, int count) => shelf.Seed(Source(sourceId), count);

    /// <summary>Forgets tasks and snapshots, and takes each source's first snapshot again.</summary>
    public void Clear()
    {
        lock (gate)
        {
            foreach (var run in runs.Values) run.Dispose();
            runs.Clear();
        }
        shelf.Clear();
        AddFirstSnapshots();
    }

    /// <summary>Moves every task as far as the local clock and the exporter allow.</summary>
    public void Step()
    {
        lock (gate)
        {
            foreach (var run in runs.Values) run.Step();
        }
    }

    /// <summary>Steps the tasks every 20 ms of the machine's time until cancelled.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), clock.Machine);
        try
        {
            while (await timer.WaitForNextTickAsync(token)) Step();
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var run in runs.Values) run.Dispose();
        }
    }

    internal RdsSnapshot? FindSnapshot(bool cluster, string id) => shelf.Find(cluster, id);

    internal RdsSnapshot? CreateSnapshot(RdsSource source, string id, bool automated) =>
        shelf.Add(source, id, automated, Now, Now + SnapshotTakes);

    /// <exception cref="AwsException">One of the refusals of <see cref="ExportRules"/>.</exception>
    internal ExportTask StartExport(ExportRequest request)
    {
        lock (gate)
        {
            foreach (var run in runs.Values) run.Step();
            var task = rules.Accept(request, this, [.. runs.Values.Select(r => r.Task)]);
            runs.Add(task.Id, new ExportRun(task, exporter, faults, clock, Timings));
            return task;
        }
    }

    /// <exception cref="AwsException">ExportTaskNotFound 404, InvalidExportTaskStateFault 400.</exception>
    internal ExportTask CancelExport(string id)
    {
        lock (gate)
        {
            if (!runs.TryGetValue(id, out var run)) throw ExportRules.NotFound(id);
            run.Step();
            if (run.Task.Status is not (ExportTask.Starting or ExportTask.InProgress))
                throw new AwsException(400, "InvalidExportTaskStateFault",
                    $"The export task {id} is {run.Task.Status} and cannot be canceled.");
            run.Cancel();
            return run.Task;
        }
    }

    private RdsSource Source(string id) =>
        Sources.FirstOrDefault(s => s.Id == id) ?? throw new ArgumentException($"There is no source '{id}'.", nameof(id));

    private void AddFirstSnapshots()
    {
        foreach (var source in Sources)
        {
            var at = Now - TimeSpan.FromHours(3);
            shelf.Add(source, SnapshotShelf.AutomatedId(source, at), true, at, at + SnapshotTakes);
        }
    }
}
