using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace CareerCoordinates.Api.Sheets;

/// <summary>A column of a sheet that people fill in.</summary>
/// <param name="Explanation">What belongs into it, for the sheet of explanations.</param>
/// <param name="Example">In the example row; may be empty.</param>
/// <param name="Allowed">What the drop-down offers; empty for a column that takes anything.</param>
/// <param name="Width">In characters.</param>
public sealed record TemplateColumn(
    string Header,
    string Explanation,
    string Example,
    IReadOnlyList<string> Allowed,
    double Width = 18
);

/// <summary>The words around the columns, in one language. Names of sheets as <see cref="Sheet.Name"/> has them.</summary>
/// <param name="Sheet">The name of the sheet to fill in.</param>
/// <param name="Explanations">The name of the sheet that explains.</param>
/// <param name="Lists">The name of the hidden sheet with what long drop-downs offer.</param>
/// <param name="Headers">Over the explanations: column, explanation, allowed values, example.</param>
/// <param name="Comma">Between the allowed values.</param>
/// <param name="Notes">Lines below the explanations.</param>
public sealed record TemplateWords(
    string Sheet,
    string Explanations,
    string Lists,
    (string Column, string Explanation, string Allowed, string Example) Headers,
    string Comma,
    IReadOnlyList<string> Notes
);

/// <summary>
/// A workbook to be filled in: headers, one example row, drop-downs, a sheet that explains. Every column is text, so that what is typed stays
/// as it is: leading zeros, and a month that a spreadsheet would make a day of.
/// </summary>
public static class TemplateFile
{
    /// <summary>A list inside the rule itself is no longer than this (ECMA-376 part 1, 18.3.1.32 leaves it open; spreadsheets cut at 255).</summary>
    private const int LongestRule = 250;

    /// <summary>Characters of the allowed values that are spelt out among the explanations; the drop-down has all.</summary>
    private const int LongestSpelling = 500;

    /// <summary>The rows to fill in.</summary>
    private const int LastRow = Reading.SheetLimits.Rows + 1;

    private const uint TextFormat = 49;

    /// <summary>The cell formats in the order of <see cref="Styles"/>.</summary>
    private const uint Plain = 0;
    private const uint Header = 1;
    private const uint Text = 2;
    private const uint Example = 3;
    private const uint Wrapped = 4;

    /// <param name="stream">Need not be able to seek; stays open.</param>
    public static void Write(Stream stream, IReadOnlyList<TemplateColumn> columns, TemplateWords words)
    {
        var listed = columns.Where(column => column.Allowed.Count > 0 && Inline(column.Allowed) is null).ToList();
        var sheets = new List<(string, bool, Action<OpenXmlWriter>)>
        {
            (words.Sheet, false, writer => writer.WriteElement(Form(columns, listed, words.Lists))),
            (words.Explanations, false, writer => writer.WriteElement(Explanations(columns, words))),
        };
        if (listed.Count > 0)
        {
            sheets.Add((words.Lists, true, writer => writer.WriteElement(Lists(listed))));
        }
        XlsxPackage.Write(stream, Styles(), sheets);
    }

    private static Worksheet Form(IReadOnlyList<TemplateColumn> columns, List<TemplateColumn> listed, string lists)
    {
        var pane = new Pane
        {
            VerticalSplit = 1,
            TopLeftCell = "A2",
            ActivePane = PaneValues.BottomLeft,
            State = PaneStateValues.Frozen,
        };
        var form = new Worksheet(
            new SheetViews(new SheetView(pane) { WorkbookViewId = 0 }),
            new Columns(columns.Select((column, i) => Column(i, column.Width, Text))),
            new SheetData(
                RowOf(columns.Select(column => column.Header), Header),
                RowOf(columns.Select(column => column.Example), Example)
            )
        );
        var rules = columns.Select((column, i) => Rule(column, i, listed, lists)).OfType<DataValidation>().ToList();
        if (rules.Count > 0)
        {
            form.Append(new DataValidations(rules) { Count = (uint)rules.Count });
        }
        var all = $"A2:{Reading.CellAddress.Of(LastRow, columns.Count)}";
        form.Append(new IgnoredErrors(new IgnoredError { SequenceOfReferences = new([all]), NumberStoredAsText = true }));
        return form;
    }

