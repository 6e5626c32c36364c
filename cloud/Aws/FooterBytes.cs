using System.Buffers.Binary;
using Parquet;
using RdsBq.Core;
using RdsBq.Core.Tables;

namespace RdsBq.Cloud.Aws;

/// <summary>
/// The end of a Parquet file: <c>… footer · length (4 bytes, little-endian) · PAR1</c> (parquet-format, README "File format"). A file's last bytes say how
/// long the footer is, and the footer says how many rows there are.
/// </summary>
internal static class FooterBytes
{
    public const int TrailerLength = 8;

    public const int MagicLength = 4;

    // A footer of 200 GB in row groups of 128 MB and 200 columns stays below this; a longer claim is damage.
    private const int LongestFooter = 64 * 1024 * 1024;

    private static readonly byte[] Magic = "PAR1"u8.ToArray();

    /// <summary>The footer's length as the file's last eight bytes claim it.</summary>
    /// <exception cref="StopException">The trailer is not Parquet's, or claims more than the file holds.</exception>
    public static int LengthOf(ReadOnlySpan<byte> tail, long fileSize, string key)
    {
        if (tail.Length < TrailerLength || fileSize < TrailerLength + Magic.Length) throw Damaged(key, "it is too short to be a Parquet file");
        if (!tail[^4..].SequenceEqual(Magic)) throw Damaged(key, "it does not end as a Parquet file does");
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail[^TrailerLength..]);
        if (length <= 0 || length > LongestFooter || length > fileSize - TrailerLength - Magic.Length)
            throw Damaged(key, $"its footer claims {(uint)length} bytes of a file of {fileSize}");
        return length;
    }

    /// <param name="footer">The footer and the trailer, nothing before.</param>
    /// <exception cref="StopException">It can't be read, or it claims more than the file holds.</exception>
    public static async Task<ParquetFooter> ParseAsync(ReadOnlyMemory<byte> footer, long fileSize, string key, CancellationToken token)
    {
        // Magic, footer, trailer: a whole Parquet file with no data pages, which is all that reading a footer needs.
        var file = new byte[Magic.Length + footer.Length];
        Magic.CopyTo(file, 0);
        footer.CopyTo(file.AsMemory(Magic.Length));
        try
        {
            await using var reader = await ParquetReader.CreateAsync(new MemoryStream(file, writable: false), cancellationToken: token);
            var metadata = reader.Metadata ?? throw Damaged(key, "it has no footer");
            if (FooterClaims.Problem(metadata, fileSize - footer.Length) is { } problem) throw Damaged(key, problem);
            return ParquetWords.Footer(metadata);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(key, "its footer can't be read", e);
        }
    }

    private static bool IsDamage(Exception e) => e is not (OperationCanceledException or StopException);

    private static StopException Damaged(string key, string what, Exception? cause = null) => StopException.ForPerson(
        $"The export's file {key} is damaged: {what}.", "Export again (export --again); if it recurs, ask AWS Support with this key.", cause);
}
