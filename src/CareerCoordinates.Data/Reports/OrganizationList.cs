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

    /// <summary>Until the tree is made: one of an earlier list, and the places of what changed since.</summary>
    private volatile EarlierTree? earlier;

    /// <summary>The last one that was asked for of what was known at an instant before.</summary>
    private volatile PastTree? past;

    private OrganizationList(IReadOnlyList<Revision<OrganizationContent>>[] revisions, Dictionary<Guid, int> places)
    {
        this.revisions = revisions;
        this.places = places;
        newest = revisions.Length == 0 ? default : revisions.Max(r => r[^1].RecordedAt);
        treeNow = new(MakeTree);
    }

    private sealed record EarlierTree(OrganizationTree Tree, IReadOnlySet<int> Changed);

    private sealed record PastTree(OrganizationTree Tree, Instant KnownAt);

    public bool Knows(Guid id) => places.ContainsKey(id);

    public int PlaceOf(Guid id) => places[id];

    /// <summary>
    /// The tree as it is known now is asked for again and again, and that of one instant before: protected counts are of the record as it stood when the
    /// day began.
    /// </summary>
    public OrganizationTree TreeAt(Instant knownAt)
    {
        if (knownAt >= newest)
        {
            return treeNow.Value;
        }
        // Two threads may both make it: it is the same.
        if (past is not { } made || made.KnownAt != knownAt)
        {
            past = made = new(new(revisions, places, knownAt), knownAt);
        }
        return made.Tree;
    }

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
        var changedPlaces = new HashSet<int>();
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
            changedPlaces.Add(known[id]);
        }
        var next = new OrganizationList([.. list], known);
        // A tree of a whole district takes a while, and few of its organisations change at a time.
        next.earlier =
            treeNow.IsValueCreated ? new(treeNow.Value, changedPlaces)
            : earlier is { } tree ? tree with { Changed = tree.Changed.Union(changedPlaces).ToHashSet() }
            : null;
        next.past = past is { } made ? made with { Tree = made.Tree.With(next.revisions, known, changedPlaces) } : null;
        return next;
    }

    private OrganizationTree MakeTree()
    {
        var tree = earlier is { } known
            ? known.Tree.With(revisions, places, known.Changed)
            : new(revisions, places, Instant.Never);
        earlier = null;
        return tree;
    }
}
