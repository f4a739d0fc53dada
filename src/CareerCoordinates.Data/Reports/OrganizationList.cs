using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Reports;

/// <summary>All organisations with their revisions, numbered in the order in which they became known. Never changed; a newer list follows it.</summary>
internal sealed class OrganizationList
{
    private static readonly string AllSql =
        $"SELECT {RecordTables.Organizations.Names} FROM organization_revisions ORDER BY organization_id, revision";

    private readonly IReadOnlyList<Revision<OrganizationContent>>[] revisions;
    private readonly Dictionary<Guid, int> places;
    private readonly Instant newest;
    private readonly Lazy<OrganizationTree> treeNow;

    private OrganizationList(IReadOnlyList<Revision<OrganizationContent>>[] revisions, Dictionary<Guid, int> places)
    {
        this.revisions = revisions;
        this.places = places;
        newest = revisions.Length == 0 ? default : revisions.Max(r => r[^1].RecordedAt);
        treeNow = new(() => new(revisions, places, Instant.Never));
    }

    public bool Knows(Guid id) => places.ContainsKey(id);

    public int PlaceOf(Guid id) => places[id];

    /// <summary>The tree as it is known now is asked for again and again.</summary>
    public OrganizationTree TreeAt(Instant knownAt) => knownAt >= newest ? treeNow.Value : new(revisions, places, knownAt);

    public static OrganizationList Read(RecordConnection connection)
    {
        var all = connection.Prepared(AllSql).Read(connection.Transaction, RecordRows.Organization);
        var revisions = all.GroupBy(r => r.Id).Select(IReadOnlyList<Revision<OrganizationContent>> (g) => [.. g]).ToArray();
        return new(revisions, revisions.Select((r, i) => (r[0].Id, i)).ToDictionary(r => r.Id, r => r.i));
    }

    /// <summary>With the revisions that some organisations have now; new ones come last.</summary>
    public OrganizationList With(RecordConnection connection, IEnumerable<Guid> changed)
    {
        var list = revisions.ToList();
        var known = new Dictionary<Guid, int>(places);
        foreach (var id in changed)
        {
            if (connection.ReadOrganization(id) is not { Count: > 0 } read)
            {
                continue;
            }
            if (known.TryAdd(id, list.Count))
            {
                list.Add(read);
            }
            else
            {
                list[known[id]] = read;
            }
        }
        return new([.. list], known);
    }
}
