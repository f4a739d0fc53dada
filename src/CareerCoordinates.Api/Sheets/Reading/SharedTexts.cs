using System.Text;
using System.Text.RegularExpressions;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>The texts that the cells of a workbook refer to by number, kept as UTF-8: half of what strings need, and no garbage to collect.</summary>
internal sealed partial class SharedTexts
{
    private const int BlockBytes = 1 << 20;
    private const int Remembered = 1 << 10;

    private readonly List<byte[]> blocks = [];
    private readonly List<int> places = [];
    private readonly (int Index, string? Text)[] remembered = new (int, string?)[Remembered];
    private int free = BlockBytes;

    public static SharedTexts Read(PartStream stream, CancellationToken cancellation)
    {
        var texts = new SharedTexts();
        var text = new StringBuilder();
        using var part = new PartReader(stream);
        while (part.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (part.IsElement && part.Name == "si")
            {
                text.Clear();
                if (!AddRich(part, text))
                {
                    throw BadBookException.Of(
                        BookRefusals.CellTooLong,
                        $"{stream.Name} [{texts.places.Count}]",
                        SheetLimits.CellText
                    );
                }
                texts.Add(Unescaped(text));
            }
        }
        return texts;
    }

    /// <summary>Null for a number that no text has.</summary>
    public string? this[int index]
    {
        get
        {
            if (index < 0 || index >= places.Count)
            {
                return null;
            }
            ref var known = ref remembered[index % Remembered];
            if (known.Text is null || known.Index != index)
            {
                var block = blocks[places[index] / BlockBytes];
                var at = places[index] % BlockBytes;
                var length = BitConverter.ToInt32(block, at);
                known = (index, Encoding.UTF8.GetString(block, at + sizeof(int), length));
            }
            return known.Text;
        }
    }

    /// <summary>Adds the text of the element at which the reader stands, whatever its fonts, without the pronunciation (<c>rPh</c>); false if it is too long.</summary>
    public static bool AddRich(PartReader part, StringBuilder text)
    {
        if (part.IsEmpty)
        {
            return true;
        }
        var depth = part.Depth;
        var spoken = int.MaxValue;
        var inText = false;
        while (part.ReadWithin(depth))
        {
            if (part.Depth <= spoken)
            {
                spoken = part.IsElement && part.Name == "rPh" && !part.IsEmpty ? part.Depth : int.MaxValue;
            }
            if (part.IsElement)
            {
                inText = part.Name == "t" && !part.IsEmpty;
            }
            else if (part.Xml.NodeType == System.Xml.XmlNodeType.EndElement)
            {
                inText = false;
            }
            else if (inText && spoken == int.MaxValue && !part.AddText(text))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Characters that XML cannot hold are written as <c>_x000D_</c> (ECMA-376 part 1, 22.9.2.19).</summary>
    public static string Unescaped(StringBuilder text)
    {
        var whole = text.ToString();
        return whole.Contains("_x", StringComparison.Ordinal)
            ? Escaped().Replace(whole, one => ((char)Convert.ToInt32(one.Groups[1].Value, 16)).ToString())
            : whole;
    }

    private void Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (free + sizeof(int) + length > BlockBytes)
        {
            if ((blocks.Count + 1L) * BlockBytes > SheetLimits.SharedTextBytes)
            {
                throw TooMany($"{SheetLimits.SharedTextBytes / BlockBytes} MB");
            }
            blocks.Add(new byte[BlockBytes]);
            free = 0;
        }
        if (places.Count >= SheetLimits.SharedTexts)
        {
            throw TooMany($"{SheetLimits.SharedTexts}");
        }
        var block = blocks[^1];
        places.Add((blocks.Count - 1) * BlockBytes + free);
        BitConverter.TryWriteBytes(block.AsSpan(free), length);
        Encoding.UTF8.GetBytes(text, block.AsSpan(free + sizeof(int)));
        free += sizeof(int) + length;
    }

    private static BadBookException TooMany(string limit) =>
        BadBookException.Of(BookRefusals.TooLarge, $"sharedStrings > {limit}");

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();
}
