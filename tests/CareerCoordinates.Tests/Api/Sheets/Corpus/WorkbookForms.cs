using System.Globalization;
using System.Security;
using System.Text;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Tests.Api.Sheets.Reading;

namespace CareerCoordinates.Tests.Api.Sheets.Corpus;

/// <summary>The tables as workbooks, in the ways in which Excel, WPS and the libraries of other programs are known to write them.</summary>
internal static class WorkbookForms
{
    private const string Sheet = "xl/worksheets/sheet1.xml";
    private const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    private const string StrictOffice = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>What Excel declares on every worksheet of its own.</summary>
    private const string OfExcel =
        "xmlns:r=\""
        + Office
        + "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"x14ac xr xr2 xr3\" "
        + "xmlns:x14ac=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac\" "
        + "xmlns:xr=\"http://schemas.microsoft.com/office/spreadsheetml/2014/revision\" "
        + "xmlns:xr2=\"http://schemas.microsoft.com/office/spreadsheetml/2015/revision2\" "
        + "xmlns:xr3=\"http://schemas.microsoft.com/office/spreadsheetml/2016/revision3\" xr:uid=\"{00000000-0001-0000-0000-000000000000}\"";

    /// <summary>The same day in every form that a Chinese spreadsheet offers, then months, then years, then staff numbers of five digits.</summary>
    private static readonly string[] Formats =
    [
        "14",
        "22",
        "31",
        "58",
        "yyyy\"年\"m\"月\"d\"日\"",
        "[$-804]yyyy\"年\"m\"月\"d\"日\";@",
        "yyyy/m/d;@",
        "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
        "yyyy\\-mm\\-dd",
        "57",
        "17",
        "27",
        "yyyy\"年\"m\"月\";@",
        "yyyy",
        "yyyy\"年\"",
        "00000",
        "00000_ ;[Red]\\-00000\\ ",
        "0;[Red]0",
    ];

    private static readonly (int First, int Count) DayFormats = (1, 10);
    private static readonly (int First, int Count) MonthFormats = (11, 4);
    private static readonly (int First, int Count) YearFormats = (15, 2);
    private const int FiveDigits = 17;
    private const int FiveDigitsOfWps = 18;
    private const int RedWhenNegative = 19;

    public static IReadOnlyList<(string Name, Func<CorpusTable, byte[]> Make)> All =>
        [
            ("Excel, shared texts", table => Excel(table, new Texts(), Plainly)),
            ("Excel, rich texts and pronunciation", table => Excel(table, new Texts { IsRich = true }, Plainly)),
            ("Excel, days in all formats", table => Excel(table, new Texts(), Plainly, place => place.Row + place.Column)),
            ("Excel, days and times", table => Excel(table, new Texts(), Plainly, _ => 1, time: ".34375")),
            ("Excel, staff numbers as numbers", table => Excel(table, new Texts(), AsNumbers)),
            ("Excel, days from 1904", From1904),
            ("Excel, formulas", Formulas),
            ("Excel, titles, hidden and blank", Laid),
            ("Excel, headers of two rows", TwoHeaderRows),
            ("Excel, sheets out of order", OutOfOrder),
            ("Excel, strict", AsStrict),
            ("WPS", Wps),
            ("library, inline texts", table => Bare(table, "<dimension ref=\"A1\"/>", hasAddresses: true)),
            ("library, no addresses", table => Bare(table, "", hasAddresses: false)),
            ("library, prefixes", Prefixed),
        ];

    private readonly record struct Place(int Row, int Column)
    {
        public string Address => CellAddress.Of(Row, Column);
    }

    private delegate string? CellWriter(Place place, CorpusColumn kind, string value);

    private static byte[] Excel(
        CorpusTable table,
        Texts texts,
        Func<Texts, Place, CorpusColumn, string, string?> other,
        Func<Place, int>? format = null,
        string time = ""
    )
    {
        var rows = Rows(
            table,
            (place, kind, value) => other(texts, place, kind, value) ?? Day(place, value, format?.Invoke(place) ?? 0, time: time)
        );
        return Finished(
            table,
            texts,
            $"<worksheet xmlns=\"{TestBook.Main}\" {OfExcel}><dimension ref=\"A1:{CellAddress.Of(4, table.Columns.Length)}\"/>"
                + "<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews><sheetFormatPr defaultRowHeight=\"14.25\" x14ac:dyDescent=\"0.2\"/>"
                + $"<sheetData>{rows}</sheetData><phoneticPr fontId=\"1\" type=\"noConversion\"/><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/></worksheet>"
        );
    }

