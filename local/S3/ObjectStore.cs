using System.Security.Cryptography;
using System.Xml.Linq;

namespace RdsBq.Local.S3;

/// <param name="Path">The file that holds the bytes.</param>
/// <param name="ETag">MD5 in hex, without quotes.</param>
public sealed record StoredObject(string Bucket, string Key, long Size, DateTimeOffset LastModified, string ETag, string Path);

/// <summary>Buckets and objects, the bytes as files under one folder. Keys list in UTF-8 byte order, as in S3.</summary>
public sealed class ObjectStore(string root, TimeProvider clock) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedDictionary<string, StoredObject>> buckets = [];
    private readonly Dictionary<string, string> regions = [];
    private readonly Dictionary<(string Bucket, string Name), XElement> configurations = [];
    private long files;

    public void CreateBucket(string bucket, string region)
    {
        lock (gate)
        {
            buckets.TryAdd(bucket, new SortedDictionary<string, StoredObject>(StringComparer.Ordinal));
            regions[bucket] = region;
        }
    }

    public IReadOnlyList<string> Buckets
    {
        get
        {
            lock (gate) return [.. buckets.Keys.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The bucket's region, or null where there is no such bucket.</summary>
    public string? RegionOf(string bucket)
    {
        lock (gate) return regions.GetValueOrDefault(bucket);
    }

    /// <summary>One of the bucket's configurations, or null where it has none of that name. They are kept, not carried out.</summary>
    /// <param name="name">As the query parameter has it: <c>lifecycle</c>, <c>encryption</c>, <c>publicAccessBlock</c>.</param>
    public XElement? Configuration(string bucket, string name)
    {
        lock (gate) return configurations.GetValueOrDefault((bucket, name));
    }

    public void SetConfiguration(string bucket, string name, XElement? configuration)
    {
        lock (gate)
        {
            if (configuration is null) configurations.Remove((bucket, name));
            else configurations[(bucket, name)] = configuration;
        }
    }

    /// <summary>A file of the store's own to write an object's bytes to, before <see cref="Commit"/> shows it.</summary>
    public string Stage()
    {
        Directory.CreateDirectory(root);
        return Path.Combine(root, $"{Interlocked.Increment(ref files):d8}.bin");
    }

    /// <summary>Makes the staged file an object, replacing one of the same key.</summary>
    public StoredObject Commit(string bucket, string key, string stagedPath)
    {
        using var content = File.OpenRead(stagedPath);
        var etag = Convert.ToHexStringLower(MD5.HashData(content));
        var stored = new StoredObject(bucket, key, content.Length, clock.GetUtcNow(), etag, stagedPath);
        lock (gate) buckets[bucket][key] = stored;
        return stored;
    }

    public StoredObject Put(string bucket, string key, ReadOnlySpan<byte> content)
    {
        var path = Stage();
        File.WriteAllBytes(path, content);
        return Commit(bucket, key, path);
    }

    public bool Delete(string bucket, string key)
    {
        lock (gate) return buckets.TryGetValue(bucket, out var objects) && objects.Remove(key);
    }

    public StoredObject? Find(string bucket, string key)
    {
        lock (gate) return buckets.TryGetValue(bucket, out var objects) ? objects.GetValueOrDefault(key) : null;
    }

    public IReadOnlyList<StoredObject> List(string bucket, string prefix)
    {
        lock (gate)
        {
            return buckets.TryGetValue(bucket, out var objects)
                ? [.. objects.Values.Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal))]
                : [];
        }
    }

    /// <summary>Forgets every object; the buckets stay.</summary>
    public void Clear()
    {
        lock (gate)
        {
            foreach (var objects in buckets.Values) objects.Clear();
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
    }
}
