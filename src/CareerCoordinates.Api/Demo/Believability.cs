using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Api.Demo;

/// <summary>
/// What makes an invented life believable, as data (<c>seeds/demo/believable.json</c>). Real records are never measured
/// by it: reality may be stranger.
/// </summary>
/// <param name="Youngest">Nothing but the birth lies before this age.</param>
/// <param name="OldestAtWork">Nobody works beyond this age.</param>
/// <param name="Retirement">From what age people retire.</param>
/// <param name="FullTime">Kinds of affiliation of which a person has one at a time.</param>
/// <param name="OutsideWork">Milestone types that may occur on a day on which the person is nowhere: at school, retired.</param>
/// <param name="Rising">Attributes whose values rise from one milestone of a type to the next.</param>
/// <param name="WithAge">Types that ask for an age.</param>
public sealed record Believability(
    BilingualText Notice,
    int Youngest,
    int OldestAtWork,
    Retirement Retirement,
    IReadOnlyList<string> FullTime,
    IReadOnlyList<string> OutsideWork,
    IReadOnlyList<RisingValue> Rising,
    IReadOnlyList<AgeOfType> WithAge
)
{
    public static Believability Read(string folder) => DemoSeeds.ReadFile<Believability>(Path.Combine(folder, "believable.json"));

    /// <summary>Every doubt about a life as all that is recorded now says, each in one sentence; empty if it could have been lived.</summary>
    public IReadOnlyList<string> Doubts(Framework framework, RecordedLife life)
    {
        var doubts = new List<string>();
        var worker = life.Worker[^1].Content;
        var affiliations = life.Affiliations.Select(a => a.Content).ToList();
        var milestones = life.Counting;
        if (worker.BirthDate is { } birth)
        {
            CheckAges(worker, birth, affiliations, milestones, doubts);
        }
        CheckPosts(worker, affiliations, doubts);
        CheckRetirement(framework, life, milestones, doubts);
        CheckAtWork(affiliations, milestones, doubts);
        CheckRising(milestones, doubts);
        CheckRungs(framework, milestones, doubts);
        return doubts;
    }

    private void CheckAges(
        WorkerContent worker,
        DateOnly birth,
        List<AffiliationContent> affiliations,
        IReadOnlyList<CountingMilestone> milestones,
        List<string> doubts
    )
    {
        var young = birth.AddYears(Youngest);
        if (worker.CareerStart < young)
        {
            doubts.Add($"The career starts on {Days.Iso(worker.CareerStart.Value)}, before the age of {Youngest}.");
        }
        foreach (var place in affiliations.Where(a => a.From < young))
        {
            doubts.Add($"A post begins on {Days.Iso(place.From)}, before the age of {Youngest}.");
        }
        foreach (var milestone in milestones)
        {
            var age = WithAge.FirstOrDefault(a => a.Type == milestone.Type)?.Age ?? Youngest;
            if (milestone.OccurredOn.First < birth.AddYears(age))
            {
                doubts.Add($"{milestone.Type} on {milestone.OccurredOn}, before the age of {age}.");
            }
        }
        var old = birth.AddYears(OldestAtWork);
        foreach (var place in affiliations.Where(a => a.From > old || a.Until > old))
        {
            doubts.Add($"A post from {Days.Iso(place.From)} goes beyond the age of {OldestAtWork}.");
        }
    }

    private void CheckPosts(WorkerContent worker, List<AffiliationContent> affiliations, List<string> doubts)
    {
        var fullTime = affiliations
            .Where(a => FullTime.Contains(Codes<AffiliationKind>.Of(a.Kind)))
            .OrderBy(a => a.From)
            .ToList();
        for (var i = 1; i < fullTime.Count; i++)
        {
            if (fullTime[i - 1].InForce.Overlaps(fullTime[i].InForce))
            {
                doubts.Add(
                    $"Two full-time posts at once: from {Days.Iso(fullTime[i - 1].From)} and from {Days.Iso(fullTime[i].From)}."
                );
            }
        }
        if (affiliations.Count > 0 && affiliations.Min(a => a.From) is var first && first < worker.CareerStart)
        {
            doubts.Add($"A post begins on {Days.Iso(first)}, before the career start {Days.Iso(worker.CareerStart!.Value)}.");
        }
    }

    private void CheckRetirement(
        Framework framework,
        RecordedLife life,
        IReadOnlyList<CountingMilestone> milestones,
        List<string> doubts
    )
    {
        var worker = life.Worker[^1].Content;
        foreach (var last in life.AffiliationHistories.Select(h => Retirement.LastDay(h[^1])).OfType<DateOnly>())
        {
            var age = Retirement.YoungestOf(worker.Gender);
            if (last < worker.BirthDate?.AddYears(age))
            {
                doubts.Add($"Retired on {Days.Iso(last)}, before the age of {age}.");
            }
            var lasting = milestones.Where(m =>
                framework.MilestoneTypes[m.Type].EndsWithAffiliation
                && m.OccurredOn.First <= last
                && m.InForce.Contains(last.AddDays(1))
            );
            foreach (var milestone in lasting)
            {
                doubts.Add($"{milestone.Type} of {milestone.OccurredOn} goes on after the retirement on {Days.Iso(last)}.");
            }
        }
    }

    private void CheckAtWork(
        List<AffiliationContent> affiliations,
        IReadOnlyList<CountingMilestone> milestones,
        List<string> doubts
    )
    {
        foreach (var milestone in milestones.Where(m => !OutsideWork.Contains(m.Type)))
        {
            var (from, to) = (milestone.OccurredOn.First, milestone.OccurredOn.Last);
            if (!affiliations.Any(a => a.From <= to && (a.Until is null || a.Until >= from)))
            {
                doubts.Add($"{milestone.Type} on {milestone.OccurredOn}, when the person worked nowhere.");
            }
        }
    }

    private void CheckRising(IReadOnlyList<CountingMilestone> milestones, List<string> doubts)
    {
        foreach (var rule in Rising)
        {
            var steps = milestones
                .Where(m => m.Type == rule.Type && m.Attributes.TryGet(rule.Attribute, out _))
                .OrderBy(m => m.OccurredOn)
                .Select(m => (m.OccurredOn, Value: rule.ValueOf(m)))
                .ToList();
            for (var i = 1; i < steps.Count; i++)
            {
                if (rule.PlaceOf(steps[i].Value) <= rule.PlaceOf(steps[i - 1].Value))
                {
                    doubts.Add(
                        $"{rule.Type} with {rule.Attribute} {steps[i].Value} on {steps[i].OccurredOn} follows {steps[i - 1].Value}."
                    );
                }
            }
        }
    }

    /// <summary>No rung without a fact in force that gives it: the fold checked from the other side.</summary>
    private static void CheckRungs(Framework framework, IReadOnlyList<CountingMilestone> milestones, List<string> doubts)
    {
        foreach (var standing in CareerGrid.Standings(framework, milestones))
        {
            var given = milestones.Any(m =>
                m.InForce.Contains(standing.Period.From)
                && framework
                    .MilestoneTypes[m.Type]
                    .Grants.Any(g => g.Mode == GrantMode.Direct && g.Rung == standing.Rung && g.When.IsMetBy(m.Attributes))
            );
            if (!given)
            {
                doubts.Add($"{standing.Rung.Code} from {Days.Iso(standing.Period.From)} without a fact that gives it.");
            }
        }
    }
}

/// <param name="Order">The values from the lowest to the highest.</param>
public sealed record RisingValue(string Type, string Attribute, IReadOnlyList<string> Order)
{
    internal string ValueOf(CountingMilestone milestone) =>
        milestone.Attributes.TryGet(Attribute, out var value) ? value.ToString() : "";

    internal int PlaceOf(string value) => Order.ToList().IndexOf(value);
}

/// <param name="Word">An affiliation that ended for a reason with this word in it ended by retirement.</param>
/// <param name="Youngest">The lowest age by gender; the lowest of all where the gender is unknown.</param>
public sealed record Retirement(string Word, IReadOnlyDictionary<string, int> Youngest)
{
    internal DateOnly? LastDay(Revision<AffiliationContent> affiliation) =>
        !affiliation.Voided && affiliation.Reason is { } reason && reason.Contains(Word, StringComparison.Ordinal)
            ? affiliation.Content.Until
            : null;

    internal int YoungestOf(string? gender) =>
        gender is not null && Youngest.TryGetValue(gender, out var age) ? age : Youngest.Values.Min();
}

public sealed record AgeOfType(string Type, int Age);
