using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;

namespace CareerCoordinates.Api.Imports;

/// <summary>The user's own file with what became of each row.</summary>
internal static class ImportResult
{
    /// <summary>Of what is said of a row, as a rule.</summary>
    private const int BytesOfText = 20;

    /// <summary>The header of the column that is added.</summary>
    public static readonly Name Column = new("处理结果", "result");

    public static (MemoryStream File, string Name) Write(
        CareerStore store,
        SignedIn me,
        Import import,
        Language language,
        CancellationToken cancellation
    )
    {
        var rows = ImportRun.RowsOf(import, me, store);
        using var plan = store.OpenPart(import, ImportPlan.Part)!;
        using var file = store.OpenPart(import, ImportRun.Upload)!;
        using var book = Book.Open(file, import.FileName, cancellation).Value;
        var zh = language == Language.Zh;
        var texts = ImportPlan
            .Read(plan)
            .GroupBy(row => row.Sheet)
            .ToDictionary(s => s.Key, s => s.ToDictionary(r => r.Row, r => Said(r, import.State, zh)));
        var headers = DecidedRows
            .SheetsOf(book, rows, import.Mapping, cancellation)
            .Value.ToDictionary(s => s.Sheet.Index, s => s.Header.Row);
        // One that grows leaves its smaller copies behind.
        var result = new MemoryStream(checked((int)(file.Length + (file.Length >> 3) + import.Counts.Rows * BytesOfText)));
        book.WriteResult(
            result,
            sheet =>
                headers.TryGetValue(sheet.Index, out var header)
                    ? row =>
                        row == header
                            ? (zh ? Column.Zh : Column.En)
                            : texts.GetValueOrDefault(sheet.Index)?.GetValueOrDefault(row)
                    : null,
            cancellation
        );
        result.Position = 0;
        return (result, $"{Path.GetFileNameWithoutExtension(import.FileName)}-{(zh ? "结果" : "result")}{book.Extension}");
    }

    private static string Said(PlannedRow row, ImportState state, bool zh)
    {
        var became = Became(row.Action, state, zh);
        // What was undone changes nothing, and is nothing to look at.
        var isOver = state == ImportState.Undone && row.Action != RowAction.Refuse;
        return row.Problems.Count == 0 || isOver
            ? became
            : became
                + (zh ? "：" : ": ")
                + string.Join(zh ? "；" : "; ", row.Problems.Select(p => $"{p.Cell} {(zh ? p.Detail.Zh : p.Detail.En)}"));
    }

    private static string Became(RowAction action, ImportState state, bool zh) =>
        action switch
        {
            RowAction.Refuse => zh ? "不能导入" : "refused",
            RowAction.Same => zh ? "与现有记录相同" : "the record says so already",
            RowAction.Change => state switch
            {
                ImportState.Committed or ImportState.Undoing => zh ? "已变更" : "changed",
                ImportState.Undone => zh ? "已撤销" : "undone",
                _ => zh ? "将变更" : "would be changed",
            },
            _ => state switch
            {
                ImportState.Committed or ImportState.Undoing => zh ? "已新增" : "created",
                ImportState.Undone => zh ? "已撤销" : "undone",
                _ => zh ? "将新增" : "would be created",
            },
        };
}
