using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Api.Imports;

/// <summary>All organisations by what a sheet calls them, with those that the rows so far record or change.</summary>
internal sealed class KnownOrganizations
{
    private readonly Dictionary<Guid, (string Name, Guid? Parent, string? CreditCode)> all = [];
    private readonly Dictionary<string, List<Guid>> byName = [];
    private readonly Dictionary<string, Guid> byCreditCode = [];

    public static KnownOrganizations Read(RecordTransaction tx)
    {
        var known = new KnownOrganizations();
        tx.Connection.Prepared(
                "SELECT organization_id, name, parent_id, credit_code FROM organization_revisions WHERE superseded_at IS NULL AND state = 'active'"
            )
            .Each(tx.Connection.Transaction, row => known.Set(row.Id(), row.Text(), row.IdOrNull(), row.TextOrNull()));
        return known;
    }

    public void Set(Guid id, string name, Guid? parent, string? creditCode)
    {
        if (all.TryGetValue(id, out var before))
        {
            byName[before.Name].Remove(id);
            if (before.CreditCode is { } old)
            {
                byCreditCode.Remove(old);
            }
        }
        var alike = SheetValue.Alike(name);
        all[id] = (alike, parent, creditCode);
        if (!byName.TryGetValue(alike, out var list))
        {
            byName[alike] = list = [];
        }
        list.Add(id);
        if (creditCode is not null)
        {
            byCreditCode[creditCode] = id;
        }
    }

    public Guid? HolderOf(string creditCode) => byCreditCode.TryGetValue(creditCode, out var id) ? id : null;

    public IReadOnlyList<Guid> Named(string name) => byName.GetValueOrDefault(SheetValue.Alike(name), []);

    /// <summary>By name or credit code.</summary>
    public IEnumerable<Guid> Called(string text) =>
        HolderOf(text.ToUpperInvariant()) is { } holder ? Named(text).Append(holder).Distinct() : Named(text);

    public Guid? ParentOf(Guid id) => all[id].Parent;
}
