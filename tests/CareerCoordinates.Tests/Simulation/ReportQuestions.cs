using System.Globalization;
using System.Text.Json;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>What the reports are asked, with the answers counted worker by worker and day by day.</summary>
internal sealed class ReportQuestions(NaiveRecord record, Framework framework, RandomFacts random)
{
    /// <summary>Any report on any day and instant, with some of the filters.</summary>
    public Question Any(DateOnly asOf, Instant? knownAt) =>
        random.Number(1, 7) switch
        {
            1 => Transitions(asOf, random.Day(), knownAt),
            2 or 3 => Positions(asOf, knownAt),
            4 or 5 => Milestones(asOf, random.Day(), knownAt),
            6 => PeopleOfMilestones(asOf, random.Day(), knownAt),
            _ => TimeToRung(asOf, knownAt),
        };

    private Question Positions(DateOnly asOf, Instant? knownAt)
    {
        var (filter, matches) = Filter(asOf, knownAt);
        var dimension = random.Pick<(string Word, Func<Member, IEnumerable<string>> Of)>([
            ("channel,rung", m => framework.Channels.Select(c => $"{c.Code}/{RungOn(m, c, asOf)}")),
            ("level", m => [m.Grid.LevelOn(asOf).ToString(CultureInfo.InvariantCulture)]),
            ("stage", m => [m.Grid.StageOn(asOf).Code ?? "unknown"]),
            ("organization", m => [m.Place!.Organization.ToString()]),
            (
                "organization&organizationKind=street-union",
                m => [record.NearestStreet(m.Place!.Organization, asOf, At(knownAt))?.ToString() ?? "none"]
            ),
            ("careerStartYear", m => [m.CareerStart?.Year.ToString(CultureInfo.InvariantCulture) ?? "unknown"]),
        ]);
        return new(
            $"reports/positions?groupBy={dimension.Word}&{Clocks($"asOf={Iso(asOf)}", knownAt)}{filter}",
            () =>
                Counted(
                    record.Workers.Select(w => MemberOn(w, asOf, At(knownAt), matches)).OfType<Member>().SelectMany(dimension.Of)
                ),
            body => Lines(body.GetProperty("cells"), c => $"{Code(c)}: {c.GetProperty("workers")}")
        );
    }

    private Question Transitions(DateOnly one, DateOnly other, Instant? knownAt)
    {
        var (from, to) = InOrder(one, other);
        var channel = random.Pick(framework.Channels);
        var root = random.Chance(0.5) ? random.Pick(record.Organizations) : null;
        return new(
            $"reports/transitions?channel={channel.Code}&{Clocks($"from={Iso(from)}&to={Iso(to)}", knownAt)}{(root is null ? "" : $"&organization={root.Id}")}",
            () => Counted(record.Workers.Select(Move).OfType<string>()),
            body => Lines(body.GetProperty("cells"), c => $"{c.Text("fromRung")}>{c.Text("toRung")}: {c.GetProperty("workers")}")
        );

        string? Move(NaiveWorker worker)
        {
            var before = Stand(worker, from);
            var after = Stand(worker, to);
            return before == "absent" && after == "absent" ? null : $"{before}>{after}";
        }

        string Stand(NaiveWorker worker, DateOnly day) =>
            MemberOn(worker, day, At(knownAt), m => IsUnder(m, root, day, At(knownAt))) is { } member
                ? RungOn(member, channel, day)
                : "absent";
    }

