using System.Security.Cryptography;
using System.Text;

namespace CareerCoordinates.Data.Moves;

/// <summary>What a table holds, by which it is known again: the hash is that of its rows as <see cref="RowText"/> writes them, in the order of its key.</summary>
/// <param name="Bytes">Of the rows as text.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
/// <param name="Marks">After every thousand rows the first 16 digits of the hash so far: they tell about where two tables begin to differ.</param>
public sealed record TableContent(string Table, long Rows, long Bytes, string Sha256, string Marks)
{
    public const int RowsBetweenMarks = 1_000;
    private const int DigitsOfMark = 16;

    /// <summary>As in "rows 1,001 to 2,000": the first that differ from another content's; null where both are the same.</summary>
    public (long From, long To)? FirstDifference(TableContent other)
    {
        if (Sha256 == other.Sha256)
        {
            return null;
        }
        var both = Math.Min(Marks.Length, other.Marks.Length) / DigitsOfMark;
        var equal = 0;
        while (equal < both && Mark(equal).SequenceEqual(other.Mark(equal)))
        {
            equal++;
        }
        var first = (long)equal * RowsBetweenMarks + 1;
        return (first, Math.Max(first, Math.Min(first + RowsBetweenMarks - 1, Math.Max(Rows, other.Rows))));
    }

    private ReadOnlySpan<char> Mark(int number) => Marks.AsSpan(number * DigitsOfMark, DigitsOfMark);

    /// <summary>Takes the rows of a table, one after the other.</summary>
    internal sealed class Digest(string table) : IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly StringBuilder marks = new();
        private long rows;
        private long bytes;

        /// <param name="line">A row as text, with the end of its line.</param>
        public void Add(ReadOnlySpan<byte> line)
        {
            hash.AppendData(line);
            bytes += line.Length;
            if (++rows % RowsBetweenMarks == 0)
            {
                marks.Append(Convert.ToHexStringLower(hash.GetCurrentHash().AsSpan(0, DigitsOfMark / 2)));
            }
        }

        public TableContent Content() =>
            new(table, rows, bytes, Convert.ToHexStringLower(hash.GetCurrentHash()), marks.ToString());

        public void Dispose() => hash.Dispose();
    }
}
