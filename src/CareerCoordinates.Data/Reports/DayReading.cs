using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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

    /// <summary>Standings that are read together.</summary>
    private const int Four = 4;
    private const int IntsOfStanding = 3;

    private readonly PopulationReading population;
    private readonly int day;
    private readonly DaysReading onDay;
    private readonly bool withRungs;

    /// <param name="withRungs">False: neither rungs nor levels are asked for.</param>
    public DayReading(PopulationReading population, DateOnly day, bool withRungs)
    {
        this.population = population;
        this.day = ReportDay.Of(day);
        this.withRungs = withRungs || population.AsksForLevel;
        onDay = new(population, this.day, this.day);
    }

    /// <summary>Each worker of a block, with what he counts; who does not count is absent.</summary>
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

    /// <summary>
    /// Row by row without a branch, which would be guessed wrong every other time, and added up from the first row on: what a worker has is the
    /// difference of two sums.
    /// </summary>
    // Apart, as are the sums: what is done for millions of rows is quicker by itself, where the processor's registers are its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReadPlaces(in KnownBlock known, Scratch scratch, Span<Member> members)
    {
        var affiliations = known.Affiliations;
        var workers = known.Workers;
        var starts = onDay.StartsOn(day);
        var sums = scratch.Sums(affiliations.All.Length + 1);
        AddUp(affiliations.All, sums[1..]);
        var (start, present) = (0, 0);
        for (var worker = 0; worker < members.Length && worker < workers.Length; worker++)
        {
            ref var member = ref members[worker];
            ref readonly var who = ref workers[worker];
            var end = affiliations.EndOf(worker);
            var sum = sums[end] - sums[start];
            member.Organization = Member.Absent;
            if (sum != 0 && DaysReading.Matches(who, starts))
            {
                var place = sum >> OneAt == 1 ? (int)sum : start + onDay.Place(affiliations.Of(worker), day);
                present += onDay.TryRead(who, affiliations.All[place], ref member) ? 1 : 0;
            }
            start = end;
        }
        return present;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddUp(ReadOnlySpan<ProjectedAffiliation> affiliations, Span<long> sums)
    {
        var (on, counts, occupations, sum) = (day, onDay.Counting.All, population.Occupations, 0L);
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
                    members[worker].Rungs = DaysReading.Held(population, standings.Of(worker), day);
                }
            }
            return;
        }
        var sums = scratch.Sums(standings.All.Length + 1);
        AddUp(standings.All, sums[1..]);
        var before = 0L;
        for (var worker = 0; worker < members.Length; worker++)
        {
            var sum = sums[standings.EndOf(worker)];
            members[worker].Rungs = new((ulong)(sum - before));
            before = sum;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddUp(ReadOnlySpan<ProjectedStanding> standings, Span<long> sums)
    {
        var (on, rungs) = (day, population.Rungs);
        var (i, sum) = Avx2.IsSupported ? AddUpFours(standings, sums) : default;
        for (; i < standings.Length && i < sums.Length; i++)
        {
            ref readonly var standing = ref standings[i];
            sum += (long)rungs[standing.Rung].Bits & standing.MaskOf(on);
            sums[i] = sum;
        }
    }

    /// <summary>The same of four standings at once, as long as there are four more.</summary>
    /// <returns>How many were added up, and what they came to.</returns>
    private (int Read, long Sum) AddUpFours(ReadOnlySpan<ProjectedStanding> standings, Span<long> sums)
    {
        var (on, rungs) = (Vector256.Create((long)day), population.Rungs);
        var (butFirst, butFirstTwo) = (Vector256.Create(0, -1L, -1L, -1L), Vector256.Create(0, 0, -1L, -1L));
        var all = MemoryMarshal.Cast<ProjectedStanding, int>(standings);
        var (i, before) = (0, Vector256<long>.Zero);
        for (; i <= standings.Length - Four; i += Four)
        {
            var four = standings.Slice(i, Four);
            var ints = all.Slice(IntsOfStanding * i, IntsOfStanding * Four);
            var mask = ProjectedStanding.MaskOf((Vector256.Create(ints), Vector256.Create(ints[Four..])), on);
            var held = Vector256.Create(
                rungs[four[0].Rung].Bits,
                rungs[four[1].Rung].Bits,
                rungs[four[2].Rung].Bits,
                rungs[four[3].Rung].Bits
            );
            var sum = held.AsInt64() & mask;
            // To each the one before it is added, and then the two before those.
            sum += Avx2.Permute4x64(sum, 0b10_01_00_00) & butFirst;
            sum += Avx2.Permute4x64(sum, 0b01_00_00_00) & butFirstTwo;
            sum += before;
            sum.CopyTo(sums[i..]);
            before = Avx2.Permute4x64(sum, 0b11_11_11_11);
        }
        return (i, before.ToScalar());
    }
}
