using System.Text.Json.Nodes;

namespace RdsBq.Tests.Kit.Image;

/// <summary>The Dockerfile's image, built on stand-in bases, with its files unpacked (build-image.sh). It takes minutes: build it once.</summary>
public sealed class BuiltImage : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    private readonly string work;
    private readonly bool borrowed;
    private readonly JsonNode description;

    private BuiltImage(string work, bool borrowed)
    {
        (this.work, this.borrowed) = (work, borrowed);
        description = JsonNode.Parse(File.ReadAllText(Path.Combine(work, "image.json")))!["OCIv1"]!;
    }

    /// <summary>Where its files are, as root owns them.</summary>
    public string Root => Path.Combine(work, "files");

    /// <summary>What the Dockerfile adds to its base: the two programs, in bytes.</summary>
    public long ProgramBytes => long.Parse(File.ReadAllText(Path.Combine(work, "layers")), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>OCI image config: Env, User, WorkingDir, Cmd, Labels (https://github.com/opencontainers/image-spec/blob/main/config.md).</summary>
    public JsonNode Config => description["config"]!;

    /// <summary>Builds it, or takes the one that build-image.sh has left in the folder RDSBQ_IMAGE.</summary>
    public static async Task<BuiltImage> BuildAsync()
    {
        if (Environment.GetEnvironmentVariable("RDSBQ_IMAGE") is { Length: > 0 } there) return new BuiltImage(there, borrowed: true);
        var work = Directory.CreateTempSubdirectory("rdsbq-image-").FullName;
        await using var build = Child.Start(Script("build-image.sh"), [work]);
        if (await build.WaitAsync(Limit) != 0) throw new InvalidOperationException($"{build.Output}\n{build.Error}");
        return new BuiltImage(work, borrowed: false);
    }

    /// <summary>Runs a command as a container would: its files read-only, its user, its environment and <paramref name="environment"/>.</summary>
    public Child Start(IReadOnlyDictionary<string, string?> environment, params string[] command) =>
        // It listens on this machine's own address alone.
        Child.Start(Script("in-image.sh"), [work, "DOTNET_RUNNING_IN_CONTAINER=", .. command], environment);

    public async ValueTask DisposeAsync()
    {
        if (borrowed) return;
        // Package caches and the like that root has written there are no files of this process's user where it is another one.
        await using var removal = Child.Start("rm", ["-rf", work]);
        await removal.WaitAsync(Limit);
    }

    private static string Script(string name) => Path.Combine(Tools.RepoRoot, "tests", "Kit", "Image", name);
}
