using System.Globalization;
using System.Text;
using CareerCoordinates.Api.Sheets;
using CsvHelper;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Microsoft.AspNetCore.Http;
using Table = CareerCoordinates.Api.Sheets.Sheet;

namespace CareerCoordinates.Tests.Api.Sheets;

/// <summary>A table as CSV and as a workbook: what goes in comes out, and no cell becomes a formula (I21).</summary>
public class SheetTests
{
    private static readonly string[] Dangerous =
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\n=x",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
    ];

    private static readonly Table Sample = new(
        "sample",
        ["text", "number", "day", "flag"],
        [
            ["安全帽, \"红\"\n二行", -5, new DateOnly(2025, 12, 31), true],
            [null, 12.5, new DateOnly(1900, 1, 1), false],
            ["a=b", 0.857142857, null, null],
        ]
    );

    [TestCaseSource(nameof(Dangerous))]
    public void Csv_Text_IsNoFormula(string text)
    {
        var rows = ReadCsv(
            Csv(
                new Table(
                    "t",
                    ["h"],
                    [
                        [text],
                    ]
                )
            )
        );

        Assert.That(rows[1], Is.EqualTo(new[] { "'" + text }));
    }

    [TestCaseSource(nameof(Dangerous))]
    public void Csv_Header_IsNoFormula(string text) =>
        Assert.That(ReadCsv(Csv(new Table("t", [text], [])))[0], Is.EqualTo(new[] { "'" + text }));

    [TestCase("<10")]
    [TestCase("'quoted")]
    [TestCase("a=1")]
    [TestCase("2020-11-30")]
    public void Csv_OtherText_StaysAsItIs(string text) =>
        Assert.That(
            ReadCsv(
                Csv(
                    new Table(
                        "t",
                        ["h"],
                        [
                            [text],
                        ]
                    )
                )
            )[1],
            Is.EqualTo(new[] { text })
        );

    [Test]
    public void Csv_BeginsWithItsMark_AndReadsBack()
    {
        var bytes = Csv(Sample);

        Assert.That(bytes.Take(3), Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
        Assert.That(
            ReadCsv(bytes),
            Is.EqualTo(
                new[]
                {
                    new[] { "text", "number", "day", "flag" },
                    ["安全帽, \"红\"\n二行", "-5", "2025-12-31", "true"],
                    ["", "12.5", "1900-01-01", "false"],
                    ["a=b", "0.857142857", "", ""],
                }
            )
        );
    }

    [Test]
    public void Csv_IsTheSameInEveryCulture()
    {
        var before = CultureInfo.CurrentCulture;
        var here = Csv(Sample);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.That(Csv(Sample), Is.EqualTo(here));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Workbook_IsValid_AndReadsBack()
    {
        using var document = Open(
            Xlsx(
                Sample,
                new Table(
                    "second",
                    [],
                    [
                        ["x"],
                    ]
                )
            )
        );

        Assert.That(
            new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019)
                .Validate(document)
                .Select(f => $"{f.Path?.XPath}: {f.Description}"),
            Is.Empty
        );
        Assert.That(Names(document), Is.EqualTo(new[] { "sample", "second" }));
        Assert.That(
            Rows(document, 0).Select(row => row.Select(Shown)),
            Is.EqualTo(
                new[]
                {
                    new[] { "text", "number", "day", "flag" },
                    // A day is the number by which spreadsheets know it; what they would take for another is a text.
                    ["安全帽, \"红\"\n二行", "-5", "46022", "1"],
                    ["", "12.5", "1900-01-01", "0"],
                    ["a=b", "0.857142857", "", ""],
                }
            )
        );
    }

    [TestCaseSource(nameof(Dangerous))]
    public void Workbook_Text_IsText_AndStaysSoWhenEdited(string text)
    {
        using var document = Open(
            Xlsx(
                new Table(
                    "t",
                    ["h"],
                    [
                        [text],
                    ]
                )
            )
        );

        var cell = Rows(document, 0)[1][0];
        var formats = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ToList();

        Assert.That(Shown(cell), Is.EqualTo(text).Or.EqualTo(text.Replace('\r', '\n')));
        Assert.That(cell.DataType?.Value, Is.EqualTo(CellValues.InlineString));
        Assert.That(cell.CellFormula, Is.Null);
        Assert.That(formats[(int)cell.StyleIndex!.Value].QuotePrefix?.Value, Is.True);
    }

    [Test]
    public void Workbook_LeavesOutWhatXmlCannotHold_AndCutsWhatACellCannot()
    {
        var tooLong = new string('长', CellText.LongestInWorkbook + 5);
        using var document = Open(
            Xlsx(
                new Table(
                    "t",
                    ["h"],
                    [
                        ["a\u0001b\uFFFEc😀"],
                        [tooLong],
                    ]
                )
            )
        );

        var rows = Rows(document, 0);

        Assert.That(Shown(rows[1][0]), Is.EqualTo("abc😀"));
        Assert.That(Shown(rows[2][0]), Has.Length.EqualTo(CellText.LongestInWorkbook));
    }

    [Test]
    public void Workbook_OfTheSameTables_IsTheSame()
    {
        var first = Xlsx(Sample);

        Assert.That(Xlsx(Sample), Is.EqualTo(first));
    }

    [Test]
    public void Table_WithMoreRowsThanASheetHolds_GoesOnInAnother()
    {
        using var stream = new MemoryStream();
        using (var file = new XlsxFile(stream, mostRows: 3))
        {
            file.Write(
                new Table("people", ["h"], Enumerable.Range(0, 7).Select(i => (IReadOnlyList<object?>)[i])),
                CancellationToken.None
            );
            file.Write(
                new Table(
                    "about",
                    ["x"],
                    [
                        ["y"],
                    ]
                ),
                CancellationToken.None
            );
            file.Complete();
        }

        using var document = Open(stream.ToArray());

        Assert.That(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document), Is.Empty);
        Assert.That(Names(document), Is.EqualTo(new[] { "people", "people 2", "people 3", "about" }));
        Assert.That(
            Enumerable.Range(0, 4).Select(i => string.Join(' ', Rows(document, i).Select(row => Shown(row[0])))),
            Is.EqualTo(new[] { "h 0 1 2", "h 3 4 5", "h 6", "x y" })
        );
    }

    [TestCase(SheetForm.Csv)]
    [TestCase(SheetForm.Xlsx)]
    public void Rows_LeaveForTheStreamAsTheyAreWritten(SheetForm form)
    {
        using var stream = new MemoryStream();
        using var file = SheetFile.Of(form, stream);
        file.Begin("t", ["h"]);
        for (var i = 0; i < 100_000; i++)
        {
            file.Row([$"{Guid.NewGuid()}"]);
        }

        Assert.That(stream.Length, Is.GreaterThan(1_000_000));
    }

    [Test]
    public void Rows_AreAskedForOnce_WhileTheyAreWritten()
    {
        var asked = 0;
        IEnumerable<IReadOnlyList<object?>> Made()
        {
            for (var i = 0; i < 10_000; i++)
            {
                asked++;
                yield return [i];
            }
        }

        using var document = Open(Xlsx(new Table("t", ["h"], Made())));

        Assert.That(Rows(document, 0), Has.Count.EqualTo(10_001));
        Assert.That(asked, Is.EqualTo(10_000));
    }

    [TestCase("", SheetForm.Json)]
    [TestCase("*/*", SheetForm.Json)]
    [TestCase("application/json", SheetForm.Json)]
    [TestCase("text/csv", SheetForm.Csv)]
    [TestCase("TEXT/CSV; charset=utf-8", SheetForm.Csv)]
    [TestCase("text/*", SheetForm.Csv)]
    [TestCase("text/csv, */*;q=0.1", SheetForm.Csv)]
    [TestCase("application/*, text/csv;q=0.9", SheetForm.Json)]
    [TestCase("application/json;q=0.5, text/csv;q=0.6", SheetForm.Csv)]
    [TestCase("application/json;q=0, */*", SheetForm.Csv)]
    [TestCase("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", SheetForm.Xlsx)]
    [TestCase("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", SheetForm.Json)]
    [TestCase("image/png, */*;q=0.1", SheetForm.Json)]
    [TestCase("image/png, text/*;q=0.1", SheetForm.Csv)]
    [TestCase("application/json;q=0, application/*;q=0.2, text/*;q=0.1", SheetForm.Xlsx)]
    [TestCase("image/png", null)]
    [TestCase("application/pdf, image/*;q=0.8", null)]
    [TestCase("text/csv;q=0", null)]
    [TestCase("*/*;q=0", null)]
    [TestCase("application/json;q=0, text/csv;q=0.0", null)]
    [TestCase("nonsense", SheetForm.Json)]
    [TestCase("/;;,", SheetForm.Json)]
    public void Form_IsTheBestLiked(string accept, SheetForm? expected)
    {
        var context = new DefaultHttpContext();
        if (accept.Length > 0)
        {
            context.Request.Headers.Accept = accept;
        }

        Assert.That(SheetForms.Of(context.Request, SheetForms.All), Is.EqualTo(expected));
    }

    private static byte[] Csv(Table sheet)
    {
        using var stream = new MemoryStream();
        CsvSheet.Write(stream, sheet, CancellationToken.None);
        return stream.ToArray();
    }

    private static byte[] Xlsx(params Table[] sheets)
    {
        using var stream = new MemoryStream();
        XlsxSheets.Write(stream, sheets, CancellationToken.None);
        return stream.ToArray();
    }

    internal static List<string[]> ReadCsv(byte[] bytes)
    {
        using var text = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, true));
        using var csv = new CsvParser(text, CultureInfo.InvariantCulture);
        var rows = new List<string[]>();
        while (csv.Read())
        {
            rows.Add(csv.Record!);
        }
        return rows;
    }

    internal static SpreadsheetDocument Open(byte[] bytes) =>
        SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);

    internal static IEnumerable<string?> Names(SpreadsheetDocument document) =>
        document.WorkbookPart!.Workbook.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Select(s => s.Name?.Value);

    internal static List<List<Cell>> Rows(SpreadsheetDocument document, int sheet)
    {
        var id = document.WorkbookPart!.Workbook.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().ElementAt(sheet).Id!;
        var part = (WorksheetPart)document.WorkbookPart.GetPartById(id!);
        return [.. part.Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToList())];
    }

    internal static string Shown(Cell cell) => cell.InlineString?.Text?.Text ?? cell.CellValue?.Text ?? "";
}
