using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace CareerCoordinates.Api.Imports;

/// <summary>A file and what is said of it.</summary>
/// <param name="File">Can seek; read from its beginning to its end; of at most <see cref="Limits.ImportBytes"/>.</param>
/// <param name="Type">The milestone type of all rows, by code or name.</param>
/// <param name="Organization">Where the people are, if the rows do not say.</param>
/// <param name="Mapping">A JSON object: code of a column by header.</param>
public sealed record ImportUpload(
    Stream File,
    string FileName,
    ImportKind Kind,
    string? Type,
    Guid? Organization,
    string? Mapping
);

/// <summary>Takes a file: reads it from end to end, keeps it sealed and starts the dry run.</summary>
public static class StartImport
{
    public static readonly IReadOnlyList<FormField> Fields =
    [
        new("file", "XLSX, CSV or TSV of at most 50 MB and 200,000 rows.", IsFile: true, Required: true),
        new("kind", "What the rows are.", Required: true, Allowed: [.. Codes<ImportKind>.All]),
        new("type", "The milestone type of all rows, by code or name; without it a column names it."),
        new(
            "organization",
            "The id of the organisation where the people are, if the rows do not say; of organisations, the one above them."
        ),
        new("mapping", $"A JSON object that gives for a header the code of its column, such as `{MappingExample}`."),
    ];

    internal const string MappingExample = "{\"证书级别\":\"grade\"}";
    private const int MappingsAtMost = 200;

    public static async Task<Results<Accepted<ImportBody>, Problem>> Handle(
        HttpContext context,
        SignedIn me,
        CareerStore store,
        ImportRunner runner,
        CancellationToken cancellation
    )
    {
        var read = await ReadAsync(context, cancellation);
        if (read.IsRefused)
        {
            return Problem.Of(read.Refusals);
        }
        await using var file = read.Value.File;
        var started = await StartAsync(read.Value, me, store, runner, cancellation);
        return started.IsRefused
            ? Problem.Of(started.Refusals)
            : TypedResults.Accepted(
                $"/api/v1/imports/{started.Value.Id}",
                ImportBody.Of(started.Value, runner.ProgressOf(started.Value.Id), Languages.Of(context))
            );
    }

    internal static async Task<Outcome<Import>> StartAsync(
        ImportUpload upload,
        SignedIn me,
        CareerStore store,
        ImportRunner runner,
        CancellationToken cancellation
    )
    {
        if (store.Key is not { } key)
        {
            return new Refusal(ImportRefusals.KeyNeeded, "");
        }
        if (Refuse(upload, me, store) is { } refusal)
        {
            return refusal;
        }
        if (upload.Type is { } named)
        {
            upload = upload with { Type = MilestoneTypeNames.Find(store.Frameworks.Current, named)!.Code };
        }
        var mapping = Mapping(upload.Mapping);
        if (mapping.IsRefused)
        {
            return mapping.As<Import>();
        }
        var rows = ImportRun.RowsOf(upload.Kind, upload.Type, upload.Organization, me, store.Frameworks.Current, key);
        var looked = await Task.Run(() => Look(upload.File, upload.FileName, rows, mapping.Value, cancellation), cancellation);
        if (looked.IsRefused)
        {
            return looked.As<Import>();
        }
        var made = await store.WriteAsync<Import>(
            me,
            tx =>
            {
                var id = tx.NewId();
                using var own = DataKey.Make(id);
                IdNumbers.Claim(tx, key);
                var import = new Import(
                    id,
                    me.Caller.AccountId,
                    me.Name,
                    upload.Kind,
                    upload.Type,
                    upload.Organization,
                    mapping.Value,
                    PlainText.WithoutIdNumber(Path.GetFileName(upload.FileName)),
                    looked.Value.Encoding,
                    ImportState.Checking,
                    RowCounts.None with
                    {
                        Rows = looked.Value.Rows,
                    },
                    null,
                    tx.RecordedAt,
                    tx.RecordedAt,
                    key.Wrap(own),
                    looked.Value.NotRead
                );
                tx.Add(import);
                tx.KeepPart(id, own, ImportRun.Upload, upload.File);
                return import;
            }
        );
        return made.IsRefused || runner.TryStart(made.Value, me)
            ? made
            : new Refusal(ImportRefusals.TooManyRunning, "", ImportRunner.Waiting);
    }

