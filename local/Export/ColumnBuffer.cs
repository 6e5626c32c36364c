using System.Buffers.Binary;

namespace RdsBq.Local.Export;

/// <summary>One column's values of one row group, in Parquet's PLAIN encoding.</summary>
internal sealed class ColumnBuffer(ParquetColumn column)
{
    private byte[] values = new byte[4096];
    private byte[] present = new byte[512];
    private int used;
    private int bits;
    private int nulls;

    public ParquetColumn Column => column;

    public int Rows { get; private set; }

    public void Null()
    {
        if (column.Required) throw new InvalidDataException($"Column {column.Name} holds a NULL and is declared NOT NULL.");
        Defined(false);
        nulls++;
    }

    public void Bool(bool value)
    {
        Expect(column.Type.Physical == Physical.Boolean);
        Defined(true);
        if ((bits & 7) == 0) Room(1)[0] = 0;
        if (value) values[used - 1] |= (byte)(1 << (bits & 7));
        bits++;
    }

    public void Int(long value)
    {
        Expect(column.Type.Physical is Physical.Int32 or Physical.Int64);
        Defined(true);
        if (column.Type.Physical == Physical.Int64)
            BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);
        else
            BinaryPrimitives.WriteInt32LittleEndian(Room(4), checked((int)value));
    }

    public void Float(double value)
    {
        Expect(column.Type.Physical is Physical.Float or Physical.Double);
        Defined(true);
        if (column.Type.Physical == Physical.Double)
            BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);
        else
            BinaryPrimitives.WriteSingleLittleEndian(Room(4), (float)value);
    }

    public void Decimal(Int128 unscaled)
    {
        if (column.Type.Physical != Physical.FixedLenByteArray)
        {
            Int((long)unscaled);
            return;
        }
        Defined(true);
        Span<byte> wide = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(wide, unscaled);
        wide[(16 - column.Type.Length)..].CopyTo(Room(column.Type.Length));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Expect(column.Type.Physical == Physical.ByteArray);
        Defined(true);
        var room = Room(4 + value.Length);
        BinaryPrimitives.WriteInt32LittleEndian(room, value.Length);
        value.CopyTo(room[4..]);
    }

    /// <summary>The page's content: definition levels where the column is optional, then the values.</summary>
    public void WriteTo(Stream page)
    {
        if (!column.Required) WriteLevels(page);
        page.Write(values, 0, used);
    }

    public void Clear()
    {
        Array.Clear(present);
        used = bits = nulls = Rows = 0;
    }

    private void WriteLevels(Stream page)
    {
        Span<byte> head = stackalloc byte[9];
        var packed = (Rows + 7) / 8;
        // One run of ones where nothing is NULL, else one bit a row: RLE/bit-packing hybrid, bit width 1.
        var length = 4 + VarInt(head[4..], nulls == 0 ? (uint)Rows << 1 : ((uint)packed << 1) | 1);
        BinaryPrimitives.WriteInt32LittleEndian(head, length - 4 + (nulls == 0 ? 1 : packed));
        page.Write(head[..length]);
        if (nulls == 0)
            page.WriteByte(1);
        else
            page.Write(present, 0, packed);
    }

    private static int VarInt(Span<byte> to, uint value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7) to[length++] = (byte)(value | 0x80);
        to[length++] = (byte)value;
        return length;
    }

    private void Defined(bool value)
    {
        var at = Rows >> 3;
        if (at >= present.Length) Array.Resize(ref present, present.Length * 2);
        if (value) present[at] |= (byte)(1 << (Rows & 7));
        Rows++;
    }

    private Span<byte> Room(int count)
    {
        if (used + count > values.Length) Array.Resize(ref values, Math.Max(values.Length * 2, used + count));
        used += count;
        return values.AsSpan(used - count, count);
    }

    private void Expect(bool fits)
    {
        if (!fits) throw new InvalidDataException($"Column {column.Name} is {column.Type}: the source gave a value of another kind.");
    }
}
