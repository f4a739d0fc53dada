using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Domain;
using CareerCoordinates.Tests.Api.Sheets.Reading;

namespace CareerCoordinates.Tests.Api.Sheets.Corpus;

/// <summary>Whichever program wrote the table, and however: the same rows are read.</summary>
public class CorpusReadingTests
{
    private static IEnumerable<CorpusFile> Files => CorpusFile.All;

    [TestCaseSource(nameof(Files))]
    public void Rows_AreThoseOfTheTable(CorpusFile file)
    {
        using var book = TestBook.Open(file.Content, file.Name).Value;
        var (sheet, header) = book
            .Sheets.Where(one => !one.Hidden && one.Rows > 0)
            .Select(one => (one, HeaderRow.Find(book.Rows(one, CancellationToken.None), file.Table.Known)))
            .Where(one => !one.Item2.IsRefused)
            .Select(one => (one.one, one.Item2.Value))
            .Single();

        var rows = book.Rows(sheet, CancellationToken.None)
            .Where(row => row.Number > header.Row)
            .Select(row =>
                file.Table.Columns.Select(column => Said(header.In(row, column.Header)!.Value, column.Kind)).ToArray()
            );

        Assert.That(rows, Is.EqualTo(file.Table.Rows));
        Assert.That(book.Warnings, Is.Empty);
    }

    [Test]
    public void Corpus_HoldsWhatEveryProgramWrites()
    {
        var forms = CorpusFile.All.Where(file => file.Table == CorpusTable.Roster).Select(file => file.Form).ToList();

        Assert.That(forms, Is.Unique);
        foreach (var (program, atLeast) in new[] { ("LibreOffice", 7), ("Excel", 12), ("WPS", 1) })
        {
            Assert.That(
                forms.Count(form => form.StartsWith(program, StringComparison.Ordinal)),
                Is.AtLeast(atLeast),
                string.Join('\n', forms)
            );
        }
        Assert.That(CorpusFile.All.Count(file => file.Table == CorpusTable.Milestones), Is.EqualTo(forms.Count));
    }

    private static string Said(SheetCell cell, CorpusColumn kind)
    {
        var said = kind switch
        {
            CorpusColumn.Name => SheetValue.Name(cell),
            CorpusColumn.Code => SheetValue.Code(cell),
            CorpusColumn.Day when SheetValue.Day(cell) is var day => day.IsRefused
                ? day.Refusals[0]
                : (Outcome<string?>)day.Value?.ToString(),
            _ => SheetValue.Text(cell),
        };
        return said.IsRefused ? said.Refusals[0].En : said.Value ?? "";
    }
}
