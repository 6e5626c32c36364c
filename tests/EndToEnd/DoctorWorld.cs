using System.Xml.Linq;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.Iam;
using RdsBq.Local.Kms;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>A local cloud with one complete export, in which everything that AWS's half of <c>doctor</c> looks at is ok. What a test breaks is mended behind it.</summary>
public sealed class DoctorWorld : IAsyncLifetime
{
    /// <summary>The checks of AWS, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "google token", "aws role", "aws clock", "rds database", "rds snapshots", "rds export tasks", "kms key", "kms rights", "bucket region", "bucket list", "bucket encryption",
        "bucket public access", "bucket lifecycle", "export role", "rds start", "target tables",
    ];

    private static readonly string[] Documents = ["lifecycle", "encryption", "publicAccessBlock"];

    private readonly string list = Path.GetTempFileName();
    private readonly Dictionary<string, string> settings = [];
    private CloudRun? run;

    public LocalCloud Cloud => run!.Cloud;

    public async Task InitializeAsync()
    {
        run = await CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = new NightlySource() });
        run.Exported();
        await run.ExportsEndAsync();
    }

    public async Task DisposeAsync()
    {
        await run!.DisposeAsync();
        File.Delete(list);
    }

    internal async Task<IReadOnlyDictionary<string, DoctorLine>> DoctorAsync(TimeProvider? time = null)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var all = run!.Environment.Where(e => e.Value is not null).ToDictionary(e => e.Key, e => e.Value!);
        foreach (var (name, value) in settings) all[name] = value;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var code = await Export.Job.RunAsync(["doctor", "--json"], all, output, TextWriter.Synchronized(error), time ?? TimeProvider.System, false, limit.Token);
        Assert.True(code is 0 or 1, $"exit {code}: {error}");
        var lines = DoctorLine.Read(output.ToString());
        Assert.Equal(Names, lines.Select(l => l.Check).Where(Names.Contains));
        Assert.Equal(code == 1, lines.Any(l => l.Verdict == "not ok"));
        Assert.All(Cloud.Confidential, secret => Assert.DoesNotContain(secret, output.ToString(), StringComparison.Ordinal));
        return lines.ToDictionary(l => l.Check);
    }

    /// <returns>Mends it again.</returns>
    internal IDisposable Break(Action<DoctorWorld> make)
    {
        var documents = Documents.Select(d => (Name: d, Was: Cloud.Configuration(Estate.Bucket, d))).ToList();
        make(this);
        return new Mend(() =>
        {
            Cloud.Faults.Clear();
            settings.Clear();
            (Cloud.Aws.Keys.Key, Cloud.Aws.Roles.Export) = (new KmsKey(Estate.KmsKeyArn), new Roles().Export);
            Cloud.CreateBucket(Estate.Bucket, Estate.Region);
            documents.ForEach(d => Cloud.SetConfiguration(Estate.Bucket, d.Name, d.Was));
        });
    }

    internal void Fault(string operation, int status, string code, int times = 1) =>
        Cloud.Faults.Add(new Fault(operation, "error", Status: status, Code: code, Message: "Told so by the test.", Times: times));

    internal void Set(string setting, string value) => settings[setting] = value;

    internal void Key(Func<KmsKey, KmsKey> change) => Cloud.Aws.Keys.Key = change(Cloud.Aws.Keys.Key);

    internal void Bucket(string document, XElement? content) => Cloud.SetConfiguration(Estate.Bucket, document, content);

    internal void Trust(string policy) => Cloud.Aws.Roles.Export = Cloud.Aws.Roles.Export! with { Trust = policy };

    internal void Targets(string lines)
    {
        File.WriteAllText(list, lines);
        Set("TARGET_TABLES", list);
    }

    /// <summary>What a shell command of an administrator prints, who has the settings of the job in the environment.</summary>
    internal async Task<string> ShAsync(string command)
    {
        var environment = new Dictionary<string, string?>(run!.Environment) { ["AWS_PAGER"] = "", ["AWS_DEFAULT_REGION"] = Estate.Region, ["AWS_MAX_ATTEMPTS"] = "1" };
        (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]) = (Cloud.Estate.AdminKeyId, Cloud.Estate.AdminSecret);
        // The CLI would assume it by itself.
        environment["AWS_ROLE_ARN"] = null;
        await using var child = Child.Start("/bin/sh", ["-c", command], environment);
        var code = await child.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(code == 0, $"{command}\n{child.Output}{child.Error}");
        return child.Output.Trim();
    }

    /// <summary>All that the clouds hold, as text.</summary>
    internal string State() => string.Join('\n',
    [
        .. Cloud.Aws.Rds.Snapshots.Select(s => s.ToString()), .. Cloud.Aws.Rds.Tasks.Select(t => t.ToString()), Cloud.Aws.Keys.Key.ToString(),
        .. new[] { Cloud.Aws.Roles.Export, Cloud.Aws.Roles.Caller }.Select(r => $"{r}"), .. Documents.Select(d => $"{Cloud.Configuration(Estate.Bucket, d)}"),
        .. Cloud.ObjectsOf(Estate.Bucket, "").Select(o => o.ToString()), .. run!.TransferConfigs(), .. run.Transfers().Select(t => t.ToString()), .. Cloud.SlackTexts,
    ]);

    private sealed class Mend(Action mend) : IDisposable
    {
        public void Dispose() => mend();
    }
}