    private Question Milestones(DateOnly one, DateOnly other, Instant? knownAt)
    {
        var (from, to) = NotLong(one, other);
        var root = random.Chance(0.3) ? random.Pick(record.Organizations) : null;
        var numbers = framework
            .MilestoneTypes.Values.SelectMany(t => t.Attributes)
            .Where(a => a.Type is AttributeType.Integer or AttributeType.Decimal)
            .Select(a => a.Code)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var sum = random.Pick(numbers);
        var dimension = random.Pick<(string Word, Func<Happened, string> Of)>([
            ("type", m => m.Content.Type),
            ("kind", m => TypeOf(m)?.Kind ?? "none"),
            ("keyNode", m => TypeOf(m)?.KeyNode ?? "none"),
            ("type,month", m => $"{m.Content.Type}/{m.Content.OccurredOn.Last:yyyy-MM}"),
            (
                "organization&organizationKind=street-union",
                m => record.NearestStreet(m.Place.Organization, m.Content.OccurredOn.Last, At(knownAt))?.ToString() ?? "none"
            ),
        ]);
        var isBelowStreet = root?.Kind is "enterprise" or "enterprise-union";
        return new(
            $"reports/milestones?groupBy={dimension.Word}&sum={sum}&{Clocks($"from={Iso(from)}&to={Iso(to)}", knownAt)}{(root is null ? "" : $"&organization={root.Id}")}",
            () =>
                string.Join(
                    '\n',
                    record
                        .Workers.SelectMany(w => HappenedTo(w, from, to, At(knownAt), root))
                        .Where(m => !isBelowStreet || !IsRestricted(m.Content.Type))
                        .GroupBy(dimension.Of)
                        .Select(g =>
                            Line(g.Key, g.Count(), g.Select(m => m.Worker).Distinct().Count(), g.Sum(m => NumberOf(m, sum)))
                        )
                        .Order(StringComparer.Ordinal)
                ),
            body =>
                Lines(
                    body.GetProperty("rows"),
                    r =>
                        Line(
                            string.Join(
                                "/",
                                r.EnumerateObject()
                                    .Where(m => m.Name is not ("milestones" or "workers" or "sum"))
                                    .Select(m => m.Value.ToString())
                            ),
                            r.GetProperty("milestones").GetInt32(),
                            r.GetProperty("workers").GetInt32(),
                            r.GetProperty("sum").GetDecimal()
                        )
                )
        );

        static string Line(string codes, int milestones, int workers, decimal sum) =>
            FormattableString.Invariant($"{codes}: {milestones} of {workers}, {sum:0.######}");
    }

    private Question PeopleOfMilestones(DateOnly one, DateOnly other, Instant? knownAt)
    {
        var (from, to) = NotLong(one, other);
        var type = random.Pick([.. framework.MilestoneTypes.Keys.Where(t => !IsRestricted(t)).Order(StringComparer.Ordinal)]);
        return new(
            $"reports/milestones/people?groupBy=type&cell.type={type}&limit=500&{Clocks($"from={Iso(from)}&to={Iso(to)}", knownAt)}",
            () =>
                string.Join(
                    '\n',
                    record
                        .Workers.Where(w => HappenedTo(w, from, to, At(knownAt), null).Any(m => m.Content.Type == type))
                        .Select(w => w.Id.ToString())
                        .Order(StringComparer.Ordinal)
                ),
            body => Lines(body.GetProperty("items"), w => w.Text("id"))
        );
    }

    /// <summary>A milestone that counts, and the place that speaks for its worker on its day.</summary>
    private sealed record Happened(Guid Worker, NaiveContent Content, NaivePlace Place);

    private IEnumerable<Happened> HappenedTo(
        NaiveWorker worker,
        DateOnly first,
        DateOnly last,
        Instant knownAt,
        NaiveOrganization? root
    ) =>
        from milestone in worker.At(knownAt) is { Voided: false } ? worker.Milestones : []
        let counting = milestone.CountingAt(knownAt, record.Fault)
        where counting is not null
        let content = milestone.Said[counting.Value - 1].What.Content
        let day = content.OccurredOn.Last
        where first <= day && day <= last
        let place = PlacesOf(worker, knownAt)
            .FirstOrDefault(p => p.CoversDay(day) && Exists(p.Organization, knownAt) && IsUnder(p, root, day, knownAt))
        where place is not null
        select new Happened(worker.Id, content, place);

    private MilestoneType? TypeOf(Happened milestone) => framework.MilestoneTypes.GetValueOrDefault(milestone.Content.Type);

    private bool IsRestricted(string type) =>
        framework.MilestoneTypes.GetValueOrDefault(type)?.Sensitivity == Sensitivity.Restricted;

    private static decimal NumberOf(Happened milestone, string attribute) =>
        milestone.Content.Attributes.TryGet(attribute, out var value) && value.IsNumber ? value.Number : 0;

    private static (DateOnly From, DateOnly To) InOrder(DateOnly one, DateOnly other) =>
        one < other ? (one, other) : (other, one);

    /// <summary>A period of days that lies between the two, no longer than a report may be.</summary>
    private static (DateOnly From, DateOnly To) NotLong(DateOnly one, DateOnly other)
    {
        var (from, to) = InOrder(one, other);
        return (from > to.AddYears(-9) ? from : to.AddYears(-9), to);
    }

