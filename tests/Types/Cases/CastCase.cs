using RdsBq.Core.Tables;

namespace RdsBq.Types.Tests.Cases;

/// <summary>One value on its way from the source's text to the view.</summary>
/// <param name="SourceType">As the export's manifest names it.</param>
/// <param name="ViewType">The GoogleSQL type that the view must show; null: as it landed.</param>
/// <param name="Expected">
/// The value in the view: JSON as TO_JSON_STRING prints it, BYTES in hex, all else as CAST to STRING prints it; null for NULL.
/// </param>
internal sealed record CastCase(string SourceType, string? ViewType, string? Expected)
{
    /// <summary>PostgreSQL's expression for the value; null where <see cref="Text"/> is given.</summary>
    public string? Sql { get; init; }

    /// <summary>The time zone of the session that prints it; RDS's own is not published, UTC is the server's default.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>What lands; BYTES hold its UTF-8, or the bytes of <see cref="Raw"/>.</summary>
    public string? Text { get; init; }

    public byte[]? Raw { get; init; }

    public string Landing { get; init; } = "STRING";

    public int Precision { get; init; }

    public int? Scale { get; init; }

    public Column Column(string name) => new(name, Landing, "NULLABLE", SourceType, Precision, Scale);

    public override string ToString() =>
        $"{SourceType}{(Precision == 0 ? "" : $"({Precision}{(Scale is null ? "" : $",{Scale}")})")} {Sql ?? Text ?? Convert.ToHexString(Raw ?? [])}";

    public static CastCase Pg(string sourceType, string sql, string? viewType, string? expected) => new(sourceType, viewType, expected) { Sql = sql };

    public static CastCase Printed(string sourceType, string? text, string? viewType, string? expected) => new(sourceType, viewType, expected) { Text = text };
}
