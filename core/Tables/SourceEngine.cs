namespace RdsBq.Core.Tables;

/// <summary>What kind of database it is, as far as its names differ: MySQL and MariaDB have no schemas.</summary>
public enum SourceEngine
{
    Unknown,
    PostgreSql,
    MySql,
}

public static class SourceEngines
{
    /// <param name="engine">
    /// As RDS spells it: <c>postgres</c>, <c>aurora-postgresql</c>, <c>mysql</c>, <c>aurora-mysql</c>, <c>mariadb</c>.
    /// </param>
    public static SourceEngine Of(string? engine) => engine switch
    {
        null => SourceEngine.Unknown,
        _ when engine.Contains("postgres", StringComparison.OrdinalIgnoreCase) => SourceEngine.PostgreSql,
        _ when engine.Contains("mysql", StringComparison.OrdinalIgnoreCase) => SourceEngine.MySql,
        _ when engine.Contains("mariadb", StringComparison.OrdinalIgnoreCase) => SourceEngine.MySql,
        _ => SourceEngine.Unknown,
    };
}
