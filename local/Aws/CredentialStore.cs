using System.Security.Cryptography;

namespace RdsBq.Local.Aws;

/// <param name="SessionToken">Temporary credentials only; requests must carry it.</param>
/// <param name="Expiration">On the machine's clock.</param>
public sealed record Credential(string KeyId, string Secret, Principal Principal, string? SessionToken = null,
    DateTimeOffset? Expiration = null);

/// <summary>Every access key that signs: the two users' static keys and the sessions that STS hands out.</summary>
public sealed class CredentialStore
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly Lock gate = new();
    private readonly Dictionary<string, Credential> credentials = [];
    private readonly TimeProvider machine;

    public CredentialStore(Estate estate, TimeProvider machine)
    {
        this.machine = machine;
        Add(new Credential(estate.AdminKeyId, estate.AdminSecret, Principals.Admin));
        Add(new Credential(estate.ReaderKeyId, estate.ReaderSecret, Principals.Reader));
    }

    public IReadOnlyList<Credential> All
    {
        get
        {
            lock (gate) return [.. credentials.Values];
        }
    }

    public void Add(Credential credential)
    {
        lock (gate) credentials[credential.KeyId] = credential;
    }

    /// <summary>Deactivates a key, as a rotation does.</summary>
    public bool Remove(string keyId)
    {
        lock (gate) return credentials.Remove(keyId);
    }

    public Credential? Find(string keyId)
    {
        lock (gate) return credentials.GetValueOrDefault(keyId);
    }

    /// <summary>
    /// The identity behind a static key pair, or null where the pair does not match: for services that are given one as data.
    /// </summary>
    public Principal? Match(string keyId, string secret) =>
        Find(keyId) is { SessionToken: null } found && found.Secret == secret ? found.Principal : null;

    public Credential IssueSession(Principal principal, TimeSpan lifetime)
    {
        var session = new Credential(
            "ASIA" + RandomNumberGenerator.GetString(Alphabet, 16),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)),
            principal,
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(180)),
            machine.GetUtcNow() + lifetime);
        Add(session);
        return session;
    }
}
