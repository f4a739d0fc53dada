namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>What a file that somebody sends may hold at most. The bytes of the file itself are limited where it is received.</summary>
public static class SheetLimits
{
    /// <summary>Rows with content below the headers, in all sheets together.</summary>
    public const int Rows = 200_000;

    /// <summary>Rows with content at the top of a sheet among which the headers are looked for: titles and notes stand above them.</summary>
    public const int RowsToHeader = 30;

    /// <summary>Columns with content: A to IV.</summary>
    public const int Columns = 256;

    public const int Sheets = 256;

    /// <summary>In UTF-16, as spreadsheets count.</summary>
    public const int CellText = Api.Sheets.CellText.LongestInWorkbook;

    /// <summary>Characters of one record of a CSV, its separators and quotes included.</summary>
    public const int RecordText = 1_048_576;

    /// <summary>Bytes of all parts of a workbook once they are inflated (1 GB). The largest honest ones have a third of it.</summary>
    public const long InflatedBytes = 1_073_741_824;

    /// <summary>How many times larger than its compressed form a part may be; text in sheets shrinks to a tenth, seldom to a sixtieth.</summary>
    public const int InflatedRatio = 250;

    /// <summary>Below this size (10 MB) a part may be as dense as it likes.</summary>
    public const long DenseBytes = 10_485_760;

    /// <summary>Parts of a workbook.</summary>
    public const int Parts = 1_000;

    /// <summary>Bytes of the texts that the cells of a workbook share (96 MB in UTF-8): they stay in memory while it is read.</summary>
    public const int SharedTextBytes = 100_663_296;

    public const int SharedTexts = 3_000_000;

    /// <summary>Merged areas of a sheet, each as often as it has columns.</summary>
    public const int Merges = 500_000;

    /// <summary>Formats of cells, and own number formats.</summary>
    public const int Formats = 65_536;

    /// <summary>XML elements within each other.</summary>
    public const int XmlDepth = 64;

    /// <summary>Bytes of one piece of XML: a tag with its attributes, a comment (1 MB).</summary>
    public const int XmlPieceBytes = 1_048_576;

    /// <summary>Different names of elements and attributes in one part.</summary>
    public const int XmlNames = 4_096;
}
