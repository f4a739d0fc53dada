using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Api.Sheets.Reading;
using Table = CareerCoordinates.Api.Sheets.Sheet;

namespace CareerCoordinates.Tests.Api.Sheets.Reading;

/// <summary>Workbooks as Excel, WPS, LibreOffice and this program write them.</summary>
public class XlsxReadingTests
{
    [Test]
    public void Texts_OfEveryKind_AreReadWithoutFontsAndPronunciation()
    {
        var cells = TestBook
            .OfRows(
                "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                    + "<c r=\"C1\" t=\"inlineStr\"><is><r><rPr><b/></rPr><t>长</t></r><r><t xml:space=\"preserve\"> 城</t></r></is></c>"
                    + "<c r=\"D1\" t=\"str\"><f>A1</f><v>000123</v></c><c r=\"E1\" t=\"s\"><v>2</v></c></row>"
            )
            .WithTexts(
                "<t>阿依古丽·买买提</t>",
                "<r><t>山</t></r><r><rPr/><t>田</t></r><rPh sb=\"0\" eb=\"1\"><t>ヤマダ</t></rPh><phoneticPr fontId=\"1\"/>",
                "<t>𠮷_x000D_\n_x005F_x</t>"
            )
            .Cells();

        Assert.That(
            cells.Select(cell => cell.Text),
            Is.EqualTo(new[] { "阿依古丽·买买提", "山田", "长 城", "000123", "𠮷\r\n_x" })
        );
        Assert.That(cells.Select(cell => cell.Kind), Is.All.EqualTo(CellKind.Text));
        Assert.That(cells[3].Marks, Is.EqualTo(CellMarks.Formula));
        Assert.That(cells.Select(cell => cell.Address), Is.EqualTo(new[] { "A1", "B1", "C1", "D1", "E1" }));
    }

    [TestCase("<c t=\"b\"><v>1</v></c>", CellKind.Flag, "TRUE", CellMarks.None)]
    [TestCase("<c t=\"b\"><v>0</v></c>", CellKind.Flag, "FALSE", CellMarks.None)]
    [TestCase("<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", CellKind.Error, "#DIV/0!", CellMarks.Formula)]
    [TestCase("<c><f>A9</f></c>", CellKind.Empty, "", CellMarks.Formula | CellMarks.NotComputed)]
    [TestCase("<c><v>0.30000000000000004</v></c>", CellKind.Number, "0.3", CellMarks.None)]
    [TestCase("<c><v>1E-3</v></c>", CellKind.Number, "0.001", CellMarks.None)]
    [TestCase("<c><v>-12.50</v></c>", CellKind.Number, "-12.5", CellMarks.None)]
    [TestCase("<c><v>123456789012345</v></c>", CellKind.Number, "123456789012345", CellMarks.None)]
    [TestCase("<c><v>1.1010519000101101E+17</v></c>", CellKind.Number, "110105190001011000", CellMarks.DigitsLost)]
    [TestCase("<c><v>1234567890123456</v></c>", CellKind.Number, "1234567890123460", CellMarks.DigitsLost)]
    [TestCase("<c t=\"inlineStr\"><is><t>01010519000101123X</t></is></c>", CellKind.Text, "01010519000101123X", CellMarks.None)]
    [TestCase("<c t=\"d\"><v>2020-11-30T00:00:00</v></c>", CellKind.Day, "2020-11-30", CellMarks.None)]
    [TestCase("<c t=\"d\"><v>2020-11-30</v></c>", CellKind.Day, "2020-11-30", CellMarks.None)]
    [TestCase("<c><v>oops</v></c>", CellKind.Text, "oops", CellMarks.None)]
    public void Cell_IsWhatAPersonSees(string xml, CellKind kind, string text, CellMarks marks)
    {
        var cell = TestBook.OfRows($"<row>{xml}</row>").Cells().Single();

        Assert.That((cell.Kind, cell.Text, cell.Marks, cell.Address), Is.EqualTo((kind, text, marks, "A1")));
    }

