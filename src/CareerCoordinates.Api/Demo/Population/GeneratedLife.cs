using System.Globalization;
using System.Text.Json;

namespace CareerCoordinates.Api.Demo.Population;

/// <summary>One invented life being written: first the posts, then the facts that fall within them.</summary>
internal sealed class GeneratedLife(
    PopulationProfile profile,
    PopulationTree tree,
    LifeKind kind,
    DateOnly registered,
    DateOnly career,
    DateOnly lastDay,
    DateOnly today
)
{
    public const double DaysInYear = 365.25;

    /// <summary>Longest time in days between a fact and its record, once somebody is registered.</summary>
    public const int LongestDelay = 40;

    private readonly List<LifeStep> steps = new(16);

    /// <summary>Last days at an employer, in order; open facts that go with the post end on them.</summary>
    private readonly List<DateOnly> leavings = new(2);

    /// <summary>Last day that the record can know of.</summary>
    private readonly DateOnly end = lastDay < today.AddDays(-LongestDelay) ? lastDay : today.AddDays(-LongestDelay);
    private int milestones;

    private bool Leaves => lastDay < today.AddDays(-LongestDelay);

    /// <summary>A post at registration, perhaps one before it elsewhere, one after it, and one beside it; answers the occupation.</summary>
    public string Employ(int index, string form, ref Prng random)
    {
        var employer = random.Of(tree.In(kind.Group));
        var occupation = random.Weighted(employer.Industry.Occupations, o => o.Weight).Value;
        var from = career;
        var worked = registered.DayNumber - career.DayNumber;
        if (worked > 400 && random.Chance(kind.EarlierJob))
        {
            from = career.AddDays(200 + random.Below(worked - 200));
            leavings.Add(from.AddDays(-1));
        }
        var staffNumber = index.ToString("D7", CultureInfo.InvariantCulture);
        steps.Add(
            new LifeStep.Affiliate(registered, "a1", kind.Kind, from, employer.Key)
            {
                Primary = true,
                EmploymentForm = form,
                OccupationCode = occupation,
                StaffNumber = staffNumber,
            }
        );
        if (from > career)
        {
            var elsewhere = random.Of(profile.ExternalEmployers);
            steps.Add(new LifeStep.Affiliate(registered, "a0", "external", career, null, elsewhere, from.AddDays(-1)));
        }
        var open = "a1";
        var room = end.DayNumber - registered.DayNumber - 300;
        if (random.Chance(kind.Moves) && room > 0 && random.Of(tree.In(kind.Group)) is var next && next.Key != employer.Key)
        {
            var moved = registered.AddDays(120 + random.Below(room));
            leavings.Add(moved.AddDays(-1));
            open = "a2";
            steps.Add(
                new LifeStep.Transfer(moved.AddDays(random.Below(20)), open, kind.Kind, moved, next.Key)
                {
                    Primary = true,
                    EmploymentForm = form,
                    OccupationCode = occupation,
                    StaffNumber = staffNumber,
                }
            );
        }
        HaveSecondPost(from, ref random);
        if (Leaves)
        {
            leavings.Add(lastDay);
            steps.Add(new LifeStep.EndAffiliation(Noted(lastDay, ref random), open, lastDay, profile.Reasons.Leaves));
        }
        return occupation;
    }

    /// <summary>Every tree of facts of this kind of life, from the career start.</summary>
    public void HaveFacts(DrawContext context, ref Prng random)
    {
        foreach (var name in kind.Facts)
        {
            foreach (var node in profile.Facts[name])
            {
                Grow(node, career, null, context, ref random);
            }
        }
    }

    /// <summary>In the order in which it was recorded; on one day as it was written.</summary>
    public IReadOnlyList<LifeStep> InOrder() => [.. steps.OrderBy(s => s.On)];

    private void HaveSecondPost(DateOnly from, ref Prng random)
    {
        if (!random.Chance(profile.SecondPost.Share) || kind.Code == profile.SecondPost.Life)
        {
            return;
        }
        var second = profile.Lives.First(l => l.Code == profile.SecondPost.Life);
        var began = registered.AddDays(-random.Below(Math.Max(1, registered.DayNumber - from.DayNumber)));
        var place = random.Of(tree.In(second.Group)).Key;
        var form = random.Weighted(second.EmploymentForms, f => f.Weight).Value;
        steps.Add(new LifeStep.Affiliate(registered, "a3", second.Kind, began, place) { EmploymentForm = form });
        if (Leaves)
        {
            steps.Add(new LifeStep.EndAffiliation(Noted(lastDay, ref random), "a3", lastDay, profile.Reasons.Leaves));
        }
    }

    /// <param name="former">The fact after which the node comes; null at the career start.</param>
    private void Grow(FactNode node, DateOnly parent, HeldFact? former, DrawContext context, ref Prng random)
    {
        var after = parent;
        for (var i = 0; i < node.Times; i++)
        {
            if (!random.Chance(node.Chance))
            {
                return;
            }
            after = after.AddDays((int)(node.After.Draw(ref random) * DaysInYear));
            if (after > end)
            {
                return;
            }
            context.Day = after;
            var held = Have(node, after, context, ref random);
            if (node.EndsFormer && former is not null)
            {
                EndBefore(after, former, ref random);
            }
            foreach (var next in node.Next ?? [])
            {
                Grow(next, after, held, context, ref random);
            }
        }
    }

    private HeldFact Have(FactNode node, DateOnly day, DrawContext context, ref Prng random)
    {
        var key = "m" + milestones++.ToString(CultureInfo.InvariantCulture);
        var attributes = new Dictionary<string, JsonElement>(node.Draws.Count);
        foreach (var draw in node.Draws)
        {
            attributes[draw.Code] = draw.Draw(ref random, context);
        }
        DateOnly? until = node.Until is { } length ? day.AddDays((int)(length.Draw(ref random) * DaysInYear) - 1) : null;
        var on = Noted(day, ref random);
        var leaving = node.EndsWithPost ? LeavingAfter(day, until) : null;
        if (leaving < on)
        {
            (until, leaving) = (leaving, null);
        }
        ScriptedEvidence[]? evidence = node.Evidence is { } type ? [new(type, Reference(day, ref random))] : null;
        var record = new LifeStep.Record(on, key, node.Type, Iso(day), attributes, Iso(until), evidence, State: "verified");
        if (random.Chance(profile.Corrections) && on.AddDays(60) < end && on.AddDays(60) < (leaving ?? end))
        {
            RecordWrong(node, record, context, leaving ?? end, ref random);
        }
        else
        {
            steps.Add(record);
        }
        if (leaving is { } last)
        {
            steps.Add(new LifeStep.End(Noted(last, ref random), key, last, "ended", profile.Reasons.PostEnds));
        }
        return new(key, leaving ?? until);
    }

    /// <summary>Who takes a post leaves the one before it, unless that has ended already.</summary>
    private void EndBefore(DateOnly day, HeldFact former, ref Prng random)
    {
        if (former.Last < day)
        {
            return;
        }
        steps.RemoveAll(s => s is LifeStep.End end && end.Milestone == former.Key);
        var last = day.AddDays(-1);
        // A correction of the former fact may have been noticed later than that: an end is said of what is verified.
        var settled = steps.Where(s => MilestoneOf(s) == former.Key).Max(s => s.On);
        var on = Noted(last, ref random) is var noted && noted > settled ? noted : settled.AddDays(1);
        steps.Add(new LifeStep.End(on, former.Key, last, "ended", profile.Reasons.PostEnds));
    }

    private static string? MilestoneOf(LifeStep step) =>
        step switch
        {
            LifeStep.Record record => record.Milestone,
            LifeStep.Verify verify => verify.Milestone,
            _ => null,
        };

    /// <summary>First recorded with another day or another value, put right later.</summary>
    private void RecordWrong(FactNode node, LifeStep.Record right, DrawContext context, DateOnly before, ref Prng random)
    {
        var wrong = right with { Attributes = new Dictionary<string, JsonElement>(right.Attributes) };
        var varying = node.Draws.Where(d => d.Varies).ToList();
        if (varying.Count > 0 && random.Chance(0.6))
        {
            var draw = random.Of(varying);
            ((Dictionary<string, JsonElement>)wrong.Attributes)[draw.Code] = draw.Draw(ref random, context);
        }
        else
        {
            wrong = wrong with { OccurredOn = Iso(context.Day.AddDays(-1 - random.Below(30))) };
        }
        var noticed = right.On.AddDays(30 + random.Below(Math.Min(900, before.DayNumber - right.On.DayNumber - 40)));
        steps.Add(wrong);
        steps.Add(
            new LifeStep.Correct(
                noticed,
                right.Milestone,
                right.OccurredOn,
                right.Attributes,
                random.Of(profile.Reasons.Corrections),
                right.Until,
                right.Evidence
            )
        );
        steps.Add(new LifeStep.Verify(noticed.AddDays(1 + random.Below(8)), right.Milestone));
    }

    private DateOnly? LeavingAfter(DateOnly day, DateOnly? until)
    {
        foreach (var leaving in leavings)
        {
            if (leaving >= day)
            {
                return until is null || leaving < until ? leaving : null;
            }
        }
        return null;
    }

    /// <summary>The day on which something is recorded: at registration if it is older, else a little later than it happened.</summary>
    private DateOnly Noted(DateOnly happened, ref Prng random) =>
        happened <= registered ? registered : happened.AddDays(1 + random.Below(LongestDelay - 10));

    /// <param name="Last">Last day in force, where one is known.</param>
    private sealed record HeldFact(string Key, DateOnly? Last);

    private static string Reference(DateOnly day, ref Prng random) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Year}-{random.Below(100_000_000):D8}");

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Iso(DateOnly? day) => day is { } d ? Iso(d) : null;
}
