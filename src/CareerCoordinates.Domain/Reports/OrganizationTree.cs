using System.Collections.Concurrent;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Reports;

/// <summary>
/// The tree of organisations as known at one instant, on all days. Organisations are numbered by their place in the list they
/// come in; one that was not recorded by then, or is voided, is nowhere. Safe for several threads.
/// </summary>
public sealed class OrganizationTree
{
    /// <summary>Where one organisation out of these or more stands below a root, they are kept: few roots have so many below them.</summary>
    private const int LargeSubtree = 16;

    private readonly IReadOnlyList<IReadOnlyList<Revision<OrganizationContent>>> organizations;
    private readonly Instant knownAt;
    private readonly Dictionary<Guid, int> places;
    private readonly KnownOrganization[] known;
    private readonly ConcurrentDictionary<OrganizationKind, Timeline<int>[]> nearest = new();
    private readonly Lazy<Timeline<bool>[]> insideEverything;
    private readonly Lazy<(int[] First, List<(int Place, int Next)> Others)> children;
    private readonly ConcurrentDictionary<Guid, Timeline<bool>[]> large = new();

    /// <summary>One for all organisations of which the same is known, so that what thousands are asked for is near at hand.</summary>
    private readonly SharedFacts shared;

    /// <param name="organizations">All revisions of each organisation, in order.</param>
    /// <param name="places">The place of each in the list.</param>
    public OrganizationTree(
        IReadOnlyList<IReadOnlyList<Revision<OrganizationContent>>> organizations,
        Dictionary<Guid, int> places,
        Instant knownAt
    )
        : this(organizations, places, knownAt, new KnownOrganization[organizations.Count], new())
    {
        for (var place = 0; place < Count; place++)
        {
            known[place] = Read(place);
        }
    }

    private OrganizationTree(
        IReadOnlyList<IReadOnlyList<Revision<OrganizationContent>>> organizations,
        Dictionary<Guid, int> places,
        Instant knownAt,
        KnownOrganization[] known,
        SharedFacts shared
    )
    {
        (this.organizations, this.places, this.knownAt, this.known, this.shared) = (
            organizations,
            places,
            knownAt,
            known,
            shared
        );
        insideEverything = new(() => [.. known.Select(one => one.Exists ? Everywhere : Nowhere)]);
        children = new(Children);
    }

    /// <summary>The tree as known at the same instant after some organisations changed, or became known and came last.</summary>
    /// <param name="changed">Their places.</param>
    public OrganizationTree With(
        IReadOnlyList<IReadOnlyList<Revision<OrganizationContent>>> organizations,
        Dictionary<Guid, int> places,
        IEnumerable<int> changed
    )
    {
        var tree = new OrganizationTree(organizations, places, knownAt, new KnownOrganization[organizations.Count], shared);
        known.CopyTo(tree.known, 0);
        foreach (var place in changed)
        {
            tree.known[place] = tree.Read(place);
        }
        return tree;
    }

    public int Count => organizations.Count;

    public Guid IdOf(int place) => organizations[place][0].Id;

    public OrganizationKind KindOf(int place) => Newest(place)!.Content.Kind;

    /// <summary>Whether the organisation is known and not voided.</summary>
    public bool Exists(int place) => known[place].Exists;

    /// <summary>-1 where no organisation has the id.</summary>
    public int PlaceOf(Guid id) => places.GetValueOrDefault(id, -1);

    /// <summary>The industry of an organisation on each day.</summary>
    public Timeline<string?> IndustryOf(int place) => known[place].Industry;

    /// <summary>What figures ask of an organisation on a day; its labels are the same for all days. The same for all that are alike.</summary>
    public OrganizationFacts FactsOn(int place, int day) => known[place].Facts ?? ReadFacts(place, day);

    /// <summary>The first day of which a revision tells; the organisation was not there before.</summary>
    public DateOnly FirstDayOf(int place) => known[place].FirstDay;

    /// <summary>Whether one of these organisations stands somewhere below another of them on a day.</summary>
    public bool HasOneBelowAnother(IReadOnlyCollection<Guid> ids, int day)
    {
        var chosen = ids.Select(PlaceOf).ToHashSet();
        return chosen.Any(place =>
        {
            for (var above = known[place].Parents.On(day); above >= 0 && Exists(above); above = known[above].Parents.On(day))
            {
                if (chosen.Contains(above))
                {
                    return true;
                }
            }
            return false;
        });
    }