    private static string? Plainly(Texts texts, Place place, CorpusColumn kind, string value) =>
        kind == CorpusColumn.Day ? null : texts.Cell(place, value);

    private static string? AsNumbers(Texts texts, Place place, CorpusColumn kind, string value) =>
        kind == CorpusColumn.Code && int.TryParse(value, out var number)
            ? $"<c r=\"{place.Address}\" s=\"{FiveDigits}\"><v>{number}</v></c>"
            : Plainly(texts, place, kind, value);

    private static byte[] From1904(CorpusTable table)
    {
        var texts = new Texts();
        var rows = Rows(
            table,
            (place, kind, value) => Plainly(texts, place, kind, value) ?? Day(place, value, place.Row, since1904: true)
        );
        return Finished(
            table,
            texts,
            $"<worksheet xmlns=\"{TestBook.Main}\"><sheetData>{rows}</sheetData></worksheet>",
            "<workbookPr date1904=\"1\"/>"
        );
    }

    /// <summary>Every value computed, and kept; beside the table a column that could not be.</summary>
    private static byte[] Formulas(CorpusTable table)
    {
        var beyond = table.Columns.Length + 1;
        var rows = Rows(
            table,
            (place, kind, value) =>
                value.Length == 0
                    ? $"<c r=\"{place.Address}\" t=\"str\"><f>\"\"</f><v></v></c>"
                    : (
                        kind == CorpusColumn.Day
                            ? Day(place, value, 0, formula: "<f t=\"shared\" ref=\"A2:Z4\" si=\"0\">TODAY()</f>")
                            : $"<c r=\"{place.Address}\" t=\"str\"><f>VLOOKUP(A1,Sheet2!A:B,2,0)</f><v>{Escaped(value)}</v></c>"
                    )
                        + (
                            place.Column == beyond - 1
                                ? $"<c r=\"{CellAddress.Of(place.Row, beyond)}\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
                                : ""
                        )
        );
        return Finished(
            table,
            new Texts(),
            $"<worksheet xmlns=\"{TestBook.Main}\" {OfExcel}><sheetData>{rows}</sheetData></worksheet>"
        );
    }

