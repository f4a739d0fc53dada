using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Reports;

/// <summary>One worker on a day, with the values by which he is told apart where he counts.</summary>
internal struct Member
{
    /// <summary>In place of an organisation: he does not count.</summary>
    public const int Absent = -1;

    public HeldRungs Rungs;
    public int Organization;
    public int CareerStart;
    public int Form;
    public int Occupation;
    public ProjectedGender Gender;
    public ProjectedFlag MigrantWorker;

    public readonly bool IsPresent => Organization != Absent;
}

/// <summary>A population in the numbers of the columns: who counts on a day (design §6). Made once for a question, then asked by several threads.</summary>
internal sealed class PopulationReading
{
    private const int AnyLevel = -1;

    /// <summary>Where one organisation out of these counts, what all workers have is read as it lies there.</summary>
    private const int ManyOrganizations = 16;

    private readonly Population population;
    private readonly bool isPast;
    private readonly long knownAt;
    private readonly Timeline<bool>[] inScope;
    private readonly Timeline<bool>[] inside;

    /// <summary>Whether an organisation counts on any day, where few workers count; null where many do.</summary>
    private readonly Lazy<bool[]?> fewPlaces;
    private readonly int[][] levels;
    private readonly int level;
    private readonly bool anyForm;
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
        fewPlaces = new(() =>
        {
            var ever = inside.Select(days => days.LastDay(true, 0, ReportDay.NoEnd) >= 0);
            return ever.Where(counts => counts).Skip(inside.Length / ManyOrganizations).Any() ? null : [.. ever];
        });
        var rungs = codes.Rungs;
        Rungs = new HeldRungs[rungs.Count];
        for (var i = 0; i < rungs.Count; i++)
        {
            if (Framework.FindRung(rungs[i].Channel, rungs[i].Rung) is { } rung)
            {
                Rungs[i] = HeldRungs.Of(Framework.FindChannel(rungs[i].Channel)!.Index, rung.Order);
            }
        }
        levels = [.. Framework.Channels.Select(c => (int[])[0, .. c.Rungs.Select(r => r.Level)])];
        level = population.Filter.Level ?? AnyLevel;
        Occupations = Matching(codes.Occupations, population.Filter.Occupation ?? "");
        anyForm = population.Filter.EmploymentForm is null;
        form = population.Filter.EmploymentForm is { } wanted ? codes.Forms.Find(wanted) : -1;
    }

    public Population Population => population;

    public Framework Framework => population.Framework;

    public OrganizationTree Tree { get; }

    public WorkerFilter Filter => population.Filter;

    public bool IsInside(int organization, int day) => inside[organization].On(day);

    public bool IsInScope(int organization, int day) => inScope[organization].On(day);

    /// <summary>The organisations that count on a day.</summary>
    public IEnumerable<int> OrganizationsOn(DateOnly day) =>
        Enumerable.Range(0, Tree.Count).Where(place => CountsItself(place, day));

    /// <summary>Whether an organisation counts on a day where organisations are counted.</summary>
    public bool CountsItself(int organization, DateOnly day) =>
        IsInside(organization, ReportDay.Of(day)) && Tree.Exists(organization) && Tree.FirstDayOf(organization) <= day;

    /// <summary>The population on one day.</summary>
    /// <param name="withRungs">False: neither rungs nor levels are asked for.</param>
    public DayReading On(DateOnly day, bool withRungs = true) => new(this, day, withRungs);

    /// <summary>Which organisations count on the days from one to another, both included.</summary>
    public CountingOrganizations InsideOn(int first, int last) => new(inside, first, last);

    /// <summary>Which stand in the scope, whatever is asked for.</summary>
    public CountingOrganizations InScopeOn(int first, int last) => new(inScope, first, last);

    /// <summary>False where no affiliation of his counts on any day.</summary>
    private bool MayCount(Segment segment, int worker)
    {
        if (fewPlaces.Value is not { } places)
        {
            return true;
        }
        foreach (ref readonly var affiliation in segment.Affiliations.Of(worker))
        {
            if (places[affiliation.Organization] && MatchesOccupation(affiliation))
            {
                return true;
            }
        }
        if (isPast)
        {
            foreach (ref readonly var affiliation in segment.PastAffiliations.Of(worker))
            {
                if (places[affiliation.Row.Organization] && MatchesOccupation(affiliation.Row))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>What was known of some workers: of all, or at least of those who count on some day.</summary>
    public KnownBlock Known(Block block, Scratch scratch, bool withMilestones = false)
    {
        var segment = block.Segment;
        if (!isPast && fewPlaces.Value is null)
        {
            var workers = block.First..block.End;
            return new()
            {
                Ids = segment.Ids.AsSpan(workers),
                RecordKeys = segment.RecordKeys.AsSpan(workers),
                Workers = block.WorkersButGone(scratch.Workers),
                Affiliations = segment.Affiliations.Of(block),
                Standings = segment.Standings.Of(block),
                Milestones = withMilestones ? segment.Milestones.Of(block) : default,
            };
        }
        scratch.Clear();
        for (var worker = block.First; worker < block.End; worker++)
        {
            // Most are not of a street: what they had need not be put together.
            if (!MayCount(segment, worker) || block.IsGone(worker) || !TryReadKnown(segment, worker, out var known))
            {
                continue;
            }
            scratch.Ids.Add(segment.Ids[worker]);
            scratch.RecordKeys.Add(segment.RecordKeys[worker]);
            scratch.Workers.Add(known);
            AddKnown(segment.Affiliations, segment.PastAffiliations, worker, scratch.Affiliations, static r => r.RecordedAt);
            AddKnown(segment.Standings, segment.PastStandings, worker, scratch.Standings, static r => r.RecordedAt);
            if (withMilestones)
            {
                AddKnown(segment.Milestones, segment.PastMilestones, worker, scratch.Milestones, static r => r.RecordedAt);
            }
        }
        return scratch.Known;
    }

    /// <summary>By its number each rung as the answering version has it; nothing where it lacks it.</summary>
    public HeldRungs[] Rungs { get; }

    /// <summary>The highest level among some rungs.</summary>
    public int LevelOf(HeldRungs rungs)
    {
        var highest = 0;
        for (var channel = 0; channel < levels.Length; channel++)
        {
            highest = Math.Max(highest, levels[channel][rungs[channel]]);
        }
        return highest;
    }

    /// <summary>Whether an affiliation may count on a day, its place and the worker's own values apart.</summary>
    public bool MatchesOccupation(in ProjectedAffiliation affiliation) => Occupations[affiliation.Occupation] == Counting.OnAll;

    /// <summary>By its number whether an occupation counts, on all days or none.</summary>
    public Counting[] Occupations { get; }

    public bool MatchesForm(int number) => anyForm || number == form;

    /// <summary>Whether the level decides who counts.</summary>
    public bool AsksForLevel => level != AnyLevel;

    public bool MatchesLevel(HeldRungs rungs) => level == AnyLevel || level == LevelOf(rungs);

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

    private bool TryReadKnown(Segment segment, int worker, out ProjectedWorker known)
    {
        known = segment.Workers[worker];
        if (known.RecordedAt <= knownAt)
        {
            return true;
        }
        foreach (ref readonly var row in segment.PastWorkers.Of(worker))
        {
            if (row.Row.RecordedAt <= knownAt && knownAt < row.SupersededAt)
            {
                known = row.Row;
                return true;
            }
        }
        return false;
    }

    /// <summary>The rows of one worker more.</summary>
    private void AddKnown<T>(Rows<T> now, Rows<Past<T>> past, int worker, Rows<T>.Builder known, Func<T, long> recordedAt)
        where T : struct
    {
        foreach (ref readonly var row in now.Of(worker))
        {
            if (recordedAt(row) <= knownAt)
            {
                known.Add(row);
            }
        }
        foreach (ref readonly var row in past.Of(worker))
        {
            if (knownAt < row.SupersededAt && recordedAt(row.Row) <= knownAt)
            {
                known.Add(row.Row);
            }
        }
        known.EndWorker();
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

    private static Counting[] Matching(CodeList codes, string wanted) =>
        [
            .. Enumerable
                .Range(0, codes.Count)
                .Select(i => codes[i].StartsWith(wanted, StringComparison.Ordinal) ? Counting.OnAll : Counting.OnNone),
        ];
}