    // By number, as every spreadsheet knows them, and as Chinese ones do.
    [TestCase("14", "44165", "2020-11-30")]
    [TestCase("22", "44165.34375", "2020-11-30 08:15:00")]
    [TestCase("17", "44136", "2020-11")]
    [TestCase("17", "44165", "2020-11-30")]
    [TestCase("20", "0.34375", "08:15:00")]
    [TestCase("57", "44136", "2020-11")]
    [TestCase("31", "44165", "2020-11-30")]
    [TestCase("58", "44165", "2020-11-30")]
    [TestCase("14", "60", "1900-02-29")]
    [TestCase("14", "59", "1900-02-28")]
    [TestCase("14", "61", "1900-03-01")]
    [TestCase("14", "0", "1900-01-00")]
    // By what they are made of.
    [TestCase("yyyy\"年\"m\"月\"d\"日\"", "44165", "2020-11-30")]
    [TestCase("[$-804]yyyy\"年\"m\"月\";@", "44136", "2020-11")]
    [TestCase("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", "44165", "2020-11-30")]
    [TestCase("yyyy", "43831", "2020")]
    [TestCase("yyyy/m/d;@", "44165", "2020-11-30")]
    [TestCase("e/m/d", "44165", "2020-11-30")]
    [TestCase("mmm", "44165", "2020-11-30")]
    [TestCase("h:mm AM/PM", "0.5", "12:00:00")]
    [TestCase("yyyy\\-mm\\-dd\\ hh:mm:ss", "44165", "2020-11-30")]
    public void Day_ByItsFormat_IsTheDayThatIsShown(string format, string serial, string shown) =>
        AssertShown(format, serial, CellKind.Day, shown);

    [TestCase("000000", "123", "000123")]
    [TestCase("0%", "0.125", "12.5%")]
    [TestCase("#,##0.00", "1234.5", "1234.5")]
    [TestCase("0.00E+00", "1234", "1234")]
    [TestCase("\"day\"0", "3", "3")]
    [TestCase("[h]:mm", "1.5", "1.5")]
    [TestCase("General", "44165", "44165")]
    [TestCase("G/通用格式", "44165", "44165")]
    [TestCase("@", "7", "7")]
    [TestCase("14", "-1", "-1")]
    [TestCase("[Red]0;[Blue]-0", "7", "7")]
    public void Number_ByItsFormat_StaysWhole(string format, string number, string shown) =>
        AssertShown(format, number, CellKind.Number, shown);

    private static void AssertShown(string format, string number, CellKind kind, string shown)
    {
        var cell = TestBook.OfRows($"<row><c s=\"1\"><v>{number}</v></c></row>").WithFormats(format).Cells().Single();

        Assert.That((cell.Kind, cell.Text), Is.EqualTo((kind, shown)));
    }

    [Test]
    public void Calendar_From1904_BeginsLater()
    {
        var cells = TestBook
            .Made(["<sheetData><row><c s=\"1\"><v>42703</v></c></row></sheetData>"], workbookPr: "<workbookPr date1904=\"1\"/>")
            .WithFormats("14")
            .Cells();

        Assert.That(cells.Single().Text, Is.EqualTo("2020-11-30"));
    }

    [Test]
    public void RowsAndCells_WithoutReferences_FollowEachOther()
    {
        var rows = TestBook
            .OfRows(
                "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row r=\"5\"><c r=\"B5\"><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>"
            )
            .Rows();

        Assert.That(
            rows.SelectMany(row => row.Cells).Where(cell => cell.HasContent).Select(cell => $"{cell.Address}={cell.Text}"),
            Is.EqualTo(new[] { "A1=1", "C1=3", "B5=4", "C5=5", "A6=6" })
        );
    }

    [Test]
    public void MergedCells_AreMarked_AndNameTheirOrigin()
    {
        var rows = TestBook
            .Of(
                "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"C1\"><v>2</v></c></row><row r=\"2\"><c r=\"A2\"><v>3</v></c><c r=\"B2\"/><c r=\"C2\"><v>4</v></c></row></sheetData>"
                    + "<mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"E2:E9\"/><mergeCell ref=\"bad\"/></mergeCells>"
            )
            .Rows();

        Assert.That(rows[0].Cells.Select(cell => cell.Is(CellMarks.Covered)), Is.EqualTo(new[] { false, true, false }));
        Assert.That(rows[1].Cells.Select(cell => cell.Is(CellMarks.Covered)), Is.EqualTo(new[] { true, true, false }));
        Assert.That(rows[1].OriginOf(2), Is.EqualTo((1, 1)));
        Assert.That(rows[0].OriginOf(1), Is.Null);
        Assert.That(rows[1][5].Is(CellMarks.Covered), Is.False, "the first one of its area");
    }

    [Test]
    public void Hidden_RowsColumnsAndSheets_AreReadAndMarked()
    {
        using var book = TestBook
            .Open(
                TestBook
                    .Made(
                        [
                            "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row><row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>3</v></c></row></sheetData>",
                        ],
                        tabAttributes: "state=\"veryHidden\""
                    )
                    .Bytes()
            )
            .Value;
        var rows = book.Rows(book.Sheets[0], CancellationToken.None).ToList();

        Assert.That(book.Sheets[0].Hidden, Is.True);
        Assert.That(book.Sheets[0].HiddenColumns, Is.EquivalentTo(new[] { 2, 3 }));
        Assert.That(rows[0].Cells.Select(cell => cell.Is(CellMarks.Hidden)), Is.EqualTo(new[] { false, true }));
        Assert.That((rows[1].Hidden, rows[1][1].Is(CellMarks.Hidden)), Is.EqualTo((true, true)));
    }

