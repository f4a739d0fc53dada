using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Domain.Reports;

/// <summary>For each channel the order of the rung held, 0 for none, as one number: what holds for millions is soon copied and compared.</summary>
/// <param name="Bits">Eight for each channel; there are at most <see cref="Framework.MostChannels"/>.</param>
public readonly record struct HeldRungs(ulong Bits)
{
    private const int BitsOfChannel = 8;

    /// <summary>The order of the rung held in a channel.</summary>
    public int this[int channel] => (byte)(Bits >> (channel * BitsOfChannel));

    /// <summary>A rung held in one channel and none in the others.</summary>
    public static HeldRungs Of(int channel, int order) => new((ulong)order << (channel * BitsOfChannel));

    /// <summary>What is held in either, of which no channel has both.</summary>
    public HeldRungs With(HeldRungs others) => new(Bits | others.Bits);

    /// <summary>All bits of some channels.</summary>
    public static ulong MaskOf(IEnumerable<int> channels) =>
        channels.Aggregate(0UL, (mask, c) => mask | Of(c, byte.MaxValue).Bits);
}
