using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cruddur.Data;

/// <summary>Uuids that are the same in every run, for data that a program writes again.</summary>
public static class DerivedUuid
{
    /// <summary>The uuid of the n-th thing of a series (RFC 9562, version 8).</summary>
    /// <param name="series">Identifies the series.</param>
    /// <param name="index">The position in the series.</param>
    public static Guid Create(Guid series, int index)
    {
        Span<byte> source = stackalloc byte[20];
        series.TryWriteBytes(source, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(source[16..], index);

        var uuid = SHA256.HashData(source).AsSpan(0, 16);
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
        return new(uuid, bigEndian: true);
    }
}
