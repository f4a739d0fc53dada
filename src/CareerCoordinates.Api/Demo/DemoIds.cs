using System.Buffers.Binary;
using CareerCoordinates.Api.Demo.Population;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Demo;

/// <summary>Ids of UUID version 7 whose time is the simulated clock's and whose random part comes from a seed.</summary>
public static class DemoIds
{
    public static Guid New(Instant at, ref Prng random)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.Microseconds / 1_000 << 16);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], random.Next());
        var version = (ushort)(0x7000 | (ushort)random.Next() & 0x0FFF);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], version);
        bytes[8] = (byte)(0x80 | bytes[8] & 0x3F);
        return new Guid(bytes, bigEndian: true);
    }
}
