using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Reports;

/// <summary>One worker who counts on a day, with the values by which he is told apart.</summary>
internal ref struct Member
{
    /// <summary>For each channel the order of the rung held; 0 for none.</summary>
    public Span<byte> Rungs;
    public int Organization;
    public int CareerStart;
    public ProjectedGender Gender;
    public ProjectedFlag MigrantWorker;
    public int Form;
    public int Occupation;
    public int Level;
}

/// <summary>What was known of one worker.</summary>
internal ref struct KnownWorker
{
    public ProjectedWorker Worker;
    public ReadOnlySpan<ProjectedAffiliation> Affiliations;
    public ReadOnlySpan<ProjectedStanding> Standings;
}

/// <summary>A rung as the answering version has it; one that it lacks grants nothing: order and level 0, which no rung has.</summary>
internal readonly record struct ReadRung(int Channel, byte Order, byte Level);

/// <summary>A population in the numbers of the columns: who counts on a day (design §6). Made once for a question, then asked by several threads.</summary>
internal sealed class PopulationReading
{
    private const int AnyLevel = -1;

    private readonly Population population;
    private readonly bool isPast;
    private readonly long knownAt;
    private readonly Timeline<bool>[] inScope;
    private readonly Timeline<bool>[] inside;

    /// <summary>Whether an organisation counts on any day; null where all do.</summary>
    private readonly Lazy<bool[]?> everInside;
    private readonly ReadRung[] rungOf;
    private readonly int level;
    private readonly bool[]? occupations;
    private readonly int form;

    /// <param name="newest">When the newest thing in the columns was recorded, or later: from then on nothing of it is hidden.</param>
    public PopulationReading(Population population, OrganizationTree tree, ProjectedCodes codes, Instant newest)
    {
        this.population = population;
        Tree = tree;
        knownAt = population.KnownAt.Microseconds;
        isPast = population.KnownAt < newest;
        inScope = tree.Inside(population.Scope, null);
        inside = population.Filter.Organization is null ? inScope : tree.Inside(population.Scope, population.Filter.Organization);
        if (population.Filter.Industry is { } industry)
        {
            inside = OfIndustry(inside, tree, industry);
        }
        everInside = new(() =>
        {
            bool[] ever = [.. inside.Select(days => days != OrganizationTree.Nowhere && days.Steps.Any(step => step.Value))];
            return ever.Contains(false) ? ever : null;
        });
        var rungs = codes.Rungs;
        rungOf = new ReadRung[rungs.Count];
        for (var i = 0; i < rungs.Count; i++)
        {
            if (population.Framework.FindRung(rungs[i].Channel, rungs[i].Rung) is { } rung)
            {
                var channel = population.Framework.FindChannel(rungs[i].Channel)!.Index;
                rungOf[i] = new(channel, (byte)rung.Order, (byte)rungs[i].Level);
            }
        }
        level = population.Filter.Level ?? AnyLevel;
        occupations = population.Filter.Occupation is { } occupation ? Matching(codes.Occupations, occupation) : null;
        form = population.Filter.EmploymentForm is { } wanted ? codes.Forms.Find(wanted) : -1;
    }

    public Framework Framework => population.Framework;

    public OrganizationTree Tree { get; }

    public int Channels => population.Framework.Channels.Count;

    public WorkerFilter Filter => population.Filter;

    public bool IsInside(int organization, int day) => inside[organization].On(day);

    public bool IsInScope(int organization, int day) => inScope[organization].On(day);

    /// <summary>The last day from <paramref name="from"/> until before <paramref name="end"/> on which the organisation stands in the scope; -1 for none.</summary>
    public int LastInScope(int organization, int from, int end) => inScope[organization].LastDay(true, from, end);

    /// <summary>The organisations that count on a day.</summary>
    public IEnumerable<int> OrganizationsOn(DateOnly day) =>
        Enumerable
            .Range(0, Tree.Count)
            .Where(place => IsInside(place, ReportDay.Of(day)) && Tree.Exists(place) && Tree.FirstDayOf(place) <= day);

    /// <summary>What holds on one day for every organisation, so that it need not be asked for each worker.</summary>
    public DayReading On(DateOnly day) => new(this, day, forAll: true);

    /// <summary>What holds on a day for which few workers are asked.</summary>
    public DayReading OnForFew(DateOnly day) => new(this, day, forAll: false);

