namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>How the cells of a workbook show numbers, by the number of their format.</summary>
internal sealed class CellFormats
{
    private readonly List<NumberShape> shapes = [];

    public static CellFormats Read(PartStream stream)
    {
        var formats = new CellFormats();
        var own = new Dictionary<int, string>();
        using var part = new PartReader(stream);
        var inCells = false;
        while (part.Read())
        {
            switch (part.Name)
            {
                case "numFmt" when part.IsElement && part.Attribute("formatCode") is { } code && own.Count < SheetLimits.Formats:
                    own[part.Number("numFmtId")] = code;
                    break;
                case "cellXfs":
                    inCells = part.IsElement && !part.IsEmpty;
                    break;
                case "xf" when inCells && part.IsElement && formats.shapes.Count < SheetLimits.Formats:
                    var id = part.Number("numFmtId");
                    formats.shapes.Add(NumberShape.Of(id, own.GetValueOrDefault(id)));
                    break;
            }
        }
        return formats;
    }

    public NumberShape this[int format] => format >= 0 && format < shapes.Count ? shapes[format] : default;
}
