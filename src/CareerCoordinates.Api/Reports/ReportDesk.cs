using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Reports;

/// <summary>
/// Where a report is made: who may see what, exactly or protected, on which clocks, and the columns that are counted. Officers see exact
/// counts of their subtree; analysts and auditors protected ones, of month ends and of the record as it stood when a day began (design §6).
/// </summary>
public sealed class ReportDesk
{
    private readonly CareerStore store;
    private readonly Dictionary<string, string> question = [];
    private readonly Dictionary<Guid, string?> names = [];

    private ReportDesk(CareerStore store, CountsKind counts, ReadClocks clocks, Population population, ColumnReports columns)
    {
        this.store = store;
        Counts = counts;
        Clocks = clocks;
        Population = population;
        Columns = columns;
    }

    public CountsKind Counts { get; }

    public ReadClocks Clocks { get; }

    public Population Population { get; }

    public ColumnReports Columns { get; }

    public Framework Framework => Clocks.Framework;

    /// <summary>When it was asked.</summary>
    public Instant MadeAt { get; private init; }

    /// <summary>All that was asked, so that the answer can repeat it.</summary>
    public IReadOnlyDictionary<string, string> Question => question;

    /// <summary>True where the address alone says the answer, for ever: all days were given and the record is closed.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The report with what it says of itself.</summary>
    public T Complete<T>(T body, Language language)
        where T : ReportBody
    {
        var complete = (ReportBody)body with
        {
            Question = Question,
            KnownAt = Clocks.KnownAt,
            KnownAtClosed = Clocks.KnownAtClosed,
            Framework = FrameworkReference.Of(Clocks),
            Counts = Counts,
            Notice = NoticeIn(language, body.HoldsEntered),
        };
        return (T)(complete is DayReportBody ofDay ? ofDay with { AsOf = Clocks.AsOf } : complete);
    }

    private static readonly Name ProtectedAre = new(
        "受保护的统计数：每个数字都加有少量扰动，人数少的不显示（<10；较敏感的为 <20；非人数的为“不显示”，接口中为 hidden），未列出的组别是人数太少，并非无人；各数相加不一定等于合计；不得用于法定报送。",
        "Protected counts: each number is changed a little, and small ones are not shown (<10; <20 where the matter is more sensitive; hidden where it is no number of workers). A group that is not listed has too few, not nobody. The numbers do not add up exactly. Not for statutory returns."
    );
    private static readonly Name EnteredAsTheyAre = new(
        "单位数和单位填报的指标不含职工个人信息，按原样给出。",
        " Numbers of organisations, and what organisations entered, tell of no person and stand as they are."
    );

    /// <summary>For protected counts what they are not for.</summary>
    private string? NoticeIn(Language language, bool holdsEntered) =>
        Counts == CountsKind.Exact ? null : language.Say(ProtectedAre) + (holdsEntered ? language.Say(EnteredAsTheyAre) : "");

    /// <summary>The name of an organisation as it was known; null where it was not.</summary>
    public string? NameOf(Guid organization)
    {
        if (!names.TryGetValue(organization, out var name))
        {
            var revisions = store.Reader.ReadOrganization(organization);
            names[organization] = name = Revision<OrganizationContent>.At(revisions, Clocks.KnownAt)?.Content.Name;
        }
        return name;
    }

    public ReportCount Show(Cell cell, bool sensitive = false) =>
        Counts == CountsKind.Exact ? cell.Count : store.ProtectedCounts.Count(cell, ThresholdOf(sensitive));

    /// <summary>Something that workers give, added up.</summary>
    /// <param name="largest">The most that one of them gives.</param>
    public ReportNumber ShowSum(Cell cell, decimal sum, decimal largest, bool sensitive) =>
        Counts == CountsKind.Exact ? sum
        : store.ProtectedCounts.Sum(cell, sum, largest, ThresholdOf(sensitive)) is { } shown ? shown
        : ReportNumber.Hidden;

