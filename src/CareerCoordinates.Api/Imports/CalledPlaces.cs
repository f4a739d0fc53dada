using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Api.Imports;

/// <summary>Organisations by what a sheet calls them, read once for all rows.</summary>
internal sealed class CalledPlaces
{
    private readonly Lock reading = new();
    private Dictionary<string, List<Guid>>? places;

    /// <summary>Those that have the text as their name or credit code, whoever sees them.</summary>
    public IReadOnlyList<Guid> Of(RecordTransaction tx, string text)
    {
        lock (reading)
        {
            places ??= ReadPlaces(tx);
        }
        return places.GetValueOrDefault(SheetValue.Alike(text), []);
    }

    private static Dictionary<string, List<Guid>> ReadPlaces(RecordTransaction tx)
    {
        var found = new Dictionary<string, List<Guid>>();
        tx.Connection.Prepared(
                "SELECT organization_id, name, credit_code FROM organization_revisions WHERE superseded_at IS NULL AND state = 'active'"
            )
            .Each(
                tx.Connection.Transaction,
                row =>
                {
                    var id = row.Id();
                    foreach (var text in (string?[])[row.Text(), row.TextOrNull()])
                    {
                        if (text is not null)
                        {
                            var alike = SheetValue.Alike(text);
                            if (!found.TryGetValue(alike, out var list))
                            {
                                found[alike] = list = [];
                            }
                            if (!list.Contains(id))
                            {
                                list.Add(id);
                            }
                        }
                    }
                }
            );
        return found;
    }
}
