using System.Text;
using CareerCoordinates.Api.Sheets.Reading;

namespace CareerCoordinates.Tests.Api.Sheets.Reading;

public class CsvReadingTests
{
    private const string Sample =
        "姓名,工号,备注\r\n阿依古丽·买买提,000123,一\r\n𠮷田,000124,\"a,\"\"b\"\"\r\nc\"\r\n,,\r\n王,000125,\r\n";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static IEnumerable<TestCaseData> Encodings()
    {
        yield return new TestCaseData(Encoding.UTF8.GetBytes(Sample), "UTF-8").SetArgDisplayNames("UTF-8");
        yield return new TestCaseData(Marked(Encoding.UTF8), "UTF-8 with BOM").SetArgDisplayNames("UTF-8, mark");
        yield return new TestCaseData(Encoding.Unicode.GetBytes(Sample), "UTF-16LE").SetArgDisplayNames("UTF-16LE");
        yield return new TestCaseData(Marked(Encoding.Unicode), "UTF-16LE").SetArgDisplayNames("UTF-16LE, mark");
        yield return new TestCaseData(Encoding.BigEndianUnicode.GetBytes(Sample), "UTF-16BE").SetArgDisplayNames("UTF-16BE");
        yield return new TestCaseData(Marked(Encoding.BigEndianUnicode), "UTF-16BE").SetArgDisplayNames("UTF-16BE, mark");
        yield return new TestCaseData(Gb18030.GetBytes(Sample), "GB18030").SetArgDisplayNames("GB18030");
    }

    private static byte[] Marked(Encoding encoding) => [.. encoding.GetPreamble(), .. encoding.GetBytes(Sample)];

    [TestCaseSource(nameof(Encodings))]
    public void Encoding_IsFound_AndEveryCharacterKept(byte[] file, string encoding)
    {
        using var book = TestBook.Open(file).Value;
        var rows = book.Rows(book.Sheets[0], CancellationToken.None).ToList();

        Assert.That((book.Encoding, book.Separator, book.Extension), Is.EqualTo((encoding, ',', ".csv")));
        Assert.That(
            rows.Select(row => string.Join('|', row.Cells.Select(cell => cell.Text))),
            Is.EqualTo(new[] { "姓名|工号|备注", "阿依古丽·买买提|000123|一", "𠮷田|000124|a,\"b\"\r\nc", "王|000125" })
        );
        // The record and the line differ after a cell of two lines; an empty record is counted and not told.
        Assert.That(rows.Select(row => (row.Number, row.Line)), Is.EqualTo(new[] { (1, 1), (2, 2), (3, 3), (5, 6) }));
        Assert.That(rows[3][2].Address, Is.EqualTo("B5"));
    }

    [TestCase("a,b\n1,2\n", ',')]
    [TestCase("a;b\n1,5;2\n2,5;3\n", ';')]
    [TestCase("a\tb\n1,5\t2\n", '\t')]
    [TestCase("title, of the table\n\na;b;c\n1;2;3\n", ';')]
    [TestCase("single\n1\n", ',')]
    [TestCase("a,\"b;c;d;e\"\n1,\"2;3;4;5\"\n", ',')]
    [TestCase("sep=;\r\na,b;c\r\n", ';')]
    public void Separator_IsTheOneByWhichRowsAgree(string text, char separator)
    {
        using var book = TestBook.Open(Encoding.UTF8.GetBytes(text)).Value;

        Assert.That(book.Separator, Is.EqualTo(separator));
    }

    [TestCase("sep=;\r\na;b\r\n1;2", "a|b/1|2")]
    [TestCase("a,b\r1,2", "a|b/1|2")]
    [TestCase("a,b\n5\" pipe,\"x\" \n", "a|b/5\" pipe|x")]
    [TestCase("a, b \n1,\"\"\n", "a| b /1")]
    [TestCase("a,\"x\n\ny\"", "a|x\n\ny")]
    public void Records_AreAsSpreadsheetsReadThem(string text, string expected) =>
        Assert.That(
            string.Join(
                '/',
                TestBook.Rows(Encoding.UTF8.GetBytes(text)).Select(row => string.Join('|', row.Cells.Select(cell => cell.Text)))
            ),
            Is.EqualTo(expected)
        );