    [Test]
    public void Sheets_AreInTheOrderOfTheirTabs_EmptyOnesToo()
    {
        using var book = TestBook
            .Open(TestBook.Of("<sheetData/>", "<sheetData><row><c><v>7</v></c></row></sheetData>").Bytes())
            .Value;

        Assert.That(
            book.Sheets.Select(sheet => (sheet.Name, sheet.Rows, sheet.LastColumn)),
            Is.EqualTo(new[] { ("表1", 0, 0), ("表2", 1, 1) })
        );
        Assert.That(book.Rows(book.Sheets[1], CancellationToken.None).Single()[1].Text, Is.EqualTo("7"));
        // Twice: the file is still there.
        Assert.That(book.Rows(book.Sheets[1], CancellationToken.None).Single()[1].Text, Is.EqualTo("7"));
    }

    [Test]
    public void Strict_AndOtherWaysToNameParts_AreReadAlike()
    {
        const string rows = "<sheetData><row><c><v>7</v></c></row></sheetData>";
        var strict = TestBook.Made(
            [rows],
            main: "http://purl.oclc.org/ooxml/spreadsheetml/main",
            office: "http://purl.oclc.org/ooxml/officeDocument/relationships"
        );
        var absolute = TestBook.Made([rows], targets: "/xl/worksheets/");
        var backslash = TestBook.Made([rows], targets: "worksheets\\");
        var noTexts = TestBook.Of(rows).Without("_rels/.rels");

        foreach (var book in new[] { strict, absolute, backslash, noTexts })
        {
            Assert.That(book.Cells().Single().Text, Is.EqualTo("7"));
        }
    }

    [Test]
    public void ElementsWithAPrefix_AreReadAlike()
    {
        var book = TestBook
            .OfRows("")
            .Put(
                "xl/worksheets/sheet1.xml",
                $"<x:worksheet xmlns:x=\"{TestBook.Main}\"><x:sheetData><x:row r=\"2\"><x:c r=\"C2\"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"
            );

        Assert.That(book.Cells()[2].Address, Is.EqualTo("C2"));
    }

    [Test]
    public void StylesBeyondWhatIsRead_AreNoContent()
    {
        var book = TestBook.OfRows(
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"3\"/></row><row r=\"1048576\"><c r=\"A1048576\" s=\"1\"/></row>"
        );

        Assert.That(book.Rows().Single().Cells, Has.Count.EqualTo(1));
    }

    [Test]
    public void WhatThisProgramWrites_ItReads()
    {
        using var stream = new MemoryStream();
        XlsxSheets.Write(
            stream,
            [
                new Table(
                    "t",
                    ["姓名", "日"],
                    [
                        ["=1+1", new DateOnly(2020, 11, 30)],
                        ["000123", 12.5],
                        [null, true],
                    ]
                ),
            ],
            CancellationToken.None
        );

        var rows = TestBook.Rows(stream.ToArray());

        Assert.That(
            rows.SelectMany(row => row.Cells).Select(cell => $"{cell.Kind}:{cell.Text}"),
            Is.EqualTo(
                new[]
                {
                    "Text:姓名",
                    "Text:日",
                    "Text:=1+1",
                    "Day:2020-11-30",
                    "Text:000123",
                    "Number:12.5",
                    "Empty:",
                    "Flag:TRUE",
                }
            )
        );
    }

    [TestCase("A1", 1, 1)]
    [TestCase("$c$17", 17, 3)]
    [TestCase("XFD1048576", 1_048_576, 16_384)]
    public void Address_IsReadAndWritten(string text, int row, int column)
    {
        Assert.That(CellAddress.TryParse(text, out var readRow, out var readColumn), Is.True);
        Assert.That((readRow, readColumn), Is.EqualTo((row, column)));
        Assert.That(CellAddress.Of(row, column), Is.EqualTo(text.Replace("$", "", StringComparison.Ordinal).ToUpperInvariant()));
    }

    [TestCase("")]
    [TestCase("A")]
    [TestCase("1")]
    [TestCase("A0")]
    [TestCase("XFE1")]
    [TestCase("A1048577")]
    [TestCase("A99999999999")]
    [TestCase("AAAAAAAAAAAA1")]
    [TestCase("A1:B2")]
    public void Address_OutsideOfASheet_IsNone(string text) => Assert.That(CellAddress.TryParse(text, out _, out _), Is.False);

    [Test]
    public void Reading_StopsWhenAsked()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Catch<OperationCanceledException>(() =>
            Book.Open(new MemoryStream(TestBook.OfRows("<row><c><v>1</v></c></row>").Bytes()), "a.xlsx", stop.Token)
        );
    }
}
