using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Api.Sheets;

namespace CareerCoordinates.Tests.Api.Exports;

/// <summary>A CSV as somebody reads it who has it in a spreadsheet: each row by its headers.</summary>
internal sealed record ExportedFile(string[] Headers, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows)
{
    public static ExportedFile Of(byte[] csv)
    {
        var table = SheetTests.ReadCsv(csv);
        Assert.That(table[0], Is.Unique);
        return new(
            table[0],
            [.. table.Skip(1).Select(row => table[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))]
        );
    }

    public IEnumerable<string> this[string header] => Rows.Select(row => row[header]);

    /// <summary>The one row that has this.</summary>
    public IReadOnlyDictionary<string, string> One(string header, object value) =>
        Rows.Single(row => row[header] == value.ToString());
}

internal static class ExportCalls
{
    public static async Task<ExportedFile> ExportAsync(
        this AccessOffice office,
        string account,
        string what,
        string language = "en"
    ) => ExportedFile.Of((await office.AskAsync(account, "exports/" + what, ReportCalls.Csv, language)).Expect(200).Bytes);

    /// <summary>Records a milestone and has another verify it.</summary>
    public static async Task<Guid> VerifiedAsync(
        this AccessOffice office,
        Guid worker,
        string type,
        string occurredOn,
        object attributes,
        string? note = null
    )
    {
        var recorded = await office.PostAsync(
            TestAccounts.Office,
            $"workers/{worker}/milestones",
            new
            {
                type,
                occurredOn,
                attributes,
                note,
            }
        );
        (await office.DoAsync("verifier", worker, recorded.Expect(201).Id, "verify")).Expect(200);
        return recorded.Id;
    }
}
