using System.Collections.Immutable;

namespace RdsBq.Local.Secrets;

internal enum VersionState
{
    Enabled = 1,
    Disabled = 2,
    Destroyed = 3,
}

/// <param name="Data">Null once destroyed.</param>
internal sealed record StoredVersion(int Number, ImmutableArray<byte>? Data, VersionState State, DateTimeOffset Created,
    DateTimeOffset? Destroyed, bool Checksummed)
{
    public string Etag => $"\"{Number:x4}{(int)State:x2}\"";
}

/// <param name="Location">Null for a global secret.</param>
internal sealed record StoredSecret(
    string? Location, string Id, DateTimeOffset Created, ImmutableDictionary<string, string> Labels, ImmutableDictionary<string,
        string> Annotations,
    ImmutableDictionary<string, long> Aliases, ImmutableList<StoredVersion> Versions)
{
    public string Etag => $"\"{Created.ToUnixTimeMilliseconds():x}\"";
}

/// <summary>Secrets and their versions.</summary>
public sealed class SecretStore(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<(string Location, string Id), StoredSecret> secrets = [];

    /// <summary>Adds a version to a global secret, which is created where missing; the version's number.</summary>
    public int Add(string id, ReadOnlySpan<byte> data)
    {
        lock (gate)
        {
            Create(null, id, [], [], []);
            return AddVersion(null, id, [.. data], checksummed: false)!.Number;
        }
    }

    internal IReadOnlyList<StoredSecret> In(string? location)
    {
        lock (gate) return [.. secrets.Values.Where(s => s.Location == location)];
    }

    internal StoredSecret? Find(string? location, string id)
    {
        lock (gate) return secrets.GetValueOrDefault((location ?? "", id));
    }

    /// <summary>Null where there is one of that name already.</summary>
    internal StoredSecret? Create(
        string? location, string id, IEnumerable<KeyValuePair<string, string>> labels, IEnumerable<KeyValuePair<string,
            string>> annotations,
        IEnumerable<KeyValuePair<string, long>> aliases)
    {
        lock (gate)
        {
            var secret = new StoredSecret(
                location, id, clock.GetUtcNow(), labels.ToImmutableDictionary(), annotations.ToImmutableDictionary(),
                    aliases.ToImmutableDictionary(), []);
            return secrets.TryAdd((location ?? "", id), secret) ? secret : null;
        }
    }

    internal StoredVersion? AddVersion(string? location, string id, ImmutableArray<byte> data, bool checksummed)
    {
        lock (gate)
        {
            if (Find(location, id) is not { } secret) return null;
            var version = new StoredVersion(secret.Versions.Count + 1, data, VersionState.Enabled, clock.GetUtcNow(), null, checksummed);
            secrets[(location ?? "", id)] = secret with { Versions = secret.Versions.Add(version) };
            return version;
        }
    }

    internal StoredVersion Change(string? location, string id, StoredVersion version, VersionState state)
    {
        lock (gate)
        {
            var secret = secrets[(location ?? "", id)];
            var destroyed = state == VersionState.Destroyed;
            var changed = version with
            {
                State = state,
                Data = destroyed ? null : version.Data,
                Destroyed = destroyed ? clock.GetUtcNow() : null
            };
            secrets[(location ?? "", id)] = secret with { Versions = secret.Versions.SetItem(version.Number - 1, changed) };
            return changed;
        }
    }
}