    /// <summary>Titles merged above, a hidden column of notes beside, a hidden row, blank rows with looks only, and forms of the eyes.</summary>
    private static byte[] Laid(CorpusTable table)
    {
        var texts = new Texts();
        var last = table.Columns.Length + 1;
        var rows = new StringBuilder(
            $"<row r=\"1\" ht=\"30\" customHeight=\"1\" x14ac:dyDescent=\"0.2\">{texts.Cell(new(1, 1), "示例单位职工情况表")}<c r=\"B1\" s=\"1\"/></row>"
                + $"<row r=\"2\">{texts.Cell(new(2, 1), "填报单位：示例单位")}</row><row r=\"3\" spans=\"1:9\" x14ac:dyDescent=\"0.2\"/>"
        );
        foreach (var (row, number) in Grid(table).Select((row, i) => (row, new[] { 4, 6, 7, 11 }[i])))
        {
            rows.Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\"{(number == 7 ? " hidden=\"1\"" : "")}>");
            for (var i = 0; i < row.Length; i++)
            {
                var place = new Place(number, i == 0 ? 1 : i + 2);
                rows.Append(
                    number == 4 || table.Columns[i].Kind != CorpusColumn.Day
                        ? texts.Cell(place, row[i])
                        : Day(place, row[i], number)
                );
                rows.Append(i == 0 ? texts.Cell(new(number, 2), number == 4 ? "内部备注" : "不读") : "");
            }
            rows.Append("</row>");
            rows.Append(
                number == 4 ? "<row r=\"5\" s=\"1\" customFormat=\"1\"><c r=\"A5\" s=\"1\"/><c r=\"B5\" s=\"2\"/></row>" : ""
            );
        }
        return Finished(
            table,
            texts,
            $"<worksheet xmlns=\"{TestBook.Main}\" {OfExcel}><sheetPr filterMode=\"1\"/><dimension ref=\"A1:{CellAddress.Of(11, last)}\"/>"
                + "<cols><col min=\"1\" max=\"1\" width=\"18\" customWidth=\"1\"/><col min=\"2\" max=\"2\" width=\"0\" hidden=\"1\" customWidth=\"1\"/></cols>"
                + $"<sheetData>{rows}</sheetData><autoFilter ref=\"A4:{CellAddress.Of(11, last)}\"/>"
                + $"<mergeCells count=\"2\"><mergeCell ref=\"A1:{CellAddress.Of(1, last)}\"/><mergeCell ref=\"A2:{CellAddress.Of(2, last)}\"/></mergeCells>"
                + "<conditionalFormatting sqref=\"A4\"><cfRule type=\"expression\" priority=\"1\"><formula>A4=\"\"</formula></cfRule></conditionalFormatting></worksheet>"
        );
    }

    private static byte[] TwoHeaderRows(CorpusTable table)
    {
        var texts = new Texts();
        var rows = Rows(
            table,
            (place, kind, value) => Plainly(texts, place, kind, value) ?? Day(place, value, 0),
            place => place.Row == 1 ? 1 : place.Row + 1
        );
        var merges = string.Concat(
            table.Columns.Select((_, i) => $"<mergeCell ref=\"{CellAddress.Of(1, i + 1)}:{CellAddress.Of(2, i + 1)}\"/>")
        );
        var row2 =
            $"<row r=\"2\">{string.Concat(table.Columns.Select((_, i) => $"<c r=\"{CellAddress.Of(2, i + 1)}\" s=\"1\"/>"))}</row>";
        return Finished(
            table,
            texts,
            $"<worksheet xmlns=\"{TestBook.Main}\" {OfExcel}><sheetData>{rows.Replace("</row><row r=\"3\"", $"</row>{row2}<row r=\"3\"", StringComparison.Ordinal)}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
        );
    }

    /// <summary>The table is on the second tab and in the third part; the first tab explains, a hidden one has lists. Parts are named from the root.</summary>
    private static byte[] OutOfOrder(CorpusTable table)
    {
        var texts = new Texts();
        var rows = Rows(table, (place, kind, value) => Plainly(texts, place, kind, value) ?? Day(place, value, 0));
        var note = texts.Cell(new(1, 1), "请勿改动表头，日期写成 2020-11-30");
        string Of(string data) => $"<worksheet xmlns=\"{TestBook.Main}\"><sheetData>{data}</sheetData></worksheet>";
        return TestBook
            .Of("", "", "")
            .Put(
                Sheet,
                Of(
                    $"<row r=\"1\">{texts.Cell(new(1, 1), "单位职工")}</row><row r=\"2\">{texts.Cell(new(2, 1), "劳务派遣")}</row>"
                )
            )
            .Put("xl/worksheets/sheet2.xml", Of($"<row r=\"1\">{note}</row>"))
            .Put("xl/worksheets/sheet3.xml", Of(rows))
            .Put(
                "xl/workbook.xml",
                $"<workbook xmlns=\"{TestBook.Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"填表说明\" sheetId=\"4\" r:id=\"rId7\"/>"
                    + "<sheet name=\"名册\" sheetId=\"2\" r:id=\"rId2\"/><sheet name=\"lists\" sheetId=\"9\" state=\"hidden\" r:id=\"rId1\"/></sheets>"
                    + "<definedNames><definedName name=\"forms\">lists!$A$1:$A$2</definedName></definedNames></workbook>"
            )
            .Put(
                "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"{Package}\">{Relation("rId1", "worksheet", "/xl/worksheets/sheet1.xml")}{Relation("rId7", "worksheet", "/xl/worksheets/sheet2.xml")}"
                    + $"{Relation("rId2", "worksheet", "/xl/worksheets/sheet3.xml")}{Relation("rId3", "styles", "/xl/styles.xml")}{Relation("rId4", "sharedStrings", "/xl/sharedStrings.xml")}</Relationships>"
            )
            .WithTexts([.. texts.All])
            .WithFormats(Formats)
            .Bytes();
    }

    private static byte[] AsStrict(CorpusTable table)
    {
        var texts = new Texts();
        var rows = Rows(
            table,
            (place, kind, value) =>
                Plainly(texts, place, kind, value)
                ?? (
                    value.Length == 10
                        ? $"<c r=\"{place.Address}\" s=\"1\" t=\"d\"><v>{value}T00:00:00Z</v></c>"
                        : Day(place, value, 0)
                )
        );
        return TestBook
            .Made([$"<sheetData>{rows}</sheetData>"], "<workbookPr dateCompatibility=\"0\"/>", main: Strict, office: StrictOffice)
            .Put(
                "xl/sharedStrings.xml",
                $"<sst xmlns=\"{Strict}\">{string.Concat(texts.All.Select(text => $"<si>{text}</si>"))}</sst>"
            )
            .WithFormats(Formats)
            .Bytes();
    }

    /// <summary>With the parts that WPS adds, and the formats that it gives to columns of numbers.</summary>
    private static byte[] Wps(CorpusTable table)
    {
        var texts = new Texts();
        var rows = Rows(
            table,
            (place, kind, value) =>
                kind == CorpusColumn.Code && int.TryParse(value, out var number)
                    ? $"<c r=\"{place.Address}\" s=\"{FiveDigitsOfWps}\"><v>{number}</v></c>"
                : kind != CorpusColumn.Day ? texts.Cell(place, value)
                : value.Length == 4 ? $"<c r=\"{place.Address}\" s=\"{RedWhenNegative}\"><v>{value}</v></c>"
                : Day(place, value, 5)
        );
        return TestBook
            .Of("")
            .Put(
                Sheet,
                $"<worksheet xmlns=\"{TestBook.Main}\" xmlns:r=\"{Office}\" xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" "
                    + "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:etc=\"http://www.wps.cn/officeDocument/2017/etCustomData\">"
                    + $"<sheetPr/><dimension ref=\"A1:{CellAddress.Of(4, table.Columns.Length)}\"/><sheetFormatPr defaultColWidth=\"9\" defaultRowHeight=\"13.5\" outlineLevelRow=\"3\"/>"
                    + $"<sheetData>{rows}</sheetData><headerFooter/><extLst><ext uri=\"x\" etc:x=\"1\"/></extLst></worksheet>"
            )
            .Put(
                "docProps/custom.xml",
                "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
                    + "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" name=\"KSOProductBuildVer\"><vt:lpwstr>2052-12.1.0.16120</vt:lpwstr></property></Properties>"
            )
            .Put("xl/cellimages.xml", "<etc:cellImages xmlns:etc=\"http://www.wps.cn/officeDocument/2017/etCustomData\"/>")
            .Put(
                "xl/_rels/cellimages.xml.rels",
                $"<Relationships xmlns=\"{Package}\">{Relation("rId1", "image", "media/image1.png")}</Relationships>"
            )
            .Put("xl/media/image1.png", [0x89, .. "PNG\r\n"u8])
            .Put("customXml/item1.xml", "<s:customData xmlns:s=\"http://www.wps.cn/officeDocument/2013/wpsCustomData\"/>")
            .WithTexts([.. texts.All])
            .WithFormats(Formats)
            .Bytes();
    }

    /// <summary>As libraries write that stream: no shared texts, no looks, days as texts.</summary>
    private static byte[] Bare(CorpusTable table, string before, bool hasAddresses)
    {
        var rows = new StringBuilder();
        foreach (var (row, number) in Grid(table).Select((row, i) => (row, i + 1)))
        {
            rows.Append(hasAddresses ? $"<row r=\"{number}\" spans=\"1:1\">" : "<row>");
            for (var i = 0; i < row.Length; i++)
            {
                var address = hasAddresses ? $" r=\"{CellAddress.Of(number, i + 1)}\"" : "";
                rows.Append(
                    row[i].Length == 0 ? $"<c{address}/>"
                    : number > 1 && !hasAddresses && row[i].Length == 4 && int.TryParse(row[i], out _) && row[i][0] != '0'
                        ? $"<c{address} t=\"n\"><v>{row[i]}</v></c>"
                    : $"<c{address} t=\"inlineStr\"><is><t xml:space=\"preserve\">{Escaped(row[i])}</t></is></c>"
                );
            }
            rows.Append("</row>");
        }
        return TestBook.Of($"{before}<sheetData>{rows}</sheetData>").Bytes();
    }

    private static byte[] Prefixed(CorpusTable table)
    {
        var rows = Rows(table, (place, _, value) => $"<x:c r=\"{place.Address}\" t=\"str\"><x:v>{Escaped(value)}</x:v></x:c>")
            .Replace("<row", "<x:row", StringComparison.Ordinal)
            .Replace("</row", "</x:row", StringComparison.Ordinal);
        return TestBook
            .Of("")
            .Put(Sheet, $"<x:worksheet xmlns:x=\"{TestBook.Main}\"><x:sheetData>{rows}</x:sheetData></x:worksheet>")
            .Bytes();
    }

    private static byte[] Finished(CorpusTable table, Texts texts, string sheet, string workbookPr = "") =>
        TestBook
            .Made([""], workbookPr)
            .Put(Sheet, sheet)
            .Put("docProps/app.xml", "<Properties><Application>Microsoft Excel</Application></Properties>")
            .Put("xl/calcChain.xml", $"<calcChain xmlns=\"{TestBook.Main}\"/>")
            .Put("xl/printerSettings/printerSettings1.bin", new byte[table.Columns.Length])
            .WithTexts([.. texts.All])
            .WithFormats(Formats)
            .Bytes();

    private static IEnumerable<string[]> Grid(CorpusTable table) =>
        table.Rows.Prepend([.. table.Columns.Select(column => column.Header)]);

    private static string Rows(CorpusTable table, CellWriter cell, Func<Place, int>? rowOf = null)
    {
        var rows = new StringBuilder();
        foreach (var (row, i) in Grid(table).Select((row, i) => (row, i)))
        {
            var number = rowOf?.Invoke(new(i + 1, 1)) ?? i + 1;
            rows.Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\" spans=\"1:{row.Length}\">");
            for (var c = 0; c < row.Length; c++)
            {
                var kind = i == 0 ? CorpusColumn.Text : table.Columns[c].Kind;
                rows.Append(cell(new(number, c + 1), kind, row[c]));
            }
            rows.Append("</row>");
        }
        return rows.ToString();
    }

    /// <summary>A day, or the first day of a month or a year, as the number by which spreadsheets know it.</summary>
    private static string Day(Place place, string value, int turn, bool since1904 = false, string time = "", string formula = "")
    {
        if (value.Length == 0)
        {
            return $"<c r=\"{place.Address}\" s=\"1\"/>";
        }
        var (first, count) =
            value.Length == 10 ? DayFormats
            : value.Length == 7 ? MonthFormats
            : YearFormats;
        var day = DateOnly.ParseExact((value + "-01-01")[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var serial = day.DayNumber - new DateOnly(1899, 12, 30).DayNumber - (since1904 ? 1_462 : 0);
        return $"<c r=\"{place.Address}\" s=\"{first + turn % count}\">{formula}<v>{serial}{(value.Length == 10 ? time : "")}</v></c>";
    }

    private static string Relation(string id, string type, string target) =>
        $"<Relationship Id=\"{id}\" Type=\"{Office}/{type}\" Target=\"{target}\"/>";

    private static string Escaped(string text) => SecurityElement.Escape(text);

    /// <summary>The shared texts, each once.</summary>
    private sealed class Texts
    {
        private readonly List<string> all = [];

        /// <summary>In runs of fonts, with pronunciation, with the line ends of Windows and blanks around.</summary>
        public bool IsRich { get; init; }

        public IReadOnlyList<string> All => all;

        public string Cell(Place place, string value)
        {
            if (value.Length == 0)
            {
                return "";
            }
            var text = IsRich
                ? Rich(value)
                : $"<t{(value.Contains('\n', StringComparison.Ordinal) ? " xml:space=\"preserve\"" : "")}>{Escaped(value)}</t>";
            if (!all.Contains(text))
            {
                all.Add(text);
            }
            return $"<c r=\"{place.Address}\" t=\"s\"><v>{all.IndexOf(text)}</v></c>";
        }

        private static string Rich(string value)
        {
            var whole = Escaped(" " + value + "\u00A0").Replace("\n", "_x000D_\n", StringComparison.Ordinal);
            // A run ends nowhere within an entity, an escape or a pair of surrogates.
            var cut = char.IsLowSurrogate(whole[2]) ? 3 : 2;
            cut = whole[1] == '=' ? 2 : cut;
            return $"<r><t xml:space=\"preserve\">{whole[..cut]}</t></r><r><rPr><b/><sz val=\"11\"/><rFont val=\"宋体\"/></rPr><t xml:space=\"preserve\">{whole[cut..]}</t></r>"
                + "<rPh sb=\"0\" eb=\"1\"><t>pinyin</t></rPh><phoneticPr fontId=\"1\" type=\"noConversion\"/>";
        }
    }
}
