namespace CareerCoordinates.Domain.People;

/// <summary>An ID number as the record holds it: sealed, so that only who has the key can read it, with the two characters that are shown.</summary>
/// <param name="Sealed">What was sealed; opaque here.</param>
/// <param name="Shown">The first and the last character of the number.</param>
public sealed record SealedIdNumber(byte[] Sealed, string Shown)
{
    private const string Hidden = "****************";

    /// <summary>
    /// <c>1****************X</c>. The customary mask (<c>110105********002X</c>) hides the birth date alone; beside a worker's birth
    /// date it is the whole number. What stays hidden here are the region, the date and the sequence.
    /// </summary>
    public string Masked => MaskOf(Shown);

    internal static string MaskOf(string shown) => $"{shown[0]}{Hidden}{shown[1]}";

    public bool Equals(SealedIdNumber? other) =>
        other is not null && Shown == other.Shown && Sealed.AsSpan().SequenceEqual(other.Sealed);

    public override int GetHashCode() => Shown.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Masked;
}
