namespace CareerCoordinates.Tests.Api.Access;

/// <summary>
/// Who is whose, told as plainly as design §5 tells it, by lists in memory: it shares nothing with the product. Scope is today's:
/// the organisations of the affiliations in force; else of the last that ended; else of the next to begin; and below whom they
/// stand today.
/// </summary>
internal sealed class NaiveScope(DateOnly today)
{
    /// <summary>Each parent with the day from which it holds, in the order in which they were recorded.</summary>
    public Dictionary<Guid, List<(Guid? Parent, DateOnly From)>> Organizations { get; } = [];

    public Dictionary<Guid, NaivePerson> People { get; } = [];

    public bool IsBelow(Guid organization, IReadOnlyCollection<Guid?> roots) =>
        roots.Contains(null) || Above(organization).Any(o => roots.Contains(o));

    /// <summary>The organisation, its parent, and so on.</summary>
    public IEnumerable<Guid> Above(Guid organization)
    {
        var way = new List<Guid>();
        for (Guid? at = organization; at is { } id; at = Organizations[id].Last(p => p.From <= today).Parent)
        {
            Assert.That(way, Has.No.Member(id), "The tree has a circle.");
            way.Add(id);
        }
        return way;
    }

    public List<Guid> PlacesOf(Guid person)
    {
        var all = People[person].Places;
        var now = all.Where(a => a.From <= today && (a.Until is null || a.Until >= today)).ToList();
        if (now.Count > 0)
        {
            return now.ConvertAll(a => a.Organization);
        }
        var ended = all.Where(a => a.Until < today).OrderByDescending(a => a.Until).ToList();
        if (ended.Count > 0)
        {
            return ended.Where(a => a.Until == ended[0].Until).Select(a => a.Organization).ToList();
        }
        var next = all.OrderBy(a => a.From).ToList();
        return next.TakeWhile(a => a.From == next[0].From).Select(a => a.Organization).ToList();
    }

    public bool Sees(IReadOnlyCollection<Guid?> roots, Guid person) =>
        roots.Contains(null) || PlacesOf(person).Any(place => IsBelow(place, roots));

    public bool IsInForceBelow(Guid person, Guid root) =>
        People[person]
            .Places.Any(a => a.From <= today && (a.Until is null || a.Until >= today) && IsBelow(a.Organization, [root]));
}

internal sealed class NaivePerson(string canary)
{
    /// <summary>Stands in all that is recorded about him.</summary>
    public string Canary { get; } = canary;

    public bool Voided { get; set; }

    public List<Guid> Milestones { get; } = [];

    /// <summary>All organisations at which he was ever recorded.</summary>
    public HashSet<Guid> Ever { get; } = [];

    /// <summary>At organisations of the tree, without what was voided.</summary>
    public List<(Guid Organization, DateOnly From, DateOnly? Until)> Places { get; set; } = [];
}
