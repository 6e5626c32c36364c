namespace RdsBq.Local.Secrets;

/// <summary>CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), as Secret Manager's checksums are.</summary>
internal static class Crc32C
{
    public static long Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data) crc = System.Numerics.BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