    private Question TimeToRung(DateOnly asOf, Instant? knownAt)
    {
        var channel = random.Pick(framework.Channels.Where(c => c.Rungs.Count > 1).ToList());
        var to = random.Number(2, channel.Rungs.Count);
        var from = random.Chance(0.3) ? 0 : random.Number(1, to - 1);
        var fromCode = from == 0 ? "career-start" : channel.Rungs[from - 1].Code;
        var byLevel = random.Chance(0.5);
        return new(
            $"reports/time-to-rung?channel={channel.Code}&fromRung={fromCode}&toRung={channel.Rungs[to - 1].Code}{(byLevel ? "&groupBy=level" : "")}&{Clocks($"asOf={Iso(asOf)}", knownAt)}",
            () =>
                string.Join(
                    '\n',
                    record
                        .Workers.Select(w => Life(w, asOf, At(knownAt), channel, from, to, byLevel))
                        .OfType<Lived>()
                        .GroupBy(l => l.Group)
                        .OrderBy(g => g.Key, StringComparer.Ordinal)
                        .Select(g =>
                            $"{g.Key}: {g.Count(l => l.Days is not null)} {g.Count(l => l.IsEvent)} {g.Count(l => l.Days is null)} {Curve([.. g])}"
                        )
                ),
            body =>
                string.Join(
                    '\n',
                    body.GetProperty("groups")
                        .EnumerateArray()
                        .Select(g =>
                            $"{g.Text("key")}: {g.Text("workers")} {g.Text("events")} {g.Text("excluded")} {string.Join(",", g.GetProperty("curve").EnumerateArray().Select(p => $"{p.Text("time")}/{p.Text("atRisk")}/{p.Text("events")}"))}"
                        )
                        .Order(StringComparer.Ordinal)
                )
        );
    }

    /// <param name="Days">Until the event or until he was last seen; null: he is excluded.</param>
    private sealed record Lived(string Group, int? Days, bool IsEvent);

    private sealed record Member(DateOnly? CareerStart, NaiveGrid Grid, NaivePlace? Place, IReadOnlyList<NaivePlace> Places);

    /// <summary>From the first day at the one rung to the first at the other, looked for along the days.</summary>
    private Lived? Life(NaiveWorker worker, DateOnly asOf, Instant knownAt, Channel channel, int from, int to, bool byLevel)
    {
        if (worker.At(knownAt) is not { Voided: false } known)
        {
            return null;
        }
        var grid = new NaiveGrid(framework, worker, knownAt, record.Fault);
        int Order(DateOnly day) => grid.RungOn(channel, day)?.Order ?? 0;
        var days = Enumerable
            .Range(0, Math.Max(0, asOf.DayNumber - NaiveGrid.First.DayNumber + 1))
            .Select(NaiveGrid.First.AddDays)
            .ToList();
        DateOnly? reached = days.Cast<DateOnly?>().FirstOrDefault(d => Order(d!.Value) >= to);
        DateOnly? began = known.CareerStart <= asOf ? known.CareerStart : null;
        var start =
            from == 0 ? began : days.Cast<DateOnly?>().FirstOrDefault(d => Order(d!.Value) >= from && Order(d.Value) < to);
        var excluded = reached is not null && (start is null || reached < start);
        if ((excluded ? reached : start) is not { } first)
        {
            return null;
        }
        var places = PlacesOf(worker, knownAt).Where(p => Exists(p.Organization, knownAt)).ToList();
        var counted = places.Exists(p => p.CoversDay(first))
            ? first
            : places.Where(p => p.From > first && p.From <= asOf).Select(p => (DateOnly?)p.From).Min();
        if (counted is not { } day)
        {
            return null;
        }
        var group = byLevel ? grid.LevelOn(day).ToString(CultureInfo.InvariantCulture) : "all";
        if (excluded)
        {
            return new(group, null, false);
        }
        var last = places.Where(p => p.From <= asOf).Max(p => p.Until < asOf ? p.Until!.Value : asOf);
        return reached <= last
            ? new(group, reached.Value.DayNumber - start!.Value.DayNumber, true)
            : new(group, last.DayNumber - start!.Value.DayNumber, false);
    }

