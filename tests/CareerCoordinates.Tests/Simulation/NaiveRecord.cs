using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>What somebody said, and when it was recorded.</summary>
internal sealed record Said<T>(Instant At, T What);

internal sealed record NaiveOrganization(Guid Id, string Kind, List<Said<(Guid? Parent, DateOnly From, bool Voided)>> Said);

internal sealed record NaiveAffiliation(Guid Id, List<Said<NaivePlace>> Said);

/// <summary>Days are inclusive at both ends.</summary>
internal sealed record NaivePlace(
    Guid Organization,
    DateOnly From,
    DateOnly? Until,
    bool Primary,
    string? StaffNumber,
    bool Voided
)
{
    public bool CoversDay(DateOnly day) => From <= day && !(Until < day);

    public bool Meets(NaivePlace other) => !(Until < other.From) && !(other.Until < From);
}

/// <param name="OnBehalf">Somebody wrote it down for the worker.</param>
/// <param name="Ended">The last day in force that somebody gave it, and how it ended.</param>
internal sealed record NaiveContent(
    string Type,
    PartialDate OccurredOn,
    PartialDate? Until,
    (DateOnly On, string Kind)? Ended,
    AttributeSet Attributes,
    bool OnBehalf
)
{
    public DateOnly LastDay
    {
        get
        {
            var last = Until?.Last ?? DateOnly.MaxValue;
            last = Ended is { } ended && ended.On < last ? ended.On : last;
            return last < OccurredOn.Last ? OccurredOn.Last : last;
        }
    }

    public bool CoversDay(DateOnly day) => OccurredOn.Last <= day && day <= LastDay;
}

internal sealed record NaiveMilestone(Guid Id, List<Said<(string State, NaiveContent Content)>> Said, List<Said<bool>> Contests)
{
    /// <summary>The accounts that recorded content, in order: who submitted it, and who ended it at once.</summary>
    public List<string> Writers { get; } = [];

    private readonly List<NaiveContent> written = [];

    /// <summary>What is said newest was written by this account.</summary>
    public void WrittenBy(string account)
    {
        Writers.Add(account);
        written.Add(Newest with { OnBehalf = false });
    }

    /// <summary>Whether the account ever wrote what was written last.</summary>
    public bool HasSaid(string account) => Writers.Where((w, i) => w == account && written[i] == written[^1]).Any();

    public string State => Said[^1].What.State;

    public NaiveContent Newest => Said[^1].What.Content;

    /// <summary>The number of the revision that counts: of those decided by then the last one, unless it voids.</summary>
    public int? CountingAt(Instant knownAt, Fault fault = Fault.None)
    {
        int? counting = null;
        for (var i = 0; i < Said.Count && Said[i].At <= knownAt; i++)
        {
            if (Said[i].What.State == "verified" || (fault == Fault.PendingCounts && Said[i].What.State == "submitted"))
            {
                counting = i + 1;
            }
            if (Said[i].What.State == "voided" && fault != Fault.VoidForgotten)
            {
                counting = null;
            }
        }
        return counting;
    }

    public int KnownAt(Instant knownAt) => Said.Count(s => s.At <= knownAt);

    public bool ContestedAt(Instant knownAt) => Contests.LastOrDefault(c => c.At <= knownAt)?.What ?? false;
}

internal sealed record NaiveWorker(
    Guid Id,
    List<Said<(DateOnly? CareerStart, bool Voided)>> Said,
    List<NaiveAffiliation> Affiliations,
    List<NaiveMilestone> Milestones
)
{
    public bool Voided => Said[^1].What.Voided;

    public (DateOnly? CareerStart, bool Voided)? At(Instant knownAt) => Said.LastOrDefault(s => s.At <= knownAt)?.What;
}

/// <summary>Errors planted in the naive model: a comparison that does not notice them proves nothing.</summary>
public enum Fault
{
    None,
    PendingCounts,
    VoidForgotten,
    LastDayMissed,
    SinceOfTheHigherRung,
    TransferKeepsTheOldPlace,
    TreeOfTheLastDay,
}