    [TestCase("a,b\n\"x\ny\",\"1\" 2\n", "text-after-quote", "line 3 (cell B2)")]
    [TestCase("a,b\n1,2\n3,\"4\n5,6\n", "quote-not-closed", "line 3 (cell B3)")]
    [TestCase("\n \n,,\n", "sheet-without-content", "nothing")]
    public void BadRecords_AreRefusedWithTheirPlace(string text, string code, string place) =>
        AssertRefused(Encoding.UTF8.GetBytes(text), code, place);

    [Test]
    public void BadBytes_AreRefusedWithTheirPlace()
    {
        AssertRefused([.. "a,b\r\n1,"u8, 0xFF, 0xFF, .. "\r\n"u8], "text-undecodable", "Byte 8 on line 2");
        AssertRefused([0xEF, 0xBB, 0xBF, .. "a,b\n"u8, 0xC3, .. ",1\n"u8], "text-undecodable", "Byte 8 on line 2 is no UTF-8");
        AssertRefused([.. Gb18030.GetBytes("姓名,工号\n王伟,1\n"), 0x81], "text-undecodable", "line 3 is no GB18030");
        AssertRefused(
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a\n"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("b\n")],
            "text-undecodable",
            "line 2 is no UTF-16LE"
        );
        // Valid as GB18030, but what stands before shows that it is a damaged UTF-8.
        AssertRefused(
            [.. "姓名,单位\n阿依古丽买买提,示例制造有限公司\n"u8, 0xD5, 0xC5, (byte)'\n'],
            "text-undecodable",
            "line 3 is no UTF-8"
        );
    }

    [Test]
    public void Zeros_AreRefusedWithTheirPlace()
    {
        AssertRefused("a,b\n1,2\nx\0y,3\n"u8.ToArray(), "text-has-nul", "Byte 10 on line 3");
        AssertRefused([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,\0\n")], "text-has-nul", "Byte 15 on line 2");
        AssertRefused([.. "姓名,"u8, .. new byte[70_000]], "text-has-nul", "Byte 8 on line 1");
    }

    [Test]
    public void WhatIsTooLarge_IsRefusedWithItsPlace()
    {
        AssertRefused(Encoding.UTF8.GetBytes("a,b\n1," + new string('x', 40_000)), "cell-too-long", "B2");
        AssertRefused(
            Encoding.UTF8.GetBytes("a,b\n1,\"" + string.Concat(Enumerable.Repeat("x\n", 20_000))),
            "quote-not-closed",
            "line 2 (cell B2)"
        );
        AssertRefused(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat("1", 10_000))), "too-many-columns", "IW1");
        AssertRefused(Encoding.UTF8.GetBytes("a" + new string(',', 20_000)), "too-many-columns", "XFE1");
        AssertRefused(
            Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat(new string('x', 10_000), 200))),
            "line-too-long",
            "Line 1"
        );
        AssertRefused(
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", SheetLimits.Rows + SheetLimits.RowsToHeader + 1))),
            "too-many-rows",
            "200031 rows"
        );
    }

    [Test]
    public void AsManyRowsAsAllowed_AndEmptyColumns_AreRead()
    {
        var rows = TestBook.Rows(
            Encoding.UTF8.GetBytes("h" + new string(',', 300) + "\n" + string.Concat(Enumerable.Repeat("1\n", SheetLimits.Rows)))
        );

        Assert.That(rows, Has.Count.EqualTo(SheetLimits.Rows + 1));
    }

    [TestCase("a.csv", null)]
    [TestCase("A.TXT", null)]
    [TestCase("", null)]
    [TestCase("名单.xlsx", ".xlsx")]
    [TestCase("a.xls", ".xls")]
    public void Name_ThatMisleads_IsTold(string name, string? told)
    {
        using var book = TestBook.Open("a,b\n"u8.ToArray(), name).Value;

        Assert.That(book.Warnings.Select(warning => warning.Arguments[0]), Is.EqualTo(told is null ? [] : new[] { told }));
    }

    private static void AssertRefused(byte[] file, string code, string place)
    {
        Assert.That(TestBook.RefusalOf(file), Is.EqualTo(code));
        Assert.That(TestBook.Open(file).Refusals.Single().En, Does.Contain(place));
    }
}
