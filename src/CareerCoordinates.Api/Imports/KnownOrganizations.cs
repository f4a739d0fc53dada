using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Api.Imports;

/// <summary>All organisations by what a sheet calls them, with those that the rows so far record or change.</summary>
internal sealed class KnownOrganizations
{
    private readonly Dictionary<Guid, (string Name, Guid? Parent, string? CreditCode)> all = [];
    private readonly Dictionary<string, List<Guid>> byName = [];
    private readonly Dictionary<string, Guid> byCreditCode = [];
    private readonly Dictionary<Guid, HashSet<Guid>> everUnder = [];

    public static KnownOrganizations Read(RecordTransaction tx)
    {
        var known = new KnownOrganizations();
        tx.Connection.Prepared(
                "SELECT organization_id, name, parent_id, credit_code FROM organization_revisions WHERE superseded_at IS NULL AND state = 'active'"
            )
            .Each(tx.Connection.Transaction, row => known.Set(row.Id(), row.Text(), row.IdOrNull(), row.TextOrNull()));
        tx.Connection.Prepared(
                "SELECT parent_id, organization_id FROM organization_revisions WHERE superseded_at IS NOT NULL AND parent_id IS NOT NULL"
            )
            .Each(tx.Connection.Transaction, row => known.Under(row.Id(), row.Id()));
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
        if (parent is { } above)
        {
            Under(above, id);
        }
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

    /// <summary>Those that stand directly under it, on whatever day, or once did.</summary>
    public IReadOnlyCollection<Guid> EverUnder(Guid parent) => everUnder.GetValueOrDefault(parent, []);

    private void Under(Guid parent, Guid id)
    {
        if (!everUnder.TryGetValue(parent, out var those))
        {
            everUnder[parent] = those = [];
        }
        those.Add(id);
    }
}
