using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>Why a file is not read. The pointer of a refusal names the sheet and the cell, where there is one.</summary>
public static class BookRefusals
{
    public static readonly RefusalCode EmptyFile = new(
        "file-empty",
        RefusalKind.Shape,
        "The file is empty. Save the sheet again and send that file.",
        "文件为空，请重新保存表格后再上传。"
    );
    public static readonly RefusalCode NoSheetFile = new(
        "file-not-a-sheet",
        RefusalKind.Shape,
        "The file is {0}, not a workbook (.xlsx) or a CSV. Open the table in a spreadsheet program and save it as .xlsx.",
        "该文件是{0}，不是工作簿（.xlsx）或 CSV。请用电子表格软件打开表格，另存为 .xlsx。"
    );
    public static readonly RefusalCode OldWorkbook = new(
        "workbook-old-format",
        RefusalKind.Shape,
        "The file is {0}. Open it in a spreadsheet program and save it as .xlsx.",
        "该文件是{0}，请用电子表格软件打开后另存为 .xlsx。"
    );
    public static readonly RefusalCode Encrypted = new(
        "workbook-password-protected",
        RefusalKind.Shape,
        "The workbook is protected by a password. Open it, remove the password, save it and send it again.",
        "工作簿设有打开密码。请打开后取消密码，保存后重新上传。"
    );
    public static readonly RefusalCode Macros = new(
        "workbook-has-macros",
        RefusalKind.Shape,
        "The workbook holds macros. Save it as .xlsx, without macros, and send that file.",
        "工作簿含有宏。请另存为不含宏的 .xlsx 后重新上传。"
    );
    public static readonly RefusalCode EmbeddedFile = new(
        "workbook-embeds-archive",
        RefusalKind.Shape,
        "The workbook holds another archive or workbook ({0}). Delete the embedded file and save it again.",
        "工作簿中嵌有其他压缩包或工作簿（{0}）。请删除嵌入的文件后重新保存。"
    );
    public static readonly RefusalCode LinksElsewhere = new(
        "workbook-links-elsewhere",
        RefusalKind.Shape,
        "The workbook takes values from other files or from a data source ({0}): what it shows may be out of date. Break the links (Data, Edit Links or Queries & Connections), save it and send it again.",
        "工作簿引用了其他文件或数据源（{0}），显示的内容可能不是最新的。请在“数据”中断开链接（编辑链接、查询和连接），保存后重新上传。"
    );
    public static readonly RefusalCode Broken = new(
        "workbook-broken",
        RefusalKind.Shape,
        "The workbook cannot be read ({0}). Open it in a spreadsheet program, save it as a new .xlsx and send that file.",
        "无法读取工作簿（{0}）。请用电子表格软件打开，另存为新的 .xlsx 后重新上传。"
    );
    public static readonly RefusalCode Suspicious = new(
        "workbook-suspicious",
        RefusalKind.Shape,
        "The workbook is built as none that a spreadsheet program writes ({0}), so it is not read. Copy the table into a new workbook and send that one.",
        "工作簿的结构不是电子表格软件正常保存的结构（{0}），因此不予读取。请将表格复制到新的工作簿后重新上传。"
    );
    public static readonly RefusalCode TooLarge = new(
        "workbook-too-large",
        RefusalKind.Shape,
        "The workbook is too large once it is unpacked: {0}. Split it into several files, or save the sheet as CSV.",
        "工作簿解压后过大：{0}。请拆分为多个文件，或将表格另存为 CSV。"
    );
    public static readonly RefusalCode NoSheets = new(
        "workbook-without-sheets",
        RefusalKind.Shape,
        "The workbook holds no sheet with cells. Send one whose first sheet has the headers.",
        "工作簿中没有含单元格的工作表。请上传含表头的工作表。"
    );
    public static readonly RefusalCode NoContent = new(
        "sheet-without-content",
        RefusalKind.Shape,
        "There is nothing in the table. Fill it in and send it again.",
        "表格中没有内容，请填写后重新上传。"
    );
    public static readonly RefusalCode TooManyRows = new(
        "too-many-rows",
        RefusalKind.Shape,
        "There are {0} rows with content; at most {1} are taken at once. Split the file.",
        "有内容的行共 {0} 行，一次最多 {1} 行，请拆分文件。"
    );
    public static readonly RefusalCode TooManyColumns = new(
        "too-many-columns",
        RefusalKind.Shape,
        "Something stands in {0}; columns are read up to {1}. Delete what lies beyond.",
        "{0} 处有内容，最多读取到第 {1} 列，请删除其后的列。"
    );
    public static readonly RefusalCode CellTooLong = new(
        "cell-too-long",
        RefusalKind.Shape,
        "The text in {0} is longer than the {1} characters that a cell holds. Shorten it, or look whether a quotation mark is missing.",
        "{0} 的文字超过一个单元格可容纳的 {1} 个字符。请缩短，或检查是否缺少引号。"
    );
    public static readonly RefusalCode RecordTooLong = new(
        "line-too-long",
        RefusalKind.Shape,
        "Line {0} is longer than {1} characters, as no table is. Look whether this is a CSV and whether a quotation mark is missing.",
        "第 {0} 行超过 {1} 个字符，不像表格。请检查该文件是否为 CSV、是否缺少引号。"
    );
    public static readonly RefusalCode QuoteOpen = new(
        "quote-not-closed",
        RefusalKind.Shape,
        "The quotation mark that opens on line {0} (cell {1}) is never closed. Close it; inside a quoted text a quotation mark is written twice.",
        "第 {0} 行（单元格 {1}）的引号没有闭合。请补上；引号内的引号须写两次。"
    );
    public static readonly RefusalCode QuoteMisplaced = new(
        "text-after-quote",
        RefusalKind.Shape,
        "On line {0} (cell {1}) text follows a closing quotation mark. Inside a quoted text a quotation mark is written twice.",
        "第 {0} 行（单元格 {1}）的右引号之后还有文字。引号内的引号须写两次。"
    );
    public static readonly RefusalCode BadBytes = new(
        "text-undecodable",
        RefusalKind.Shape,
        "Byte {1} on line {0} is no {2}, and the file as a whole is in none of UTF-8, UTF-16 and GB18030. Save it as 'CSV UTF-8'.",
        "第 {0} 行、第 {1} 字节不是有效的 {2}，整个文件也不是 UTF-8、UTF-16 或 GB18030 编码。请另存为“CSV UTF-8”。"
    );
    public static readonly RefusalCode NulByte = new(
        "text-has-nul",
        RefusalKind.Shape,
        "Byte {1} on line {0} is zero: this is no text, or it is damaged. Save the table as CSV or .xlsx again.",
        "第 {0} 行、第 {1} 字节为零：该文件不是文本或已损坏。请将表格重新另存为 CSV 或 .xlsx。"
    );

    public static readonly WarningCode OtherExtension = new(
        "file-name-misleads",
        "The name ends in {0}, but the content is {1}; it was read as that.",
        "文件名以 {0} 结尾，但内容是 {1}，已按后者读取。"
    );
}

/// <summary>Ends the reading of a file from wherever the fault is found; it never leaves this folder.</summary>
#pragma warning disable CA1032 // only ever thrown with its refusal
internal sealed class BadBookException(Refusal refusal) : Exception(refusal.En)
#pragma warning restore CA1032
{
    public Refusal Refusal { get; } = refusal;

    public static BadBookException Of(RefusalCode code, params object?[] arguments) => new(new Refusal(code, "", arguments));
}
