using CareerCoordinates.Api.Sheets.Reading;

namespace CareerCoordinates.Tests.Api.Sheets.Corpus;

/// <summary>What a column of the corpus holds.</summary>
public enum CorpusColumn
{
    Name,
    Code,
    Day,
    Text,
}

/// <summary>
/// What every file of the corpus says, whoever wrote it: names with a dot and with characters that few fonts have, leading zeros, a day, a
/// month and a year, two lines, quotation marks, and a text that is no formula.
/// </summary>
/// <param name="Rows">Days as the product writes them; nothing as an empty text.</param>
public sealed record CorpusTable(string Name, (string Header, CorpusColumn Kind)[] Columns, string[][] Rows)
{
    public static readonly CorpusTable Roster = new(
        "roster",
        [
            ("姓名", CorpusColumn.Name),
            ("工号", CorpusColumn.Code),
            ("公民身份号码", CorpusColumn.Text),
            ("出生日期", CorpusColumn.Day),
            ("性别", CorpusColumn.Text),
            ("农民工", CorpusColumn.Text),
            ("参加工作时间", CorpusColumn.Day),
            ("用工形式", CorpusColumn.Text),
            ("职业编码", CorpusColumn.Text),
            ("入职日期", CorpusColumn.Day),
        ],
        [
            ["阿依古丽·买买提", "00123", "", "1990-02-14", "女", "否", "2012-07-01", "单位职工", "6-18-01-01", "2012-07-01"],
            ["𠮷㛃䶮", "00124", "", "1988-05-01", "男", "是", "2010-03-01", "劳务派遣", "", "2015-03-01"],
            ["马岚", "00042", "110105190201010022", "1902-01-01", "女", "否", "1920-12-31", "单位职工", "", "1921-01-01"],
        ]
    );

    public static readonly CorpusTable Milestones = new(
        "milestones",
        [
            ("工号", CorpusColumn.Code),
            ("姓名", CorpusColumn.Name),
            ("发生日期", CorpusColumn.Day),
            ("等级", CorpusColumn.Text),
            ("证书编号", CorpusColumn.Text),
            ("备注", CorpusColumn.Text),
        ],
        [
            ["00123", "阿依古丽·买买提", "2020-11-30", "三级", "A-1", "第一行\n第二行"],
            ["00124", "𠮷㛃䶮", "2020-12", "四级", "A-2", "他说“好”, \"再见\""],
            ["00042", "马岚", "2019", "五级", "0007", "=1+1 不是公式"],
        ]
    );

    public static readonly IReadOnlyList<CorpusTable> All = [Roster, Milestones];

    public IReadOnlyList<KnownColumn> Known => [.. Columns.Select(column => new KnownColumn(column.Header, []))];
}

/// <summary>A file of the corpus.</summary>
/// <param name="Name">As it is sent.</param>
public sealed record CorpusFile(string Form, CorpusTable Table, string Name, byte[] Content)
{
    public static IEnumerable<CorpusFile> All =>
        [.. CorpusTable.All.SelectMany(LibreOffice), .. CorpusTable.All.SelectMany(Made)];

    public override string ToString() => $"{Table.Name}, {Form}";

    private static string Folder =>
        Path.Combine(
            CareerCoordinates.Tests.Contract.Repository.Root,
            "tests/CareerCoordinates.Tests/Api/Sheets/Corpus/LibreOffice"
        );

    /// <summary>As <c>LibreOffice/make</c> made them.</summary>
    private static IEnumerable<CorpusFile> LibreOffice(CorpusTable table) =>
        Directory
            .GetFiles(Folder, table.Name + "*")
            .Where(path => Path.GetExtension(path) is ".xlsx" or ".csv")
            .Order(StringComparer.Ordinal)
            .Select(path => new CorpusFile(
                "LibreOffice, " + Path.GetFileName(path),
                table,
                Path.GetFileName(path),
                File.ReadAllBytes(path)
            ));

    private static IEnumerable<CorpusFile> Made(CorpusTable table) =>
        [
            .. WorkbookForms.All.Select(form => new CorpusFile(form.Name, table, "名册.xlsx", form.Make(table))),
            .. TextForms.All.Select(form => new CorpusFile(form.Name, table, form.File, form.Make(table))),
        ];
}
