namespace RdsBq.Core.Transfers;

/// <summary>What is read back of a transfer config: never its keys.</summary>
/// <param name="Name">Full resource name, with the project's number.</param>
public sealed record ConfigSummary(string Name, string DisplayName, string Dataset, string DataPath, string TableTemplate, bool Disabled)
{
    public string NotificationTopic { get; init; } = "";

    /// <summary>As <see cref="Transfers.LoadOptions"/> writes them.</summary>
    public string LoadOptions { get; init; } = "";

    /// <summary>When anything of it was last changed, its keys among the rest.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The name's last part: the project before it may be an id or a number.</summary>
    public string Id => IdOf(Name);

    public static string IdOf(string name) => name[(name.LastIndexOf('/') + 1)..];
}
