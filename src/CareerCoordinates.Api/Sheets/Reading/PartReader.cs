using System.Text;
using System.Xml;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>
/// Reads the XML of a part piece by piece, in memory that does not depend on the part: no DTD, no entity from elsewhere, bounded depth, names
/// and pieces. Elements are known by their local names: the transitional and the strict form of the standard differ in the namespace only.
/// </summary>
internal sealed class PartReader : IDisposable
{
    private readonly PartStream stream;
    private readonly XmlReader xml;
    private readonly char[] chunk = new char[4096];

    /// <param name="whole">Comments and instructions, too: for a copy.</param>
    public PartReader(PartStream stream, bool whole = false)
    {
        this.stream = stream;
        xml = XmlReader.Create(
            stream,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = !whole,
                IgnoreProcessingInstructions = !whole,
                NameTable = new FewNames(stream.Name),
            }
        );
    }

    public XmlReader Xml => xml;

    public string Name => xml.LocalName;

    public int Depth => xml.Depth;

    public bool IsElement => xml.NodeType == XmlNodeType.Element;

    public bool IsEmpty => xml.IsEmptyElement;

    /// <summary>To the next piece; false at the end.</summary>
    public bool Read()
    {
        stream.BeginPiece();
        try
        {
            if (!xml.Read())
            {
                return false;
            }
        }
        catch (XmlException bad)
        {
            throw stream.Start.IndexOf("<!DOCTYPE"u8) >= 0
                ? XlsxParts.Suspicious($"{stream.Name} 含有 DTD", $"{stream.Name} has a DTD")
                : Broken(bad);
        }
        return xml.Depth <= SheetLimits.XmlDepth
            ? true
            : throw XlsxParts.Suspicious($"{stream.Name} 嵌套过深", $"{stream.Name} is nested too deeply");
    }

    /// <summary>To the next piece within the element at this depth; false at its end, where the reader then stands.</summary>
    public bool ReadWithin(int depth) => Read() ? xml.Depth > depth : throw BadBookException.Of(BookRefusals.Broken, stream.Name);

    public string? Attribute(string name) => xml.GetAttribute(name);

    /// <summary>An attribute of another namespace, such as <c>r:id</c>.</summary>
    public string? AttributeOfAnyNamespace(string name)
    {
        var found = (string?)null;
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == name && xml.NamespaceURI.Length > 0)
            {
                found = xml.Value;
            }
        }
        xml.MoveToElement();
        return found;
    }

    public int Number(string attribute, int otherwise = 0) =>
        int.TryParse(Attribute(attribute), out var number) ? number : otherwise;

    /// <summary>As XML has it: <c>1</c>, <c>true</c> or <c>on</c>.</summary>
    public bool Flag(string attribute) => Attribute(attribute) is "1" or "true" or "on";

    /// <summary>Adds the text of the piece to what is there; false once that is longer than a cell may be.</summary>
    public bool AddText(StringBuilder text)
    {
        if (
            xml.NodeType
            is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
        )
        {
            return true;
        }
        try
        {
            while (xml.ReadValueChunk(chunk, 0, chunk.Length) is var read and > 0)
            {
                text.Append(chunk, 0, read);
                if (text.Length > SheetLimits.CellText)
                {
                    return false;
                }
            }
        }
        catch (XmlException bad)
        {
            throw Broken(bad);
        }
        return true;
    }

    public void Dispose()
    {
        xml.Dispose();
        stream.Dispose();
    }

    private BadBookException Broken(XmlException bad) =>
        BadBookException.Of(BookRefusals.Broken, $"{stream.Name}, {bad.LineNumber}:{bad.LinePosition}");

    /// <summary>The names are kept as long as the reader is.</summary>
    private sealed class FewNames(string part) : NameTable
    {
        private int added;

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

        private string Counted(string name) =>
            ++added <= SheetLimits.XmlNames
                ? name
                : throw XlsxParts.Suspicious($"{part} 中名称过多", $"{part} has too many names");
    }
}