    /// <summary>How many things workers have, each of which is one.</summary>
    /// <inheritdoc cref="ShowSum(Cell, decimal, decimal, bool)"/>
    public ReportNumber ShowNumber(Cell cell, decimal number, decimal largest, bool sensitive) =>
        Counts == CountsKind.Exact ? number
        : store.ProtectedCounts.Number(cell, number, largest, ThresholdOf(sensitive)) is { } shown ? shown
        : ReportNumber.Hidden;

    public ReportNumber ShowNumber(SumOfWorkers things, bool sensitive) =>
        ShowNumber(things.Workers, things.Sum, things.Largest, sensitive);

    public ReportNumber ShowSum(SumOfWorkers sum, bool sensitive) => ShowSum(sum.Workers, sum.Sum, sum.Largest, sensitive);

    /// <summary>The restricted types whose milestones may not be counted in what is asked (<see cref="DelicateTypes.MayCountRestricted"/>).</summary>
    public IReadOnlyList<string> RestrictedLeftOut(MilestoneGrouping? grouping = null)
    {
        var scope = Population.Scope;
        IReadOnlyCollection<Guid> places =
            Population.Filter.Organization is { } place ? [place]
            : scope.Everything ? []
            : scope.Roots;
        return DelicateTypes.MayCountRestricted(
            Population.Filter,
            places.Select(p => Columns.KindOf(p, Clocks.KnownAt)),
            grouping
        )
            ? []
            :
            [
                .. Framework
                    .MilestoneTypes.Values.Where(t => t.Sensitivity == Sensitivity.Restricted)
                    .Select(t => t.Code)
                    .Order(StringComparer.Ordinal),
            ];
    }

    public static int ThresholdOf(bool sensitive) => sensitive ? ProtectedCounts.SensitiveThreshold : ProtectedCounts.Threshold;

    public void Say(string name, string? value)
    {
        if (value is not null)
        {
            question[name] = value;
        }
    }