    private static string Curve(List<Lived> lives)
    {
        var seen = lives.Where(l => l.Days is not null).ToList();
        var times = seen.Where(l => l.IsEvent).Select(l => l.Days!.Value).Distinct().Order();
        return string.Join(
            ",",
            times.Select(t => $"{t}/{seen.Count(l => l.Days >= t)}/{seen.Count(l => l.IsEvent && l.Days == t)}")
        );
    }

    /// <summary>Some filters: the text of the query, and whom they let through.</summary>
    private (string Query, Func<Member, bool> Matches) Filter(DateOnly asOf, Instant? knownAt)
    {
        var known = At(knownAt);
        var root = random.Chance(0.5)
            ? random.Pick([.. record.Organizations.Where(o => Exists(o, known)).DefaultIfEmpty()])
            : null;
        var level = random.Chance(0.2) ? random.Number(0, framework.Levels.Count) : (int?)null;
        var stage = random.Chance(0.2) ? random.Pick([.. framework.Stages.Select(s => s.Code), "unknown"]) : null;
        var year = random.Chance(0.1) ? random.Number(2010, 2020) : (int?)null;
        return (
            $"{(root is null ? "" : $"&organization={root.Id}")}{(level is null ? "" : $"&level={level}")}{(stage is null ? "" : $"&stage={stage}")}{(year is null ? "" : $"&careerStartYear={year}")}",
            member =>
                IsUnder(member, root, asOf, known)
                && (level is null || member.Grid.LevelOn(asOf) == level)
                && (stage is null || (member.Grid.StageOn(asOf).Code ?? "unknown") == stage)
                && (year is null || member.CareerStart?.Year == year)
        );
    }

    /// <summary>The worker as he counts on a day, with the place that speaks for him; null where he does not count.</summary>
    private Member? MemberOn(NaiveWorker worker, DateOnly day, Instant knownAt, Func<Member, bool> matches)
    {
        if (worker.At(knownAt) is not { Voided: false } known)
        {
            return null;
        }
        var places = PlacesOf(worker, knownAt).Where(p => p.CoversDay(day) && Exists(p.Organization, knownAt)).ToList();
        var grid = new NaiveGrid(framework, worker, knownAt, record.Fault);
        // Each place is tried by itself: the first in the order of those that match speaks.
        return places.Select(p => new Member(known.CareerStart, grid, p, [p])).FirstOrDefault(matches);
    }

    /// <summary>In the order in which they speak for the worker: the primary one, the earliest, the smallest id.</summary>
    private static IEnumerable<NaivePlace> PlacesOf(NaiveWorker worker, Instant knownAt) =>
        from affiliation in worker.Affiliations
        let place = affiliation.Said.LastOrDefault(s => s.At <= knownAt)?.What
        where place is { Voided: false }
        orderby place.Primary descending, place.From, affiliation.Id.ToString()
        select place;

    private bool IsUnder(Member member, NaiveOrganization? root, DateOnly day, Instant knownAt) =>
        IsUnder(member.Place!, root, day, knownAt);

    private bool IsUnder(NaivePlace place, NaiveOrganization? root, DateOnly day, Instant knownAt) =>
        root is null || record.Under(root.Id, day, knownAt).Any(o => o.Id == place.Organization);

    private bool Exists(NaiveOrganization organization, Instant knownAt) =>
        organization.Said[0].At <= knownAt && !record.IsVoided(organization.Id, knownAt);

    private bool Exists(Guid organization, Instant knownAt) =>
        Exists(record.Organizations.Single(o => o.Id == organization), knownAt);

    private static string RungOn(Member member, Channel channel, DateOnly day) =>
        member.Grid.RungOn(channel, day)?.Code ?? "none";

    private static string Counted(IEnumerable<string> codes) =>
        string.Join('\n', codes.GroupBy(c => c).Select(g => $"{g.Key}: {g.Count()}").Order(StringComparer.Ordinal));

    private static string Code(JsonElement cell) =>
        string.Join("/", cell.EnumerateObject().Where(m => m.Name != "workers").Select(m => m.Value.ToString()));

    private static string Lines(JsonElement cells, Func<JsonElement, string> line) =>
        string.Join('\n', cells.EnumerateArray().Select(line).Order(StringComparer.Ordinal));

    private static string Clocks(string days, Instant? knownAt) => knownAt is { } at ? $"{days}&knownAt={at}" : days;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Instant At(Instant? knownAt) => knownAt ?? Instant.Never;
}
