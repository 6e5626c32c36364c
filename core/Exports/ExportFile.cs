namespace RdsBq.Core.Exports;

/// <summary>One object of an export.</summary>
/// <param name="Size">Bytes.</param>
public sealed record ExportFile(string Key, long Size, DateTimeOffset LastModified);