    /// <param name="days">The days asked for with the names of their parameters; null takes the default, today or the last month end.</param>
    /// <param name="faults">What is wrong with the rest of the question, if its framework is asked; they are told together.</param>
    /// <param name="unfit">Why the question cannot be answered with counts of this kind; null: it can.</param>
    /// <param name="closed">True where exact counts, too, are of the closed record unless an instant is given.</param>
    public static async Task<Outcome<ReportDesk>> OpenAsync(
        SignedIn me,
        CareerStore store,
        ReportWish wish,
        MinDataVersion version,
        (string Name, DateOnly? Day)[] days,
        Action<Framework, List<Refusal>> faults,
        CancellationToken cancellation,
        Func<CountsKind, Refusal?>? unfit = null,
        bool closed = false
    )
    {
        var counts = CountsOf(me, wish.Counts);
        var scope =
            counts == CountsKind.Exact
                ? ExactFor(me)
                : Scope.Of(me.Caller.Grants.Where(g => g.Role is Role.Analyst or Role.Auditor));
        if (scope.IsEmpty)
        {
            return new Refusal(
                counts == CountsKind.Exact ? ReportRefusals.ExactNotAllowed : ReportRefusals.ProtectedNotAllowed,
                "?counts"
            );
        }
        if (unfit?.Invoke(counts) is { } refused)
        {
            return refused;
        }
        var asked =
            closed || counts == CountsKind.Protected
                ? wish with
                {
                    KnownAt = wish.KnownAt ?? await NewestClosedAsync(store, counts),
                }
                : wish;
        var resolved = await ClocksOf(store, asked, counts, days);
        if (resolved.IsRefused)
        {
            return resolved.As<ReportDesk>();
        }
        var clocks = resolved.Value;
        var refusals = new List<Refusal>();
        if (version.IsBad)
        {
            refusals.Add(new(ReportRefusals.BadVersion, ""));
        }
        CheckFilter(wish.Filter, clocks.Framework, refusals);
        faults(clocks.Framework, refusals);
        if (refusals.Count > 0)
        {
            return refusals;
        }
        if (store.Projection.Reports(version.Number, cancellation) is not { } columns)
        {
            var (done, total) = store.Projection.Progress;
            return !store.Projection.IsReady ? new Refusal(ReportRefusals.Loading, "", done, total)
                // Where one process writes, everything that was ever committed is in the columns.
                : store.Engine.HasOneWriter ? new Refusal(ReportRefusals.BadVersion, "")
                : new Refusal(ReportRefusals.NotThatFar, "", version.Number);
        }
        var population = new Population(clocks.KnownAt, clocks.Framework, scope, wish.Filter);
        if (wish.Filter.Organization is { } place && !columns.Knows(scope, place, clocks.AsOf, clocks.KnownAt))
        {
            // As for lists: one that ever was is known to who sees everything, to others one that is in their scope today.
            var today = store.Today();
            var isKnown = scope.Everything
                ? store.Reader.ReadOrganization(place).Count > 0
                : store.Reader.OnConnection(c => c.Covers(scope, place, today));
            if (!isKnown)
            {
                return new Refusal(RequestRefusals.NoSuchOrganization, "?organization", place);
            }
        }
        var desk = new ReportDesk(store, counts, clocks, population, columns)
        {
            MadeAt = Instant.From(store.Clock.Time.GetUtcNow()),
            IsFinal = clocks.KnownAtClosed && wish.KnownAt is not null && days.All(d => d.Day is not null),
        };
        foreach (var (name, day) in days)
        {
            desk.Say(name, Days.Iso(day ?? clocks.AsOf));
        }
        desk.Say("knownAt", clocks.KnownAt.ToString());
        desk.Say("counts", Codes<CountsKind>.Of(counts));
        wish.Say(desk.question);
        return desk;
    }

    /// <summary>The counts that somebody gets, where he does not say which.</summary>
    internal static CountsKind CountsOf(SignedIn me, CountsKind? wished) =>
        wished ?? (ExactFor(me).IsEmpty ? CountsKind.Protected : CountsKind.Exact);

    private static Scope ExactFor(SignedIn me) => Scope.Of(me.Caller.Grants.Where(g => g.Role == Role.Officer));

    /// <summary>
    /// The newest closed <c>knownAt</c> of counts. The same people give the same protected number, so of two records that are close to each
    /// other the numbers that differ tell what was recorded in between: protected counts are of the record as it stood when a day began.
    /// Design §6 has any closed instant, by which an analyst finds the instant of each single verification.
    /// </summary>
    internal static async Task<Instant> NewestClosedAsync(CareerStore store, CountsKind counts)
    {
        var closed = await store.ClosedThroughAsync();
        return counts == CountsKind.Exact ? closed : DayBegan(store, closed);
    }

    private static Instant DayBegan(CareerStore store, Instant at)
    {
        var zone = store.Frameworks.Current.TimeZone;
        return Instant.StartOf(at.DayIn(zone), zone);
    }

    private static async Task<Outcome<ReadClocks>> ClocksOf(
        CareerStore store,
        ReportWish wish,
        CountsKind counts,
        (string Name, DateOnly? Day)[] days
    )
    {
        if (counts == CountsKind.Exact)
        {
            return await new Clocks(days[0].Day, wish.KnownAt).OnAsync(store);
        }
        var newest = await NewestClosedAsync(store, counts);
        var knownAt = wish.KnownAt ?? newest;
        var given = await new Clocks(null, knownAt).OnAsync(store);
        if (given.IsRefused)
        {
            return given;
        }
        if (knownAt > newest || knownAt != DayBegan(store, knownAt))
        {
            return new Refusal(
                ReportRefusals.DayBeginsOnly,
                "?knownAt",
                knownAt,
                InZone(store, Instant.Min(newest, DayBegan(store, knownAt)))
            );
        }
        var last = LastMonthEnd(given.Value.Today);
        foreach (var (name, day) in days)
        {
            if (day is { } asked && (asked > last || asked.AddDays(1).Day != 1))
            {
                return new Refusal(
                    ReportRefusals.MonthEndsOnly,
                    "?" + name,
                    Days.Iso(asked),
                    Days.Iso(MonthEndNear(asked, last))
                );
            }
        }
        return given.Value with { AsOf = days[0].Day ?? last, KnownAtGiven = true };
    }