    /// <summary>For each organisation the days on which it stands in the scope and, where given, at or below <paramref name="filter"/>.</summary>
    public Timeline<bool>[] Inside(Scope scope, Guid? filter)
    {
        if (scope.Everything && filter is null)
        {
            return insideEverything.Value;
        }
        var inScope = scope.Everything ? null : Below(scope.Roots);
        var inFilter = filter is { } id ? Below([id]) : null;
        return inScope is null || inFilter is null
            ? inScope ?? inFilter!
            : [.. inScope.Select((days, place) => Both(days, inFilter[place]))];
    }

    /// <summary>For each organisation the nearest one of a kind, itself or above it, on each day; -1 where there is none.</summary>
    public Timeline<int>[] Nearest(OrganizationKind kind) =>
        nearest.GetOrAdd(kind, wanted => Upwards(i => Exists(i) && KindOf(i) == wanted ? i : null, -1));

    public static readonly Timeline<bool> Nowhere = new(false);
    private static readonly Timeline<bool> Everywhere = new(true);

    /// <summary>Looks from the roots down: what stands below one of them on some day are few, and all others are nowhere.</summary>
    private Timeline<bool>[] Below(IReadOnlyCollection<Guid> roots)
    {
        if (roots.Count == 1 && large.TryGetValue(roots.First(), out var kept))
        {
            return kept;
        }
        var inside = new Timeline<bool>[Count];
        Array.Fill(inside, Nowhere);
        var found = new HashSet<int>();
        var open = new Stack<int>();
        foreach (var root in roots.Select(PlaceOf).Where(place => place >= 0 && Exists(place) && found.Add(place)))
        {
            inside[root] = Everywhere;
            open.Push(root);
        }
        var own = found.ToHashSet();
        while (open.TryPop(out var above))
        {
            for (var child = children.Value.First[above]; child >= 0; child = children.Value.Others[child].Next)
            {
                var place = children.Value.Others[child].Place;
                if (Exists(place) && found.Add(place))
                {
                    inside[place] =
                        known[place].Parents.Steps.Count == 1
                            ? inside[above]
                            : DayByDay(place, i => own.Contains(i) ? true : (bool?)null, false);
                    open.Push(place);
                }
            }
        }
        if (roots.Count == 1 && found.Count > Count / LargeSubtree)
        {
            large[roots.First()] = inside;
        }
        return inside;
    }

    /// <summary>For each organisation those that stand below it on some day, as a chain.</summary>
    private (int[] First, List<(int Place, int Next)> Others) Children()
    {
        var first = new int[Count];
        Array.Fill(first, -1);
        var others = new List<(int Place, int Next)>(Count);
        for (var place = 0; place < Count; place++)
        {
            var steps = known[place].Parents.Steps;
            for (var i = 0; i < steps.Count; i++)
            {
                if (steps[i].Value is >= 0 and var above)
                {
                    others.Add((place, first[above]));
                    first[above] = others.Count - 1;
                }
            }
        }
        return (first, others);
    }

    /// <summary>
    /// Looks from each organisation up the tree for the first that has an answer of its own; <paramref name="otherwise"/> where none has.
    /// </summary>
    private Timeline<T>[] Upwards<T>(Func<int, T?> own, T otherwise)
        where T : struct
    {
        var found = new Timeline<T>?[Count];
        var none = new Timeline<T>(otherwise);
        var (asked, open, isTangled) = (new List<int>(), new HashSet<int>(), false);
        for (var i = 0; i < found.Length; i++)
        {
            Find(i);
            if (isTangled)
            {
                asked.ForEach(place => found[place] = DayByDay(place, own, otherwise));
                isTangled = false;
            }
            asked.Clear();
        }
        return found!;

        Timeline<T> Find(int place)
        {
            if (place < 0 || !Exists(place))
            {
                return place < 0 ? none : found[place] = none;
            }
            if (found[place] is { } already)
            {
                isTangled |= open.Contains(place);
                return already;
            }
            if (own(place) is { } value)
            {
                return found[place] = new(value);
            }
            // What comes back to where it began is tangled: two organisations that stood above each other, on different days.
            found[place] = none;
            asked.Add(place);
            open.Add(place);
            found[place] = FromParents(place);
            open.Remove(place);
            return found[place]!;
        }

        Timeline<T> FromParents(int place)
        {
            var steps = known[place].Parents.Steps;
            if (steps.Count == 1)
            {
                return Find(steps[0].Value);
            }
            var merged = new List<Step<T>>();
            for (var i = 0; i < steps.Count; i++)
            {
                var end = i + 1 < steps.Count ? steps[i + 1].From : int.MaxValue;
                foreach (var step in Find(steps[i].Value).Steps)
                {
                    if (step.From <= steps[i].From)
                    {
                        RemoveFrom(merged, steps[i].From);
                    }
                    if (step.From < end)
                    {
                        merged.Add(new(Math.Max(step.From, steps[i].From), step.Value));
                    }
                }
            }
            return new(merged);
        }
    }

