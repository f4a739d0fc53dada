using System.Runtime.CompilerServices;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A population on one day.</summary>
internal sealed class DayReading
{
    /// <summary>In a sum of affiliations one that counts; below it there is room for the sum of their places.</summary>
    private const long One = 1L << 32;
    private const int OneAt = 32;

    /// <summary>Where fewer than one worker out of these counts, the rungs of each are looked up by themselves.</summary>
    private const int ManyWorkers = 4;

    private readonly PopulationReading population;
    private readonly int day;

    private readonly CountingOrganizations counting;
    private readonly int firstStart;
    private readonly int lastStart;
    private readonly bool withRungs;

    /// <param name="counting">On this day, or on several of which this is one.</param>
    /// <param name="withRungs">False: neither rungs nor levels are asked for.</param>
    public DayReading(PopulationReading population, DateOnly day, CountingOrganizations counting, bool withRungs)
    {
        this.population = population;
        this.day = ReportDay.Of(day);
        this.withRungs = withRungs || population.AsksForLevel;
        this.counting = counting;
        (firstStart, lastStart) = population.CareerStartsOn(day);
    }

    /// <summary>Each worker of a block, with what he counts; who does not count is absent. Not for one of several days.</summary>
    public ReadOnlySpan<Member> Read(in KnownBlock known, Scratch scratch)
    {
        var members = scratch.MembersOn(this).AsSpan(0, known.Count);
        var present = ReadPlaces(known, scratch, members);
        if (withRungs)
        {
            ReadRungs(known, scratch, members, present);
        }
        if (population.AsksForLevel)
        {
            foreach (ref var member in members)
            {
                member.Organization = population.MatchesLevel(member.Rungs) ? member.Organization : Member.Absent;
            }
        }
        return members;
    }

    /// <summary>Whether one worker of a block counts, and with what: where few are asked for a day.</summary>
    public bool TryRead(in KnownBlock known, int worker, ref Member member, bool andRungs)
    {
        var affiliations = known.Affiliations.Of(worker);
        if (!Matches(known.Workers[worker]) || Place(affiliations) is not (>= 0 and var place))
        {
            return false;
        }
        if (!TryRead(known.Workers[worker], affiliations[place], ref member))
        {
            return false;
        }
        if (andRungs || population.AsksForLevel)
        {
            member.Rungs = Held(population, known.Standings.Of(worker), day);
        }
        return !population.AsksForLevel || population.MatchesLevel(member.Rungs);
    }

    /// <summary>The rungs held on a day.</summary>
    public static HeldRungs Held(PopulationReading population, ReadOnlySpan<ProjectedStanding> standings, int day)
    {
        var held = 0UL;
        foreach (ref readonly var standing in standings)
        {
            // On one day a channel has one standing at most.
            held |= population.Rungs[standing.Rung].Bits & (ulong)(long)standing.MaskOf(day);
        }
        return new(held);
    }

    /// <summary>
    /// Row by row without a branch, which would be guessed wrong every other time, and added up from the first row on: what a worker has is the
    /// difference of two sums.
    /// </summary>
    private int ReadPlaces(in KnownBlock known, Scratch scratch, Span<Member> members)
    {
        var affiliations = known.Affiliations;
        var sums = scratch.Sums(affiliations.All.Length + 1);
        AddUp(affiliations.All, sums[1..]);
        var present = 0;
        for (var worker = 0; worker < members.Length; worker++)
        {
            ref var member = ref members[worker];
            var start = affiliations.StartOf(worker);
            var sum = sums[affiliations.StartOf(worker + 1)] - sums[start];
            member.Organization = Member.Absent;
            if (sum != 0 && Matches(known.Workers[worker]))
            {
                var place = sum >> OneAt == 1 ? (int)sum : start + Place(affiliations.Of(worker));
                present += TryRead(known.Workers[worker], affiliations.All[place], ref member) ? 1 : 0;
            }
        }
        return present;
    }

    // Apart, as are the other sums: what is done for millions of rows is quicker by itself.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddUp(ReadOnlySpan<ProjectedAffiliation> affiliations, Span<long> sums)
    {
        var (on, counts, occupations, sum) = (day, counting.All, population.Occupations, 0L);
        for (var i = 0; i < affiliations.Length && i < sums.Length; i++)
        {
            ref readonly var affiliation = ref affiliations[i];
            var mask = affiliation.MaskOf(on) & (int)counts[affiliation.Organization] & (int)occupations[affiliation.Occupation];
            sum += (One + i) & mask;
            sums[i] = sum;
        }
    }

    private void ReadRungs(in KnownBlock known, Scratch scratch, Span<Member> members, int present)
    {
        var standings = known.Standings;
        if (present < members.Length / ManyWorkers)
        {
            for (var worker = 0; worker < members.Length; worker++)
            {
                if (members[worker].IsPresent)
                {
                    members[worker].Rungs = Held(population, standings.Of(worker), day);
                }
            }
            return;
        }
        var sums = scratch.Sums(standings.All.Length + 1);
        AddUp(standings.All, sums[1..]);
        for (var worker = 0; worker < members.Length; worker++)
        {
            members[worker].Rungs = new((ulong)(sums[standings.StartOf(worker + 1)] - sums[standings.StartOf(worker)]));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddUp(ReadOnlySpan<ProjectedStanding> standings, Span<long> sums)
    {
        var (on, rungs, sum) = (day, population.Rungs, 0L);
        for (var i = 0; i < standings.Length && i < sums.Length; i++)
        {
            ref readonly var standing = ref standings[i];
            sum += (long)rungs[standing.Rung].Bits & standing.MaskOf(on);
            sums[i] = sum;
        }
    }

    private bool Matches(in ProjectedWorker worker) =>
        !worker.Voided && worker.CareerStart >= firstStart && worker.CareerStart <= lastStart;

    private bool TryRead(in ProjectedWorker worker, in ProjectedAffiliation affiliation, ref Member member)
    {
        if (!population.MatchesForm(affiliation.Form))
        {
            return false;
        }
        member.Organization = affiliation.Organization;
        member.Form = affiliation.Form;
        member.Occupation = affiliation.Occupation;
        member.CareerStart = worker.CareerStart;
        member.Gender = worker.Gender;
        member.MigrantWorker = worker.MigrantWorker;
        return true;
    }

    /// <summary>Of the affiliations that count on the day the one that speaks for the worker: the primary one if it counts, else the earliest; -1 where none does.</summary>
    private int Place(ReadOnlySpan<ProjectedAffiliation> affiliations)
    {
        var found = -1;
        for (var i = 0; i < affiliations.Length; i++)
        {
            ref readonly var affiliation = ref affiliations[i];
            if (
                affiliation.Covers(day)
                && counting.IsCounting(affiliation.Organization, day)
                && population.MatchesOccupation(affiliation)
                && (found < 0 || affiliation.ComesBefore(affiliations[found]))
            )
            {
                found = i;
            }
        }
        return found;
    }
}
