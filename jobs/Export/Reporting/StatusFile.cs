using RdsBq.Core;
using RdsBq.Core.Reports;

namespace RdsBq.Export.Reporting;

/// <summary>The page on disk. Whoever reads the file meanwhile gets the old one or the new one, never a part.</summary>
internal static class StatusFile
{
    /// <exception cref="StopException">The file can't be written.</exception>
    public static async Task WriteAsync(string path, StatusReport report, CancellationToken token)
    {
        var full = Path.GetFullPath(path);
        var draft = Path.Combine(Path.GetDirectoryName(full) ?? "", $".{Path.GetFileName(full)}.{report.At.UtcTicks}.tmp");
        try
        {
            await File.WriteAllTextAsync(draft, StatusPage.Write(report), token);
            File.Move(draft, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(draft)) File.Delete(draft);
            throw StopException.ForPerson($"{path} can't be written: {e.Message}", "Give --html a file in a folder that exists and may be written to.", e);
        }
    }
}
