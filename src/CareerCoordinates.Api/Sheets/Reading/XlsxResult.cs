using System.Globalization;
using System.Text;
using System.Xml;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>Copies a worksheet as it is, with one column more.</summary>
/// <param name="column">From 1; what is in it or beyond has no content.</param>
internal sealed class XlsxResult(PartReader part, XmlWriter xml, int column, Func<int, string?> textOf)
{
    /// <summary>In characters: a reason is a sentence.</summary>
    private const string Width = "60";

    public static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(false),
        // A line end inside a cell stays the one that it is.
        NewLineHandling = NewLineHandling.Entitize,
    };

    private readonly XmlReader source = part.Xml;
    private bool hasColumn;
    private int row;
    private int cell;
    private int depthOfRow = -1;

    /// <summary>What is still to be written into the row.</summary>
    private string? pending;

    public void Copy(CancellationToken cancellation)
    {
        while (part.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            switch (source.NodeType)
            {
                case XmlNodeType.XmlDeclaration:
                    xml.WriteStartDocument(standalone: true);
                    break;
                case XmlNodeType.Element:
                    CopyElement();
                    break;
                case XmlNodeType.EndElement:
                    End();
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    xml.WriteWhitespace(source.Value);
                    break;
                case XmlNodeType.Comment:
                    xml.WriteComment(source.Value);
                    break;
                case XmlNodeType.ProcessingInstruction:
                    xml.WriteProcessingInstruction(source.Name, source.Value);
                    break;
                default:
                    xml.WriteString(source.Value);
                    break;
            }
        }
        xml.WriteEndDocument();
    }

    private void CopyElement()
    {
        switch (part.Name)
        {
            // Forms and pictures have rows and columns of their own, further inside.
            case "col" when part.Depth == 2:
                CopyColumn();
                return;
            case "sheetData" when part.Depth == 1:
                if (!hasColumn)
                {
                    Start("cols");
                    WriteColumn();
                    xml.WriteEndElement();
                }
                break;
            case "row" when part.Depth == 2:
                row = part.Number("r", row + 1);
                cell = 0;
                if (!part.IsEmpty)
                {
                    (depthOfRow, pending) = (part.Depth, textOf(row));
                }
                break;
            case "c" when part.Depth == depthOfRow + 1:
                cell = CellAddress.TryParse(part.Attribute("r"), out _, out var written) ? written : cell + 1;
                if (pending is not null && cell >= column)
                {
                    WritePending();
                    if (cell == column)
                    {
                        Skip();
                        return;
                    }
                }
                break;
            default:
                if (part.Depth == depthOfRow + 1)
                {
                    WritePending();
                }
                break;
        }
        var isEmpty = part.IsEmpty;
        xml.WriteStartElement(source.Prefix, source.LocalName, source.NamespaceURI);
        CopyAttributes(source.LocalName);
        if (isEmpty)
        {
            xml.WriteEndElement();
        }
    }

    private void End()
    {
        if (part.Depth == depthOfRow)
        {
            WritePending();
            depthOfRow = -1;
        }
        else if (part.Name == "cols" && part.Depth == 1 && !hasColumn)
        {
            WriteColumn();
        }
        xml.WriteEndElement();
    }

    private void CopyAttributes(string element)
    {
        for (var more = source.MoveToFirstAttribute(); more; more = source.MoveToNextAttribute())
        {
            var value = source.Value;
            if (
                source.NamespaceURI.Length == 0
                && element == "row"
                && source.Depth == 3
                && source.LocalName == "spans"
                && pending is not null
            )
            {
                // Says between which columns the row's cells are; it may be left out.
                continue;
            }
            if (element == "dimension" && source.Depth == 2 && source.LocalName == "ref")
            {
                value = Wider(value);
            }
            xml.WriteAttributeString(source.Prefix, source.LocalName, source.NamespaceURI, value);
        }
        source.MoveToElement();
    }

    /// <summary>Of a range of columns with the same width our one is taken out.</summary>
    private void CopyColumn()
    {
        var (first, last) = (part.Number("min"), part.Number("max"));
        if (!hasColumn && column < first)
        {
            WriteColumn();
        }
        if (hasColumn || column > last)
        {
            WriteRange(first, last);
        }
        else
        {
            WriteRange(first, column - 1);
            WriteColumn();
            WriteRange(column + 1, last);
        }
        if (!part.IsEmpty)
        {
            Skip();
        }
    }

    private void WriteRange(int first, int last)
    {
        if (first > last)
        {
            return;
        }
        xml.WriteStartElement(source.Prefix, source.LocalName, source.NamespaceURI);
        for (var more = source.MoveToFirstAttribute(); more; more = source.MoveToNextAttribute())
        {
            var value =
                source.LocalName == "min" ? Said(first)
                : source.LocalName == "max" ? Said(last)
                : source.Value;
            xml.WriteAttributeString(source.Prefix, source.LocalName, source.NamespaceURI, value);
        }
        source.MoveToElement();
        xml.WriteEndElement();
    }

    private void WriteColumn()
    {
        hasColumn = true;
        Start("col");
        xml.WriteAttributeString("min", Said(column));
        xml.WriteAttributeString("max", Said(column));
        xml.WriteAttributeString("width", Width);
        xml.WriteAttributeString("customWidth", "1");
        xml.WriteEndElement();
    }

    private void WritePending()
    {
        if (pending is null)
        {
            return;
        }
        Start("c");
        xml.WriteAttributeString("r", CellAddress.Of(row, column));
        xml.WriteAttributeString("t", "inlineStr");
        Start("is");
        Start("t");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(CellText.Writable(CellText.Neutral(pending)));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        pending = null;
    }

    /// <summary>An element of the sheet's own namespace, which is that of the element at which the reader stands.</summary>
    private void Start(string name) => xml.WriteStartElement(source.Prefix, name, source.NamespaceURI);

    private void Skip()
    {
        if (part.IsEmpty)
        {
            return;
        }
        var depth = part.Depth;
        while (part.ReadWithin(depth)) { }
    }

    /// <summary>The area of the sheet's cells: some readers see no further.</summary>
    private string Wider(string area)
    {
        var colon = area.IndexOf(':', StringComparison.Ordinal);
        var from = colon < 0 ? area : area[..colon];
        var to = colon < 0 ? area : area[(colon + 1)..];
        return CellAddress.TryParse(to, out var lastRow, out var lastColumn) && lastColumn < column
            ? $"{from}:{CellAddress.Of(lastRow, column)}"
            : area;
    }

    private static string Said(int number) => number.ToString(CultureInfo.InvariantCulture);
}
