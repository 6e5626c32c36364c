namespace RdsBq.Core.Exports;

/// <summary>Where exports go.</summary>
/// <param name="Prefix">Without slashes at the ends; empty for the bucket's root.</param>
public sealed record ExportPlace(string Bucket, string Prefix)
{
    /// <summary>
    /// Whether a task writes here. RDS may give a prefix back with slashes at its ends, or with the letters that it replaces.
    /// </summary>
    public bool Holds(ExportTask task) =>
        task.Bucket == Bucket && ObjectPath.Of(task.Prefix.Trim('/')) == ObjectPath.Of(Prefix.Trim('/'));

    /// <summary>The prefix as the objects' keys have it, with a slash behind it; empty for the bucket's root.</summary>
    internal string KeyPrefix => Prefix.Trim('/') is { Length: > 0 } prefix ? ObjectPath.Of(prefix) + "/" : "";
}

/// <summary>RDS writes _ for backslash, backtick, quote and blank in object keys (Amazon RDS User Guide, USER_ExportSnapshot).</summary>
internal static class ObjectPath
{
    public static string Of(string name) => name.Replace('\\', '_').Replace('`', '_').Replace('"', '_').Replace(' ', '_');
}
