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
                .. Body.Counts == CountsKind.Protected ? ["protected"] : days[..0],
            ]
        );
        return $"{name.Replace(',', '-')}.{form.ToString().ToLowerInvariant()}";

        List<string> Asked(params IEnumerable<string> names) =>
            [.. names.Select(name => Body.Question.GetValueOrDefault(name)).OfType<string>().Where(said => said.Length > 0)];
    }

    /// <summary>
    /// The table alone as CSV, where protected counts say in each row that they are; as a workbook with a second sheet that says what was asked.
    /// </summary>
    public void WriteSheet(Stream stream, SheetForm form, CancellationToken cancellation)
    {
        var names = new ReportNames(Desk.Framework, Desk.NameOf, Body.Question, Language);
        var sheet = names.SheetOf(AboutSheet.TabOf(Name, names), table.Value);
        if (form == SheetForm.Csv)
        {
            CsvSheet.Write(stream, Body.Counts == CountsKind.Protected ? Marked(sheet, names) : sheet, cancellation);
        }
        else
        {
            XlsxSheets.Write(stream, [sheet, AboutSheet.Of(this, names)], cancellation);
        }
    }

    private static Sheet Marked(Sheet sheet, ReportNames names)
    {
        var mark = names.Of(Protected);
        return sheet with
        {
            Headers = [.. sheet.Headers, names.Of(Counts)],
            Rows = sheet.Rows.Select(row => row.Append(mark).ToList()),
        };
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
