using System.Text;
using System.Text.RegularExpressions;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Exports;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Api.Sheets.Corpus;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>
/// What goes out, opened in LibreOffice: no cell has become a formula. Only in <c>tests/run --release</c>, which installs LibreOffice; elsewhere
/// these tests are not chosen, and fail where it is missing.
/// </summary>
[BothEngines, Category("Release")]
public partial class OpenedInLibreOfficeTests(TestEngine engine)
{
    private const string Certificate = "skill-level-certificate";
    private const string Header = "工号,姓名,发生日期,等级,证书编号,备注\n";

    private static readonly string[] Formulas =
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1,1)",
        "=HYPERLINK(\"http://example.org\",1)",
        "=cmd|' /C calc'!A0",
        "＝1+1",
        "\t=1+1",
        "\r=1+1",
        "'=1+1",
        "-1",
        "-",
    ];

    private AccessOffice office = null!;
    private Guid worker;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        worker = await office.HireAsync(office.Works, "=1+1", "@SUM(1)");
        for (var i = 0; i < Formulas.Length; i++)
        {
            await office.VerifiedAsync(
                worker,
                Certificate,
                $"{2013 + i}-11-30",
                new { grade = "3", certificateNo = $"N-{2013 + i}" },
                Formulas[i].Trim().TrimStart('\'')
            );
        }
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task WhatThisTestLooksFor_ItWouldFind()
    {
        var opened = await LibreOffice.OpenAsync("a,b\n=1+1,x\n"u8.ToArray(), ".csv");

        Assert.That(Formula().Matches(opened).Select(found => found.Value), Is.EqualTo(["table:formula=\"of:=1+1\""]));
    }

    [TestCase("workers", "xlsx")]
    [TestCase("workers", "csv")]
    [TestCase("milestones", "xlsx")]
    [TestCase("milestones", "csv")]
    public async Task AnExport_ShowsNoFormula(string what, string form)
    {
        var file = (await office.AskAsync("officer", $"exports/{what}?format={form}", "*/*")).Expect(200).Bytes;

        await AssertNoFormulaAsync(file, "." + form, what == "workers" ? "=1+1" : "=HYPERLINK(");
    }

    [Test]
    public async Task AResult_OfACsv_ShowsNoFormula_AndReadsBackAsItWas()
    {
        var sheet = Header + string.Concat(Formulas.Select((text, i) => Line(2013 + i, text)));
        var looked = (await office.UploadAsync("officer", sheet, Fields)).Expect(200);
        var result = (await office.GetAsync("officer", $"imports/{looked.Id}/result")).Expect(200).Bytes;

        await AssertNoFormulaAsync(result, ".csv", "=HYPERLINK(");
        var again = await office.UploadAsync("officer", result, "sheet-result.csv", Fields);
        Assert.That(again.Counts(), Is.EqualTo(looked.Counts()), again.Text);
        Assert.That(looked.Counts(), Is.EqualTo($"checked 0 new, 0 changed, {Formulas.Length} same, 0 refused"), looked.Text);
    }

    [Test]
    public async Task AResult_OfAWorkbook_ShowsNoFormula_AndReadsBackAsItWas()
    {
        foreach (var file in CorpusFile.All.Where(one => one.Table == CorpusTable.Milestones && IsOfLibreOffice(one.Form)))
        {
            var looked = (await office.UploadAsync("officer", file.Content, file.Name, Fields)).Expect(200);
            var result = (await office.GetAsync("officer", $"imports/{looked.Id}/result")).Expect(200).Bytes;

            await AssertNoFormulaAsync(result, ".xlsx", "=1+1");
            var again = await office.UploadAsync("officer", result, "result.xlsx", Fields);
            Assert.That(again.Problems(), Is.EqualTo(looked.Problems()));
        }
    }

    private (string, string)[] Fields => [("type", Certificate), ("organization", $"{office.Works}")];

    /// <summary>Made from tables without formulas of their own.</summary>
    private static bool IsOfLibreOffice(string form) =>
        form.EndsWith("from-csv.xlsx", StringComparison.Ordinal) || form.EndsWith("from-html.xlsx", StringComparison.Ordinal);

    private static string Line(int year, string text)
    {
        var quoted = '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
        return $"@SUM(1),=1+1,{year}-11-30,3,N-{year},{quoted}\n";
    }

    private static async Task AssertNoFormulaAsync(byte[] file, string extension, string text)
    {
        var opened = await LibreOffice.OpenAsync(file, extension);

        Assert.That(Formula().Matches(opened).Select(found => found.Value), Is.Empty);
        Assert.That(
            opened,
            Does.Contain(text.Replace("\"", "&quot;", StringComparison.Ordinal)),
            "it was opened, and has the text"
        );
    }

    [GeneratedRegex("table:formula=\"[^\"]*\"")]
    private static partial Regex Formula();
}
