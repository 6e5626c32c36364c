using System.Text.RegularExpressions;

namespace RdsBq.Core.Exports;

public static partial class ExportScope
{
    /// <summary>
    /// What ExportOnly may say for one database. RDS refuses partial exports when a name holds anything but letters, digits, $ and _: then
    /// the list is empty, which exports everything.
    /// </summary>
    public static IReadOnlyList<string> ExportOnly(string database) => Plain().IsMatch(database) ? [database] : [];

    [GeneratedRegex(@"^[A-Za-z0-9$_]+\z")]
    private static partial Regex Plain();
}