    /// <summary>False where no affiliation of his counts on any day, so that there is no need to look at his milestones.</summary>
    public bool MayCount(Segment segment, int worker)
    {
        if (everInside.Value is null && occupations is null)
        {
            return true;
        }
        foreach (ref readonly var affiliation in segment.Affiliations.Of(worker))
        {
            if (MayCount(affiliation))
            {
                return true;
            }
        }
        if (isPast)
        {
            foreach (ref readonly var affiliation in segment.PastAffiliations.Of(worker))
            {
                if (MayCount(affiliation.Row))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private bool MayCount(in ProjectedAffiliation affiliation) =>
        everInside.Value?[affiliation.Organization] != false && MatchesOccupation(affiliation);

    /// <summary>False where he was not recorded by then, is voided, or counts on no day. Affiliations and standings come in no order that matters, and none is left out.</summary>
    public bool TryRead(Segment segment, int worker, Scratch scratch, out KnownWorker known)
    {
        known = default;
        known.Worker = segment.Workers[worker];
        if (isPast)
        {
            // Most are not of a street: what they had then need not be put together.
            if (!MayCount(segment, worker))
            {
                return false;
            }
            if (known.Worker.RecordedAt > knownAt && !TryReadThen(segment.PastWorkers.Of(worker), ref known.Worker))
            {
                return false;
            }
            known.Affiliations = KnownThen(
                segment.Affiliations.Of(worker),
                segment.PastAffiliations.Of(worker),
                scratch.Affiliations,
                static row => row.RecordedAt
            );
            known.Standings = KnownThen(
                segment.Standings.Of(worker),
                segment.PastStandings.Of(worker),
                scratch.Standings,
                static row => row.RecordedAt
            );
        }
        else
        {
            known.Affiliations = segment.Affiliations.Of(worker);
            known.Standings = segment.Standings.Of(worker);
        }
        return !known.Worker.Voided;
    }

    public ReadOnlySpan<ProjectedMilestone> Milestones(Segment segment, int worker, List<ProjectedMilestone> scratch) =>
        isPast
            ? KnownThen(segment.Milestones.Of(worker), segment.PastMilestones.Of(worker), scratch, static row => row.RecordedAt)
            : segment.Milestones.Of(worker);

    public ref readonly ReadRung RungOf(in ProjectedStanding standing) => ref rungOf[standing.Rung];

    /// <summary>Whether an affiliation may count on a day, its place and the worker's own values apart.</summary>
    public bool MatchesOccupation(in ProjectedAffiliation affiliation) =>
        occupations is null || (affiliation.Occupation < occupations.Length && occupations[affiliation.Occupation]);

    public bool MatchesForm(int number) => population.Filter.EmploymentForm is null || number == form;

    /// <summary>Whether the level decides who counts.</summary>
    public bool AsksForLevel => level != AnyLevel;

    public bool MatchesLevel(int held) => level == AnyLevel || level == held;

    /// <summary>Whether the career start decides who counts.</summary>
    public bool AsksForStart => population.Filter is { Stage: not null } or { CareerStartYear: not null };

    /// <summary>First and last career start that match, on a day; -1 as both: those not known.</summary>
    public (int First, int Last) CareerStartsOn(DateOnly day)
    {
        var (first, last) = (ProjectedWorker.NoCareerStart, ReportDay.NoEnd);
        if (population.Filter.Stage is ReportCodes.Unknown)
        {
            last = ProjectedWorker.NoCareerStart;
        }
        else if (population.Filter.Stage is { } stage)
        {
            if (Domain.Grid.StageDays.CareerStartsOf(Framework, stage, day) is not { } starts)
            {
                return (1, 0);
            }
            (first, last) = (ReportDay.Of(starts.First), ReportDay.Of(starts.Last));
        }
        if (population.Filter.CareerStartYear is { } year)
        {
            first = Math.Max(first, ReportDay.Of(new DateOnly(year, 1, 1)));
            last = Math.Min(last, ReportDay.Of(new DateOnly(year, 12, 31)));
        }
        return (first, last);
    }

    private bool TryReadThen(ReadOnlySpan<Past<ProjectedWorker>> past, ref ProjectedWorker worker)
    {
        foreach (ref readonly var row in past)
        {
            if (row.Row.RecordedAt <= knownAt && knownAt < row.SupersededAt)
            {
                worker = row.Row;
                return true;
            }
        }
        return false;
    }

    private ReadOnlySpan<T> KnownThen<T>(
        ReadOnlySpan<T> now,
        ReadOnlySpan<Past<T>> past,
        List<T> scratch,
        Func<T, long> recordedAt
    )
        where T : struct
    {
        scratch.Clear();
        foreach (ref readonly var row in now)
        {
            if (recordedAt(row) <= knownAt)
            {
                scratch.Add(row);
            }
        }
        foreach (ref readonly var row in past)
        {
            if (knownAt < row.SupersededAt && recordedAt(row.Row) <= knownAt)
            {
                scratch.Add(row.Row);
            }
        }
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(scratch);
    }

    private static Timeline<bool>[] OfIndustry(Timeline<bool>[] inside, OrganizationTree tree, string wanted)
    {
        var found = new Timeline<bool>[inside.Length];
        for (var place = 0; place < found.Length; place++)
        {
            var industry = tree.IndustryOf(place);
            found[place] =
                inside[place] == OrganizationTree.Nowhere ? inside[place]
                : industry.Steps.Count > 1 ? OfIndustry(inside[place], industry, wanted)
                : industry.On(0)?.StartsWith(wanted, StringComparison.Ordinal) == true ? inside[place]
                : OrganizationTree.Nowhere;
        }
        return found;
    }

    private static Timeline<bool> OfIndustry(Timeline<bool> inside, Timeline<string?> industry, string wanted)
    {
        var days = inside.Steps.Select(s => s.From).Concat(industry.Steps.Select(s => s.From)).Distinct().Order();
        return new([
            .. days.Select(day => new Step<bool>(
                day,
                inside.On(day) && industry.On(day)?.StartsWith(wanted, StringComparison.Ordinal) == true
            )),
        ]);
    }

    private static bool[] Matching(CodeList codes, string wanted) =>
        [.. Enumerable.Range(0, codes.Count).Select(i => codes[i].StartsWith(wanted, StringComparison.Ordinal))];
}