/// <summary>
/// The record as plainly as it can be kept: lists of what was said and when, asked from the first to the last. It shares with the
/// product the words of the model (framework, conditions, dates) and none of its folds, queries or tables.
/// </summary>
internal sealed class NaiveRecord(Fault fault = Fault.None)
{
    public Fault Fault => fault;

    public List<NaiveOrganization> Organizations { get; } = [];

    public List<NaiveWorker> Workers { get; } = [];

    /// <summary>Every instant at which something was recorded.</summary>
    public List<Instant> Instants { get; } = [];

    public bool IsVoided(Guid organization, Instant knownAt) =>
        Organizations.Single(o => o.Id == organization).Said.Last(s => s.At <= knownAt).What.Voided;

    /// <summary>The parent on a day: the last that was said of that day or an earlier one; at first the first parent.</summary>
    public (Guid? Parent, DateOnly From) ParentOn(NaiveOrganization organization, DateOnly day, Instant knownAt)
    {
        var known = organization.Said.Where(s => s.At <= knownAt).ToList();
        var asked = fault == Fault.TreeOfTheLastDay ? DateOnly.MaxValue : day;
        var holding = known[0].What;
        foreach (var said in known)
        {
            holding = said.What.From <= asked ? said.What : holding;
        }
        return (holding.Parent, holding.From);
    }

    /// <summary>The organisation and all from which one gets to it by going up.</summary>
    public IEnumerable<NaiveOrganization> Under(Guid root, DateOnly day, Instant knownAt) =>
        Organizations.Where(o => o.Said[0].At <= knownAt && IsUnder(o, root, day, knownAt));

    /// <summary>The first street's union on the way up, itself included; the way ends before what is voided.</summary>
    public Guid? NearestStreet(Guid organization, DateOnly day, Instant knownAt)
    {
        foreach (var id in Way(Organizations.Single(o => o.Id == organization), day, knownAt))
        {
            if (IsVoided(id, knownAt))
            {
                return null;
            }
            if (Organizations.Single(o => o.Id == id).Kind == "street-union")
            {
                return id;
            }
        }
        return null;
    }

    /// <summary>Whether the tree of some day has a circle.</summary>
    public bool HasCircle(DateOnly day, Instant knownAt) =>
        Organizations.Where(o => o.Said[0].At <= knownAt).Any(o => Way(o, day, knownAt).Count() > Organizations.Count);

    /// <summary>All days on which a parent was said to begin.</summary>
    public IEnumerable<DateOnly> TreeDays => Organizations.SelectMany(o => o.Said).Select(s => s.What.From).Distinct();

    public bool HasChildren(Guid parent, Instant knownAt) =>
        TreeDays
            .Prepend(DateOnly.MinValue)
            .Any(day =>
                Organizations.Any(o =>
                    o.Said[0].At <= knownAt && !IsVoided(o.Id, knownAt) && ParentOn(o, day, knownAt).Parent == parent
                )
            );

    public IEnumerable<(NaiveWorker Worker, NaiveAffiliation Affiliation, NaivePlace Place)> PlacesNow =>
        from worker in Workers
        where !worker.Voided
        from affiliation in worker.Affiliations
        let place = affiliation.Said[^1].What
        where !place.Voided
        select (worker, affiliation, place);

    public static IEnumerable<NaivePlace> PlacesAt(NaiveWorker worker, Instant knownAt) =>
        worker
            .Affiliations.Select(a => a.Said.LastOrDefault(s => s.At <= knownAt)?.What)
            .OfType<NaivePlace>()
            .Where(p => !p.Voided);

    private bool IsUnder(NaiveOrganization organization, Guid root, DateOnly day, Instant knownAt)
    {
        foreach (var id in Way(organization, day, knownAt))
        {
            if (IsVoided(id, knownAt))
            {
                return false;
            }
            if (id == root)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Up from the organisation, itself first; in a circle it goes on for longer than there are organisations.</summary>
    private IEnumerable<Guid> Way(NaiveOrganization organization, DateOnly day, Instant knownAt)
    {
        Guid? next = organization.Id;
        for (var steps = 0; next is { } id && steps <= Organizations.Count; steps++)
        {
            yield return id;
            next = ParentOn(Organizations.Single(o => o.Id == id), day, knownAt).Parent;
        }
    }
}
