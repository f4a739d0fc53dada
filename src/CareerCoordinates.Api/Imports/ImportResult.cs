using System.IO.Pipelines;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;

namespace CareerCoordinates.Api.Imports;

/// <summary>The user's own file with what became of each row, written while it is read.</summary>
internal sealed class ImportResult : IDisposable
{
    /// <summary>The header of the column that is added.</summary>
    public static readonly Name Column = new("处理结果", "result");

    private readonly Stream file;
    private readonly Book book;
    private readonly bool zh;
    private readonly Dictionary<(int Sheet, int Row), string> texts;
    private readonly Dictionary<int, int> headers;

    public ImportResult(CareerStore store, SignedIn me, Import import, Language language, CancellationToken cancellation)
    {
        zh = language == Language.Zh;
        texts = new(import.Counts.Rows);
        using (var plan = store.OpenPart(import, ImportPlan.Part)!)
        {
            foreach (var row in ImportPlan.Read(plan))
            {
                texts[(row.Sheet, row.Row)] = Said(row, import.State, zh);
            }
        }
        file = store.OpenPart(import, ImportRun.Upload)!;
        book = Book.Open(file, import.FileName, cancellation).Value;
        headers = DecidedRows
            .SheetsOf(book, ImportRun.RowsOf(import, me, store), import.Mapping, cancellation)
            .Value.ToDictionary(s => s.Sheet.Index, s => s.Header.Row);
        Name = $"{Path.GetFileNameWithoutExtension(import.FileName)}-{(zh ? "结果" : "result")}{book.Extension}";
    }

    public string Name { get; }

    public async Task WriteAsync(Stream target, CancellationToken cancellation)
    {
        // A book is written without waiting, which a connection does not allow: no more than a piece of it is ahead of what was sent.
        var pipe = new Pipe();
        var writing = Task.Run(
            () =>
            {
                Exception? fault = null;
                try
                {
                    using var output = pipe.Writer.AsStream(leaveOpen: true);
                    book.WriteResult(output, TextsOf, cancellation);
                }
                catch (Exception e)
                {
                    fault = e;
                }
                pipe.Writer.Complete(fault);
            },
            CancellationToken.None
        );
        try
        {
            await pipe.Reader.CopyToAsync(target, cancellation);
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    public void Dispose()
    {
        book.Dispose();
        file.Dispose();
    }

    private Func<int, string?>? TextsOf(BookSheet sheet) =>
        headers.TryGetValue(sheet.Index, out var header)
            ? row => row == header ? (zh ? Column.Zh : Column.En) : texts.GetValueOrDefault((sheet.Index, row))
            : null;

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
