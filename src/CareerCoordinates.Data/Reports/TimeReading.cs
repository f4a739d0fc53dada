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
internal sealed class TimeReading(TimeQuestion question, PopulationReading population, ProjectedCodes codes)
{
    private readonly DimensionReading? dimension = question.GroupBy is { } grouping
        ? DimensionReading.Of(grouping, population, codes, question.AsOf)
        : null;
    private readonly int asOf = ReportDay.Of(question.AsOf);
    private readonly int channel = question.Channel.Index;
    private readonly bool asksForRungs =
        population.AsksForLevel || question.GroupBy?.Dimension is Dimension.Level or Dimension.ChannelRung;

    /// <summary>How many groups there may be.</summary>
    public int Groups => dimension?.Size ?? 1;

    public string CodeOf(int group) => dimension?.CodeOf(group) ?? "all";

    public void Visit(Segment segment, int worker, Scratch scratch, GroupCells?[] groups)
    {
        if (!population.TryRead(segment, worker, scratch, out var known))
        {
            return;
        }
        var careerStart = known.Worker.CareerStart;
        var standings = known.Standings;
        var (start, reached) = Days(standings, careerStart);
        var isExcluded = reached is { } day && (start is not { } from || day < from);
        if ((isExcluded ? reached : start) is not { } counted)
        {
            return;
        }
        var affiliations = known.Affiliations;
        if (Place(affiliations, ref counted) is not { } place)
        {
            return;
        }
        var member = new Member
        {
            Rungs = scratch.Rungs(population.Channels),
            Organization = place.Organization,
            Form = place.Form,
            Occupation = place.Occupation,
            CareerStart = careerStart,
        };
        if (asksForRungs)
        {
            member.Level = DayReading.Hold(population, standings, counted, member.Rungs);
        }
        if (!population.MatchesForm(place.Form) || !population.MatchesLevel(member.Level) || !MatchesStart(careerStart, counted))
        {
            return;
        }
        var key = segment.RecordKeys[worker];
        for (var i = 0; i < (dimension?.ValuesOfMember ?? 1); i++)
        {
            var cells = groups[dimension?.Of(member, counted, i) ?? 0] ??= new();
            if (isExcluded)
            {
                cells.Excluded = cells.Excluded.With(key);
                continue;
            }
            var last = LastDay(affiliations);
            var isEvent = reached is { } at && at <= last;
            cells.Add((isEvent ? reached!.Value : last) - start!.Value, isEvent, key);
        }
    }

    /// <summary>The first day at the rung from which it is counted, and the first at the rung to be reached, by the day that is asked for.</summary>
    private (int? Start, int? Reached) Days(ReadOnlySpan<ProjectedStanding> standings, int careerStart)
    {
        int? start = null;
        int? reached = null;
        foreach (ref readonly var standing in standings)
        {
            ref readonly var rung = ref population.RungOf(standing);
            if (rung.Channel != channel || standing.From > asOf)
            {
                continue;
            }
            var order = rung.Order;
            if (order >= question.ToRung.Order)
            {
                reached = Math.Min(reached ?? int.MaxValue, standing.From);
            }
            else if (question.FromRung is { } from && order >= from.Order)
            {
                start = Math.Min(start ?? int.MaxValue, standing.From);
            }
        }
        if (question.FromRung is null && careerStart != ProjectedWorker.NoCareerStart && careerStart <= asOf)
        {
            start = careerStart;
        }
        return (start, reached);
    }

    /// <summary>The affiliation that speaks for him on the day; else the first that begins later, and then its first day.</summary>
    private ProjectedAffiliation? Place(ReadOnlySpan<ProjectedAffiliation> affiliations, ref int day)
    {
        ProjectedAffiliation? onDay = null;
        ProjectedAffiliation? later = null;
        foreach (ref readonly var affiliation in affiliations)
        {
            if (!population.MatchesOccupation(affiliation))
            {
                continue;
            }
            if (affiliation.Covers(day))
            {
                if (
                    population.IsInside(affiliation.Organization, day)
                    && (onDay is not { } found || affiliation.ComesBefore(found))
                )
                {
                    onDay = affiliation;
                }
            }
            else if (
                affiliation.From > day
                && affiliation.From <= asOf
                && population.IsInside(affiliation.Organization, affiliation.From)
                && (
                    later is not { } first
                    || affiliation.From < first.From
                    || (affiliation.From == first.From && affiliation.ComesBefore(first))
                )
            )
            {
                later = affiliation;
            }
        }
        if (onDay is null && later is { } comes)
        {
            day = comes.From;
        }
        return onDay ?? later;
    }

    private int LastDay(ReadOnlySpan<ProjectedAffiliation> affiliations)
    {
        var last = -1;
        foreach (ref readonly var affiliation in affiliations)
        {
            last = Math.Max(
                last,
                population.LastInScope(affiliation.Organization, affiliation.From, Math.Min(affiliation.End, asOf + 1))
            );
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