    /// <summary>What <see cref="Upwards"/> finds for one organisation, looked for on each day on which something above it changes.</summary>
    private Timeline<T> DayByDay<T>(int place, Func<int, T?> own, T otherwise)
        where T : struct
    {
        var above = new HashSet<int> { place };
        var open = new Stack<int>(above);
        while (open.TryPop(out var next))
        {
            foreach (var step in known[next].Parents.Steps.Where(step => step.Value >= 0 && above.Add(step.Value)))
            {
                open.Push(step.Value);
            }
        }
        return new([
            .. above
                .SelectMany(one => known[one].Parents.Steps.Select(step => step.From))
                .Distinct()
                .Order()
                .Select(day => new Step<T>(day, On(day))),
        ]);

        T On(int day)
        {
            // A cycle on one day is refused when it is recorded; should one be there, nothing is above it.
            var at = place;
            for (var steps = 0; at >= 0 && Exists(at) && steps <= above.Count; steps++)
            {
                if (own(at) is { } value)
                {
                    return value;
                }
                at = known[at].Parents.On(day);
            }
            return otherwise;
        }
    }

    private static void RemoveFrom<T>(List<Step<T>> steps, int day)
    {
        while (steps.Count > 0 && steps[^1].From >= day)
        {
            steps.RemoveAt(steps.Count - 1);
        }
    }

    private OrganizationFacts ReadFacts(int place, int day)
    {
        var (newest, industry) = (Newest(place)!.Content, known[place].Industry);
        var read = shared.FactsOf(newest, industry.On(day)?[..1]);
        if (industry.Steps.Count == 1)
        {
            known[place].Facts = read;
        }
        return read;
    }

    private static Timeline<bool> Both(Timeline<bool> a, Timeline<bool> b)
    {
        if (a.Steps.Count == 1)
        {
            return a.On(0) ? b : Nowhere;
        }
        var days = a.Steps.Concat(b.Steps).Select(s => s.From).Distinct().Order();
        return new([.. days.Select(day => new Step<bool>(day, a.On(day) && b.On(day)))]);
    }

    private KnownOrganization Read(int place) =>
        new(
            Newest(place) is { Voided: false },
            Holding(place, content => content.ParentId is { } id ? PlaceOf(id) : -1),
            shared.Of(Holding(place, content => content.IndustryCode)),
            ReadFirstDay(place)
        );

    private DateOnly ReadFirstDay(int place)
    {
        var revisions = organizations[place];
        var first = revisions[0].Content.From;
        for (var i = 1; i < revisions.Count && revisions[i].RecordedAt <= knownAt; i++)
        {
            first = first < revisions[i].Content.From ? first : revisions[i].Content.From;
        }
        return first;
    }

    private Revision<OrganizationContent>? Newest(int place) => Revision<OrganizationContent>.At(organizations[place], knownAt);

    /// <summary>
    /// A value that holds from a day: of the last revision recorded by then whose day has come, and of the first revision before
    /// any (as <see cref="OrganizationHistory.On"/> says for one day).
    /// </summary>
    private Timeline<T> Holding<T>(int place, Func<OrganizationContent, T> value)
    {
        var revisions = organizations[place];
        var steps = new List<Step<T>> { new(0, value(revisions[0].Content)) };
        for (var i = 1; i < revisions.Count && revisions[i].RecordedAt <= knownAt; i++)
        {
            // A later revision speaks for all days from its own on, also where an earlier one spoke for later days.
            var from = ReportDay.Of(revisions[i].Content.From);
            RemoveFrom(steps, from);
            steps.Add(new(steps.Count == 0 ? 0 : from, value(revisions[i].Content)));
        }
        return new(steps);
    }
}
