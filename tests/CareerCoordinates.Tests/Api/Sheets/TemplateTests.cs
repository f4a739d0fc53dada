using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Tests.Api.Sheets.Reading;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace CareerCoordinates.Tests.Api.Sheets;

public class TemplateTests
{
    private static readonly TemplateWords Words = new(
        "证书",
        "填写说明",
        "选项's",
        ("列", "说明", "可填", "示例"),
        "、",
        ["第 2 行为示例，请覆盖。"]
    );

    private static readonly TemplateColumn[] Columns =
    [
        new("姓名（必填）", "职工姓名", "阿依古丽·买买提", []),
        new("工号", "保留前导零", "000123", []),
        new("等级", "技能等级", "三级", ["五级", "四级", "三级"]),
        new("职业", "一长列", "职业 7", [.. Enumerable.Range(1, 300).Select(i => $"职业 {i}")]),
        new("单位", "含逗号", "", ["甲, 乙", "丙"]),
    ];

    [Test]
    public void Template_IsValid_AndReadsBack()
    {
        var file = Written(Columns);
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        using var book = TestBook.Open(file, "a.xlsx").Value;

        Assert.That(
            new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019)
                .Validate(document)
                .Select(fault => $"{fault.Path?.XPath}: {fault.Description}"),
            Is.Empty
        );
        Assert.That(
            book.Sheets.Select(sheet => (sheet.Name, sheet.Hidden)),
            Is.EqualTo(new[] { ("证书", false), ("填写说明", false), ("选项's", true) })
        );
        Assert.That(
            TestBook.Rows(file).Select(row => string.Join('|', row.Cells.Select(cell => cell.Text))),
            Is.EqualTo(new[] { "姓名（必填）|工号|等级|职业|单位", "阿依古丽·买买提|000123|三级|职业 7" })
        );
        Assert.That(
            TestBook.Rows(file, 1).Select(row => row[2].Text).Skip(1).Take(2),
            Is.EqualTo(new[] { "职工姓名", "保留前导零" })
        );
        Assert.That(TestBook.Rows(file, 1)[4][3].Text, Does.StartWith("职业 1、职业 2").And.EndsWith("…"));
    }

    [Test]
    public void DropDowns_OfferWhatIsAllowed()
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(Written(Columns)), isEditable: false);
        var rules = document
            .WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<DataValidation>())
            .ToList();

        Assert.That(
            rules.Select(rule => $"{rule.SequenceOfReferences!.InnerText} {rule.Formula1!.Text}"),
            Is.EqualTo(
                new[] { "C2:C200001 \"五级,四级,三级\"", "D2:D200001 '选项''s'!$A$1:$A$300", "E2:E200001 '选项''s'!$B$1:$B$2" }
            )
        );
        var lists = TestBook.Rows(Written(Columns), 2);
        Assert.That((lists[299][1].Text, lists[1][2].Text, lists.Count), Is.EqualTo(("职业 300", "丙", 300)));
    }

    [Test]
    public void EveryColumn_IsText()
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(Written(Columns)), isEditable: false);
        var workbook = document.WorkbookPart!;
        var formats = workbook.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ToList();
        var form = (WorksheetPart)workbook.GetPartById("rId1");

        Assert.That(
            form.Worksheet.Descendants<Column>().Select(column => formats[(int)column.Style!.Value].NumberFormatId!.Value),
            Is.EqualTo(Enumerable.Repeat(49u, Columns.Length))
        );
    }

    [Test]
    public void WithoutLongLists_ThereIsNoHiddenSheet()
    {
        using var book = TestBook.Open(Written(Columns[..3])).Value;

        Assert.That(book.Sheets.Select(sheet => sheet.Name), Is.EqualTo(new[] { "证书", "填写说明" }));
    }

    private static byte[] Written(IReadOnlyList<TemplateColumn> columns)
    {
        using var stream = new MemoryStream();
        TemplateFile.Write(stream, columns, Words);
        return stream.ToArray();
    }
}