    private static DataValidation? Rule(TemplateColumn column, int i, List<TemplateColumn> listed, string lists)
    {
        if (column.Allowed.Count == 0)
        {
            return null;
        }
        var letters = Reading.CellAddress.Letters(listed.IndexOf(column) + 1);
        var formula =
            Inline(column.Allowed)
            ?? string.Create(
                CultureInfo.InvariantCulture,
                $"'{lists.Replace("'", "''", StringComparison.Ordinal)}'!${letters}$1:${letters}${column.Allowed.Count}"
            );
        return new DataValidation(new Formula1(formula))
        {
            Type = DataValidationValues.List,
            AllowBlank = true,
            ShowErrorMessage = true,
            SequenceOfReferences = new([$"{Reading.CellAddress.Of(2, i + 1)}:{Reading.CellAddress.Of(LastRow, i + 1)}"]),
        };
    }

    /// <summary>The list as it stands in the rule itself; null if it is too long for that, or a value has what the rule is written with.</summary>
    private static string? Inline(IReadOnlyList<string> allowed) =>
        allowed.Sum(value => value.Length + 1) <= LongestRule
        && allowed.All(value => value.AsSpan().IndexOfAny(',', '"') < 0 && value == value.Trim())
            ? '"' + string.Join(',', allowed) + '"'
            : null;

    private static Worksheet Explanations(IReadOnlyList<TemplateColumn> columns, TemplateWords words) =>
        new(
            new Columns(Column(0, 24, Plain), Column(1, 60, Plain), Column(2, 60, Plain), Column(3, 24, Plain)),
            new SheetData([
                RowOf([words.Headers.Column, words.Headers.Explanation, words.Headers.Allowed, words.Headers.Example], Header),
                .. columns.Select(column =>
                    RowOf([column.Header, column.Explanation, Spelt(column.Allowed, words.Comma), column.Example], Wrapped)
                ),
                new Row(),
                .. words.Notes.Select(note => RowOf([note], Plain)),
            ])
        );

    private static string Spelt(IReadOnlyList<string> allowed, string comma)
    {
        var spelt = string.Join(comma, allowed);
        return spelt.Length <= LongestSpelling
            ? spelt
            : spelt[..spelt.LastIndexOf(comma, LongestSpelling, StringComparison.Ordinal)] + "…";
    }

    private static Worksheet Lists(List<TemplateColumn> listed) =>
        new(
            new SheetData(
                Enumerable
                    .Range(0, listed.Max(column => column.Allowed.Count))
                    .Select(i => RowOf(listed.Select(column => i < column.Allowed.Count ? column.Allowed[i] : ""), Text))
            )
        );

    private static Column Column(int i, double width, uint style) =>
        new()
        {
            Min = (uint)(i + 1),
            Max = (uint)(i + 1),
            Width = width,
            CustomWidth = true,
            Style = style,
        };

    private static Row RowOf(IEnumerable<string> texts, uint style) => new(texts.Select(text => CellOf(text, style)));

    private static Cell CellOf(string text, uint style) =>
        text.Length == 0
            ? new Cell { StyleIndex = style }
            : new Cell(
                new InlineString(
                    new DocumentFormat.OpenXml.Spreadsheet.Text(CellText.Writable(text))
                    {
                        Space = SpaceProcessingModeValues.Preserve,
                    }
                )
            )
            {
                DataType = CellValues.InlineString,
                StyleIndex = style,
            };

    private static Stylesheet Styles() =>
        XlsxPackage.Styles(
            new CellFormats(
                new CellFormat(),
                AsText(XlsxPackage.Bold),
                AsText(font: 0),
                AsText(XlsxPackage.Italic),
                new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top })
                {
                    NumberFormatId = TextFormat,
                    ApplyNumberFormat = true,
                    ApplyAlignment = true,
                }
            )
        );

    /// <summary>Quoted: what begins like a formula stays text when somebody edits the cell.</summary>
    private static CellFormat AsText(uint font) =>
        new()
        {
            NumberFormatId = TextFormat,
            ApplyNumberFormat = true,
            FontId = font,
            ApplyFont = true,
            QuotePrefix = true,
        };
}
