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
    private readonly IReadOnlyList<IReadOnlyList<Revision<OrganizationContent>>> organizations;
    private readonly Instant knownAt;
    private readonly Dictionary<Guid, int> places;
    private readonly Timeline<int>[] parents;
    private readonly Timeline<string?>[] industries;
    private readonly bool[] exists;
    private readonly ConcurrentDictionary<OrganizationKind, Timeline<int>[]> nearest = new();
    private readonly Lazy<Timeline<bool>[]> insideEverything;
    private readonly Lazy<DateOnly[]> firstDays;
    private readonly Lazy<(int[] First, List<(int Place, int Next)> Others)> children;

    /// <summary>Of those whose industry is the same on all days. Few differ, and all that are <see cref="alike"/> have the same one.</summary>
    private readonly OrganizationFacts?[] facts;
    private readonly ConcurrentDictionary<(OrganizationKind Kind, string? Section, string Tags), OrganizationFacts> alike = [];

    /// <param name="organizations">All revisions of each organisation, in order.</param>
    /// <param name="places">The place of each in the list.</param>
    public OrganizationTree(
        IReadOnlyList<IReadOnlyList<Revision<OrganizationContent>>> organizations,
        Dictionary<Guid, int> places,
        Instant knownAt
    )
    {
        this.organizations = organizations;
        this.knownAt = knownAt;
        this.places = places;
        exists =
        [
            .. organizations.Select(revisions => Revision<OrganizationContent>.At(revisions, knownAt) is { Voided: false }),
        ];
        var shared = new Dictionary<string, Timeline<string?>>(StringComparer.Ordinal);
        industries =
        [
            .. Enumerable.Range(0, organizations.Count).Select(i => Shared(Holding(i, content => content.IndustryCode), shared)),
        ];
        facts = new OrganizationFacts?[organizations.Count];
        insideEverything = new(() => [.. exists.Select(known => known ? Everywhere : Nowhere)]);
        firstDays = new(() => [.. Enumerable.Range(0, Count).Select(ReadFirstDay)]);
        children = new(Children);
        parents = new Timeline<int>[organizations.Count];
        for (var i = 0; i < parents.Length; i++)
        {
            parents[i] = Holding(i, content => content.ParentId is { } id ? PlaceOf(id) : -1);
        }
    }

    public int Count => organizations.Count;

    public Guid IdOf(int place) => organizations[place][0].Id;

    public OrganizationKind KindOf(int place) => Newest(place)!.Content.Kind;

    /// <summary>Whether the organisation is known and not voided.</summary>
    public bool Exists(int place) => exists[place];

    /// <summary>-1 where no organisation has the id.</summary>
    public int PlaceOf(Guid id) => places.GetValueOrDefault(id, -1);

    /// <summary>The industry of an organisation on each day.</summary>
    public Timeline<string?> IndustryOf(int place) => industries[place];

    /// <summary>What figures ask of an organisation on a day; its labels are the same for all days. The same for all that are alike.</summary>
    public OrganizationFacts FactsOn(int place, int day) => facts[place] ?? ReadFacts(place, day);

    /// <summary>The first day of which a revision tells; the organisation was not there before.</summary>
    public DateOnly FirstDayOf(int place) => firstDays.Value[place];

    /// <summary>Whether one of these organisations stands somewhere below another of them on a day.</summary>
    public bool HasOneBelowAnother(IReadOnlyCollection<Guid> ids, int day)
    {
        var chosen = ids.Select(PlaceOf).ToHashSet();
        return chosen.Any(place =>
        {
            for (var above = parents[place].On(day); above >= 0 && Exists(above); above = parents[above].On(day))
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
    private Timeline<bool>[] Below(IEnumerable<Guid> roots)
    {
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
                        parents[place].Steps.Count == 1
                            ? inside[above]
                            : DayByDay(place, i => own.Contains(i) ? true : (bool?)null, false);
                    open.Push(place);
                }
            }
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
            var steps = parents[place].Steps;
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
            if (found[place] is { } known)
            {
                isTangled |= open.Contains(place);
                return known;
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
            var steps = parents[place].Steps;
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
            foreach (var step in parents[next].Steps.Where(step => step.Value >= 0 && above.Add(step.Value)))
            {
                open.Push(step.Value);
            }
        }
        return new([
            .. above
                .SelectMany(one => parents[one].Steps.Select(step => step.From))
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
                at = parents[at].On(day);
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
        var (newest, industry) = (Newest(place)!.Content, industries[place]);
        var section = industry.On(day)?[..1];
        var read = alike.GetOrAdd(
            (newest.Kind, section, string.Join('\n', newest.Tags)),
            one => new(one.Kind, one.Section, newest.Tags)
        );
        if (industry.Steps.Count == 1)
        {
            facts[place] = read;
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

    /// <summary>One for all that are the same on all days, so that what thousands are asked for is near at hand.</summary>
    private static Timeline<string?> Shared(Timeline<string?> industry, Dictionary<string, Timeline<string?>> shared)
    {
        if (industry.Steps.Count > 1 || industry.On(0) is not { } always)
        {
            return industry;
        }
        return shared.TryAdd(always, industry) ? industry : shared[always];
    }

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
