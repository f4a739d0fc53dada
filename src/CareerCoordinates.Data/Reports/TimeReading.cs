using System.Runtime.InteropServices;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>What a thread has found of one group: who had the event or was last seen without it, by days, and who is excluded.</summary>
internal sealed class GroupCells
{
    public Dictionary<int, (Cell Events, Cell Censored)> Times { get; } = [];

    public Cell Excluded { get; set; }

    public void Add(int days, bool isEvent, ulong recordKey)
    {
        ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(Times, days, out _);
        ref var cell = ref isEvent ? ref at.Events : ref at.Censored;
        cell = cell.With(recordKey);
    }

    public void Add(GroupCells other)
    {
        Excluded += other.Excluded;
        foreach (var (days, (events, censored)) in other.Times)
        {
            ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(Times, days, out _);
            at = (at.Events + events, at.Censored + censored);
        }
    }

    /// <param name="all">By the number of the group; null where nobody is in it.</param>
    public static void Add(GroupCells?[] all, GroupCells?[] part)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] is { } cells)
            {
                (all[i] ??= new()).Add(cells);
            }
        }
    }
}

/// <summary>
/// How long each worker took from the first day at a rung (or above it, below the second) to the first day at the second rung or above
/// (design §6). He is told apart by what was so on the start day; who came later, by his first affiliation.
/// </summary>
internal sealed class TimeReading
{
    /// <summary>In place of a day: all bits that a number above 0 has, so that a day together with it is none either.</summary>
    private const int Never = int.MaxValue;

    private readonly PopulationReading population;
    private readonly DimensionReading? dimension;
    private readonly int asOf;
    private readonly bool fromCareerStart;
    private readonly bool asksForRungs;
    private readonly CountingOrganizations inside;
    private readonly CountingOrganizations inScope;

    /// <summary>By the number of a rung 0 where it is counted from it, else <see cref="Never"/>.</summary>
    private readonly int[] notFrom;

    /// <summary>By the number of a rung 0 where who holds it has reached what is asked for, else <see cref="Never"/>.</summary>
    private readonly int[] notReached;

    public TimeReading(TimeQuestion question, PopulationReading population, ProjectedCodes codes)
    {
        this.population = population;
        dimension = question.GroupBy is { } grouping ? DimensionReading.Of(grouping, population, codes, question.AsOf) : null;
        asOf = ReportDay.Of(question.AsOf);
        fromCareerStart = question.FromRung is null;
        asksForRungs = population.AsksForLevel || question.GroupBy?.Dimension is Dimension.Level or Dimension.ChannelRung;
        (inside, inScope) = (population.InsideOn(0, asOf), population.InScopeOn(0, asOf));
        var (channel, from, to) = (question.Channel.Index, question.FromRung?.Order ?? Never, question.ToRung.Order);
        notFrom = [.. population.Rungs.Select(rung => rung[channel] >= from && rung[channel] < to ? 0 : Never)];
        notReached = [.. population.Rungs.Select(rung => rung[channel] >= to ? 0 : Never)];
    }

    /// <summary>How many groups there may be.</summary>
    public int Groups => dimension?.Size ?? 1;

    /// <summary>In which they are shown; null: there is one.</summary>
    public IComparer<int>? Order => dimension;

    public string CodeOf(int group) => dimension?.CodeOf(group) ?? "all";

    public void Visit(Block block, Scratch scratch, GroupCells?[] groups)
    {
        var known = population.Known(block, scratch);
        for (var worker = 0; worker < known.Count; worker++)
        {
            if (!known.Workers[worker].Voided)
            {
                Visit(known, worker, groups);
            }
        }
    }

    private void Visit(in KnownBlock known, int worker, GroupCells?[] groups)
    {
        var careerStart = known.Workers[worker].CareerStart;
        var standings = known.Standings.Of(worker);
        var (start, reached) = Days(standings, careerStart);
        var counted = Math.Min(start, reached);
        var affiliations = known.Affiliations.Of(worker);
        if (counted == Never || Place(affiliations, ref counted) is not (>= 0 and var place))
        {
            return;
        }
        var member = new Member
        {
            Organization = affiliations[place].Organization,
            Form = affiliations[place].Form,
            Occupation = affiliations[place].Occupation,
            CareerStart = careerStart,
        };
        if (asksForRungs)
        {
            member.Rungs = DaysReading.Held(population, standings, counted);
        }
        if (!population.MatchesForm(member.Form) || !population.MatchesLevel(member.Rungs) || !MatchesStart(careerStart, counted))
        {
            return;
        }
        var isExcluded = reached < start;
        var last = isExcluded ? 0 : LastDay(affiliations);
        var key = known.RecordKeys[worker];
        for (var i = 0; i < (dimension?.ValuesOfMember ?? 1); i++)
        {
            var cells = groups[dimension?.Of(member, counted, i) ?? 0] ??= new();
            if (isExcluded)
            {
                cells.Excluded = cells.Excluded.With(key);
            }
            else
            {
                cells.Add(Math.Min(reached, last) - start, isEvent: reached <= last, key);
            }
        }
    }

    /// <summary>
    /// The first day at the rung from which it is counted, and the first at the rung to be reached, by the day that is asked for.
    /// </summary>
    private (int Start, int Reached) Days(ReadOnlySpan<ProjectedStanding> standings, int careerStart)
    {
        var (start, reached) = (Never, Never);
        foreach (ref readonly var standing in standings)
        {
            var day = standing.From | (((asOf - standing.From) >> 31) & Never);
            start = Math.Min(start, day | notFrom[standing.Rung]);
            reached = Math.Min(reached, day | notReached[standing.Rung]);
        }
        if (fromCareerStart && careerStart != ProjectedWorker.NoCareerStart && careerStart <= asOf)
        {
            start = careerStart;
        }
        return (start, reached);
    }

    /// <summary>The affiliation that speaks for him on the day; else the first that begins later, and then its first day; -1 for none.</summary>
    private int Place(ReadOnlySpan<ProjectedAffiliation> affiliations, ref int day)
    {
        var (onDay, later) = (-1, -1);
        for (var i = 0; i < affiliations.Length; i++)
        {
            ref readonly var affiliation = ref affiliations[i];
            if (!population.MatchesOccupation(affiliation))
            {
                continue;
            }
            if (affiliation.Covers(day))
            {
                if (
                    inside.IsCounting(affiliation.Organization, day)
                    && (onDay < 0 || affiliation.ComesBefore(affiliations[onDay]))
                )
                {
                    onDay = i;
                }
            }
            else if (
                affiliation.From > day
                && affiliation.From <= asOf
                && inside.IsCounting(affiliation.Organization, affiliation.From)
                && (
                    later < 0
                    || affiliation.From < affiliations[later].From
                    || (affiliation.From == affiliations[later].From && affiliation.ComesBefore(affiliations[later]))
                )
            )
            {
                later = i;
            }
        }
        if (onDay < 0 && later >= 0)
        {
            day = affiliations[later].From;
        }
        return onDay < 0 ? later : onDay;
    }

    private int LastDay(ReadOnlySpan<ProjectedAffiliation> affiliations)
    {
        var last = -1;
        foreach (ref readonly var affiliation in affiliations)
        {
            var end = Math.Min(affiliation.End, asOf + 1);
            last = Math.Max(last, inScope.LastDay(affiliation.Organization, affiliation.From, end));
        }
        return last;
    }

    private bool MatchesStart(int careerStart, int day)
    {
        if (!population.AsksForStart)
        {
            return true;
        }
        var (first, last) = population.CareerStartsOn(ReportDay.Read(day));
        return careerStart >= first && careerStart <= last;
    }
}
