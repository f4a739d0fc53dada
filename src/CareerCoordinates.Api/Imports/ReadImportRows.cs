using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Imports;

/// <summary>A column of a sheet that was recognised.</summary>
/// <param name="Header">As it stands in the sheet.</param>
/// <param name="Code">What it is taken for.</param>
/// <param name="Name">As people call it.</param>
public sealed record ImportedColumn(string Header, string Code, Name Name);

/// <summary>A row as it was read.</summary>
/// <param name="Row">From 1, as the spreadsheet shows it.</param>
/// <param name="Person">The name that the record has of who is meant; null where that is nobody on record, or a refused row.</param>
/// <param name="Cells">What the columns show, in their order; ID numbers are left out.</param>
public sealed record ImportedRow(int Row, RowAction Action, string? Person, IReadOnlyList<string> Cells);

/// <summary>A sheet that was read.</summary>
/// <param name="Sheet">Its name; null in a CSV.</param>
/// <param name="Rows">Refused ones first, then some of the others, each part in the order of the file.</param>
public sealed record ImportedSheet(string? Sheet, IReadOnlyList<ImportedColumn> Columns, IReadOnlyList<ImportedRow> Rows);

/// <summary>What an import read of its file.</summary>
public sealed record ImportedRows(IReadOnlyList<ImportedSheet> Sheets)
{
    public static readonly ImportedRows Example = new([
        new(
            "Sheet1",
            [new("姓名", "name", new("姓名", "name")), new("取得日期", "occurredOn", new("发生日期", "occurred on"))],
            [new(4, RowAction.Refuse, null, ["马岚", "2020.02.30"]), new(2, RowAction.Create, "苏桂枝", ["苏桂枝", "2020-11-30"])]
        ),
    ]);
}

/// <summary>The columns that were recognised and the first rows: what a person looks at before he commits.</summary>
public static class ReadImportRows
{
    private const int MostRefused = 30;
    private const int Most = 50;

    public static Results<Ok<ImportedRows>, Problem> Handle(Guid importId, HttpContext context, SignedIn me, CareerStore store)
    {
        if (ReadImports.Find(store, me, importId) is not { } import)
        {
            return Problem.Of(ImportRefusals.NoImport);
        }
        if (import.State is ImportState.Checking or ImportState.Cancelled or ImportState.Failed)
        {
            return Problem.Of(ImportRefusals.NotIn(import.State, ImportState.Checked, ImportState.Committed, ImportState.Undone));
        }
        var cancellation = context.RequestAborted;
        var rows = ImportRun.RowsOf(import, me, store);
        using var plan = store.OpenPart(import, ImportPlan.Part)!;
        using var file = store.OpenPart(import, ImportRun.Upload)!;
        using var book = Book.Open(file, import.FileName, cancellation).Value;
        var shown = Shown(ImportPlan.Read(plan)).ToLookup(row => row.Sheet);
        return TypedResults.Ok(
            new ImportedRows([
                .. DecidedRows
                    .SheetsOf(book, rows, import.Mapping, cancellation)
                    .Value.Select(one =>
                        Of(one.Sheet, one.Header, book.Rows(one.Sheet, cancellation), [.. shown[one.Sheet.Index]], rows, NameOf)
                    ),
            ])
        );

        string? NameOf(Guid worker) => store.Reader.ReadWorkerOnly(worker) is [.., var last] ? last.Content.Name : null;
    }

    /// <summary>Refused rows first, and not only them.</summary>
    private static IEnumerable<PlannedRow> Shown(IEnumerable<PlannedRow> plan)
    {
        var (refused, others) = (new List<PlannedRow>(), new List<PlannedRow>());
        foreach (var row in plan)
        {
            var part = row.Action == RowAction.Refuse ? refused : others;
            if (part.Count < (part == refused ? MostRefused : Most))
            {
                part.Add(row);
            }
        }
        return refused.Concat(others.Take(Most - refused.Count));
    }

    private static ImportedSheet Of(
        BookSheet sheet,
        SheetHeader header,
        IEnumerable<SheetRow> read,
        List<PlannedRow> shown,
        ImportRows rows,
        Func<Guid, string?> nameOf
    )
    {
        var known = rows.Columns.Where(column => header.Columns.ContainsKey(column.Code)).ToList();
        var columns = known.DistinctBy(column => header.Columns[column.Code]).OrderBy(c => header.Columns[c.Code]).ToList();
        var wanted = shown.Select(row => row.Row).Append(header.Row).ToHashSet();
        var found = read.Where(row => wanted.Contains(row.Number))
            .Take(wanted.Count)
            .ToDictionary(row => row.Number, row => columns.ConvertAll(column => Text(header.In(row, column.Code))));
        var headers = found.GetValueOrDefault(header.Row);
        return new(
            sheet.Name.Length > 0 ? PlainText.WithoutIdNumber(sheet.Name) : null,
            [
                .. columns.Select(
                    (column, i) =>
                        new ImportedColumn(headers?[i] is { Length: > 0 } said ? said : column.Zh, column.Code, column.Name)
                ),
            ],
            [
                .. shown
                    .Where(row => found.ContainsKey(row.Row))
                    .Select(row => new ImportedRow(
                        row.Row,
                        row.Action,
                        row.Worker is { } worker ? nameOf(worker) : null,
                        found[row.Row]
                    )),
            ]
        );
    }

    private static string Text(SheetCell? cell) => PlainText.WithoutIdNumber(cell?.Text.Trim() ?? "");
}