    private static async Task<Outcome<ImportUpload>> ReadAsync(HttpContext context, CancellationToken cancellation)
    {
        var read = await UploadForm.ReadAsync(context.Request, cancellation);
        if (read.IsRefused)
        {
            return read.As<ImportUpload>();
        }
        var upload = Read(read.Value);
        if (upload.IsRefused)
        {
            read.Value.Dispose();
        }
        return upload;
    }

    private static Outcome<ImportUpload> Read(UploadForm form)
    {
        var refusals = new List<Refusal>();
        foreach (var name in form.Names.Where(name => Fields.All(f => f.Name != name)))
        {
            refusals.Add(
                new(ImportRefusals.UnknownField, "/" + Json.Pointers.Escape(PlainText.Quoted(name)), PlainText.Quoted(name))
            );
        }
        foreach (var field in Fields.Where(f => form.Times(f.Name) > 1))
        {
            refusals.Add(new(ImportRefusals.FieldTwice, "/" + field.Name, field.Name));
        }
        if (form.File is null)
        {
            refusals.Add(new(ImportRefusals.FieldMissing, "/file", "file"));
        }
        var kind = default(ImportKind);
        if (form.Times("kind") > 1)
        {
            // Told above.
        }
        else if (form.Value("kind") is not { } kindText)
        {
            refusals.Add(new(ImportRefusals.FieldMissing, "/kind", "kind"));
        }
        else if (!Codes<ImportKind>.TryParse(kindText, out kind))
        {
            refusals.Add(new(RequestRefusals.NotAllowed, "/kind", string.Join(", ", Codes<ImportKind>.All)));
        }
        Guid? organization = null;
        if (form.Value("organization") is { } place)
        {
            if (Guid.TryParse(place, out var id))
            {
                organization = id;
            }
            else
            {
                refusals.Add(new(RequestRefusals.NotWellFormed, "/organization"));
            }
        }
        return refusals.Count > 0
            ? refusals
            : new ImportUpload(form.File!, form.FileName, kind, form.Value("type"), organization, form.Value("mapping"));
    }

    private static Refusal? Refuse(ImportUpload upload, SignedIn me, CareerStore store) =>
        upload is { Type: not null, Kind: not ImportKind.Milestones } ? new(ImportRefusals.TypeOnlyForMilestones, "/type")
        : upload.Type is { } type && MilestoneTypeNames.Find(store.Frameworks.Current, type) is not { Enabled: true }
            ? MilestoneTypeNames.NoSuchType(store.Frameworks.Current, type, "/type")
        : upload.Organization is { } place && !me.Knows(store, place)
            ? new(RequestRefusals.NoSuchOrganization, "/organization", place)
        : null;

    private static Outcome<IReadOnlyDictionary<string, string>> Mapping(string? text)
    {
        try
        {
            var mapping = text is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? [];
            return mapping.Count <= MappingsAtMost && mapping.Values.All(v => v is not null)
                ? mapping
                : new Refusal(ImportRefusals.BadMapping, "/mapping", MappingExample);
        }
        catch (JsonException)
        {
            return new Refusal(ImportRefusals.BadMapping, "/mapping", MappingExample);
        }
    }

    private static Outcome<LookedAt> Look(
        Stream file,
        string name,
        ImportRows rows,
        IReadOnlyDictionary<string, string> mapping,
        CancellationToken cancellation
    )
    {
        var opened = Book.Open(file, name, cancellation);
        if (opened.IsRefused)
        {
            return opened.As<LookedAt>();
        }
        using var book = opened.Value;
        var sheets = DecidedRows.SheetsOf(book, rows, mapping, cancellation);
        if (sheets.IsRefused)
        {
            return sheets.As<LookedAt>();
        }
        var below = sheets.Value.Sum(s =>
            s.Sheet.Rows - book.Rows(s.Sheet, cancellation).TakeWhile(row => row.Number <= s.Header.Row).Count()
        );
        return below > SheetLimits.Rows
            ? new Refusal(BookRefusals.TooManyRows, "", below, SheetLimits.Rows)
            : new LookedAt(
                book.Encoding,
                below,
                [
                    .. sheets
                        .Value.SelectMany(s => s.Header.Unknown)
                        .Select(cell => cell.Text.Trim())
                        // A result that was mended and sent back.
                        .Except([ImportResult.Column.Zh, ImportResult.Column.En])
                        .Select(PlainText.Quoted),
                ]
            );
    }

    /// <param name="NotRead">Headers that mean no column.</param>
    private sealed record LookedAt(string? Encoding, int Rows, IReadOnlyList<string> NotRead);
}