    /// <summary>Written so that one sees the midnight: <c>2026-11-27T00:00:00+08:00</c>.</summary>
    private static string InZone(CareerStore store, Instant at)
    {
        var local = TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), store.Frameworks.Current.TimeZone);
        return local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static DateOnly LastMonthEnd(DateOnly today) => new DateOnly(today.Year, today.Month, 1).AddDays(-1);

    private static DateOnly MonthEndNear(DateOnly day, DateOnly last)
    {
        var first = new DateOnly(PartialDate.FirstYear, 2, 1).AddDays(-1);
        var end = day > first ? LastMonthEnd(day) : first;
        return end < last ? end : last;
    }

    private static void CheckFilter(WorkerFilter filter, Framework framework, List<Refusal> refusals)
    {
        if (
            filter.Industry is { } industry
            && (IndustryCode.Read(industry, "?industry") is var read)
            && (read.IsRefused || read.Value != industry)
        )
        {
            refusals.Add(new(ReportRefusals.NoIndustry, "?industry", industry));
        }
        if (filter.Occupation is { } occupation && !OccupationCode.IsBeginning(occupation))
        {
            refusals.Add(new(ReportRefusals.NoOccupation, "?occupation", occupation));
        }
        if (filter.EmploymentForm is { } form && form != ReportCodes.None && !framework.EmploymentForms.ContainsKey(form))
        {
            refusals.Add(
                new(ReportRefusals.UnknownForm, "?employmentForm", form, Name.List(framework.EmploymentForms.OrderBy(f => f.Key)))
            );
        }
        if (filter.Stage is { } stage && stage != ReportCodes.Unknown && framework.Stages.All(s => s.Code != stage))
        {
            var stages = Name.List(framework.Stages.Select(s => KeyValuePair.Create(s.Code, s.Name)));
            refusals.Add(new(Workers.WorkerFilter.NoSuchStage, "?stage", stage, stages));
        }
        if (filter.Level > framework.Levels.Count)
        {
            refusals.Add(new(Workers.WorkerFilter.NoSuchLevel, "?level", filter.Level, framework.Levels.Count));
        }
    }

    /// <summary>The channel, if the framework has it.</summary>
    public static Channel? ChannelOf(Framework framework, string? code, List<Refusal> refusals)
    {
        if (code is null)
        {
            return null;
        }
        if (framework.FindChannel(code) is { } channel)
        {
            return channel;
        }
        var channels = Name.List(framework.Channels.Select(c => KeyValuePair.Create(c.Code, c.Name)));
        refusals.Add(new(ReportRefusals.UnknownChannel, "?channel", code, channels));
        return null;
    }

    /// <summary>The rung of a channel, if it has it.</summary>
    public static Rung? RungOf(Channel? channel, string? code, string parameter, List<Refusal> refusals)
    {
        if (channel is null || code is null)
        {
            return null;
        }
        if (channel.Rungs.FirstOrDefault(r => r.Code == code) is { } rung)
        {
            return rung;
        }
        var rungs = Name.List(channel.Rungs.Select(r => KeyValuePair.Create(r.Code, r.Name)));
        refusals.Add(new(ReportRefusals.UnknownRungOfChannel, parameter, channel.Code, code, rungs));
        return null;
    }
}
