using System.Security.Cryptography;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Reports;

/// <summary>A report in one language, ready to be written in any form.</summary>
/// <param name="Name">That of the report, such as <c>positions</c>.</param>
/// <param name="Json">The body as the API gives it; to be disposed of.</param>
internal sealed record WrittenReport(string Name, Language Language, ReportDesk Desk, ReportBody Body, Func<JsonText> Json)
{
    private static readonly Name Counts = new("统计方式", "counts");
    private static readonly Name Protected = new("受保护，不得用于法定报送", "protected, not for statutory returns");
    private static readonly Name AsEntered = new("按单位填报原样给出", "as organisations entered it");

    private readonly Lazy<ReportTable> table = new(Body.ToTable);

    /// <summary>When it was asked for; of a saved report, when it was saved.</summary>
    public Instant MadeAt { get; init; } = Desk.MadeAt;

    /// <summary>Why it cannot be given in this form; null where it can.</summary>
    public Refusal? RefusalOf(SheetForm form) =>
        form == SheetForm.Xlsx && table.Value.Rows.Count > XlsxSheets.MostRows
            ? new(ReportRefusals.TooManyRows, "", table.Value.Rows.Count, XlsxSheets.MostRows)
            : null;

    /// <summary>SHA-256 of the JSON: it is the same where the report is.</summary>
    public byte[] Hash()
    {
        using var json = Json();
        return SHA256.HashData(json.Written.Span);
    }

    /// <summary>Such as <c>positions-by-stage-2025-12-31.csv</c>: what is asked in another way is another file.</summary>
    public string FileName(SheetForm form)
    {
        var by = Asked("groupBy", "organizationKind");
        var days = Asked("from", "to");
        var name = string.Join(
            '-',
            [
                Name,
                .. Asked("year", "yearKind", "channel", "fromRung", "toRung"),
                .. by.Count > 0 ? ["by", .. by] : by,
                .. days.Count > 0 ? days : [Days.Iso(Desk.Clocks.AsOf)],
            ]
        );
        var mark = Body.Counts == CountsKind.Protected ? "-protected" : "";
        return $"{name.Replace(',', '-')}{mark}.{form.ToString().ToLowerInvariant()}";

        List<string> Asked(params IEnumerable<string> names) =>
            [.. names.Select(name => Body.Question.GetValueOrDefault(name)).OfType<string>().Where(said => said.Length > 0)];
    }

    /// <summary>
    /// The table alone as CSV, where protected counts say in each row that they are; as a workbook with a second sheet that says what was asked.
    /// </summary>
    public void WriteSheet(Stream stream, SheetForm form, CancellationToken cancellation)
    {
        var names = new ReportNames(Desk.Framework, Desk.NameOf, Body.Question, Language);
        var tab = AboutSheet.TabOf(Name, names);
        if (form == SheetForm.Csv)
        {
            CsvSheet.Write(
                stream,
                names.SheetOf(tab, Body.Counts == CountsKind.Protected ? Marked(names) : table.Value),
                cancellation
            );
        }
        else
        {
            XlsxSheets.Write(stream, [names.SheetOf(tab, table.Value), AboutSheet.Of(this, names)], cancellation);
        }
    }

    private ReportTable Marked(ReportNames names)
    {
        var (guarded, entered) = (names.Of(Protected), names.Of(AsEntered));
        var sourceAt = table.Value.Columns.ToList().FindIndex(column => column.Code == "source");
        return new(
            [.. table.Value.Columns, new("counts", Counts)],
            [.. table.Value.Rows.Select(row => (IReadOnlyList<object?>)[.. row, IsEntered(row) ? entered : guarded])]
        );

        bool IsEntered(IReadOnlyList<object?> row) =>
            sourceAt >= 0 && row[sourceAt] is string source && source == Codes<FigureSource>.Of(FigureSource.Entered);
    }

    public byte[] Bytes(SheetForm form, CancellationToken cancellation)
    {
        if (form == SheetForm.Json)
        {
            using var json = Json();
            return json.Written.ToArray();
        }
        using var stream = new MemoryStream();
        WriteSheet(stream, form, cancellation);
        return stream.ToArray();
    }
}
