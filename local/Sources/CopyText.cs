using System.Buffers.Text;
using System.Globalization;

namespace RdsBq.Local.Sources;

/// <summary>Reads COPY's text format (postgresql.org/docs/current/sql-copy.html) and hands each value to the sink in the column's own
/// kind.</summary>
internal sealed class CopyText(IReadOnlyList<SourceColumn> columns, IRowSink rows)
{
    private enum Kind
    {
        Text,
        Int,
        Float,
        Bool,
        Binary,
    }

    private readonly Kind[] kinds = [.. columns.Select(KindOf)];
    private byte[] scratch = new byte[4096];

    public async Task ReadAsync(Stream copy, CancellationToken token)
    {
        var buffer = new byte[128 << 10];
        var filled = 0;
        while (true)
        {
            var read = await copy.ReadAsync(buffer.AsMemory(filled), token);
            if (read == 0) break;
            // No line end lies before what was just read, so a long line is not searched twice.
            var searched = filled;
            filled += read;
            var done = Lines(buffer.AsSpan(0, filled), searched);
            buffer.AsSpan(done, filled - done).CopyTo(buffer);
            filled -= done;
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        }
        if (filled > 0) throw new InvalidDataException("COPY ended within a row.");
    }

    private int Lines(ReadOnlySpan<byte> buffer, int searched)
    {
        var start = 0;
        for (var from = searched; ;)
        {
            // Line feeds in values are written as \n: a bare one always ends a row.
            var end = buffer[from..].IndexOf((byte)'\n');
            if (end < 0) return start;
            Row(buffer[start..(from + end)]);
            start = from = from + end + 1;
        }
    }

    private void Row(ReadOnlySpan<byte> line)
    {
        foreach (var kind in kinds)
        {
            var tab = line.IndexOf((byte)'\t');
            var field = tab < 0 ? line : line[..tab];
            Value(kind, field);
            line = tab < 0 ? [] : line[(tab + 1)..];
        }
        rows.EndRow();
    }

    private void Value(Kind kind, ReadOnlySpan<byte> field)
    {
        if (field.SequenceEqual("\\N"u8))
        {
            rows.Null();
            return;
        }
        switch (kind)
        {
            case Kind.Int:
                rows.Int(
                    Utf8Parser.TryParse(field, out long value, out var used) && used == field.Length ? value : throw Unreadable("integer"));
                break;
            case Kind.Float:
                rows.Float(double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture));
                break;
            case Kind.Bool:
                rows.Bool(field is [(byte)'t']);
                break;
            case Kind.Binary:
                rows.Bytes(Hex(field));
                break;
            default:
                rows.Bytes(field.Contains((byte)'\\') ? Unescaped(field) : field);
                break;
        }
    }

    // \\x6869: COPY doubles the backslash of bytea's own \x.
    private ReadOnlySpan<byte> Hex(ReadOnlySpan<byte> field)
    {
        if (!field.StartsWith("\\\\x"u8)) throw Unreadable("bytea");
        Need(field.Length / 2);
        Convert.FromHexString(field[3..], scratch, out _, out var written);
        return scratch.AsSpan(0, written);
    }

    private ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> field)
    {
        Need(field.Length);
        var length = 0;
        for (var i = 0; i < field.Length; i++)
        {
            scratch[length++] = field[i] != (byte)'\\' ? field[i] : Unescaped(field[++i]);
        }
        return scratch.AsSpan(0, length);
    }

    private static byte Unescaped(byte letter) => letter switch
    {
        (byte)'b' => 8,
        (byte)'t' => 9,
        (byte)'n' => 10,
        (byte)'v' => 11,
        (byte)'f' => 12,
        (byte)'r' => 13,
        _ => letter,
    };

    private void Need(int length)
    {
        if (scratch.Length < length) scratch = new byte[length * 2];
    }

    private static InvalidDataException Unreadable(string kind) => new($"COPY gave a value that is no {kind}.");

    private static Kind KindOf(SourceColumn column) => column.IsDomain ? Kind.Text : column.Type switch
    {
        "smallint" or "integer" or "bigint" => Kind.Int,
        "real" or "double precision" => Kind.Float,
        "boolean" => Kind.Bool,
        "bytea" => Kind.Binary,
        _ => Kind.Text,
    };
}
