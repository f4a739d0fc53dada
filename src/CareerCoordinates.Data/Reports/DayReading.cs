using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A population on one day.</summary>
internal sealed class DayReading
{
    private readonly PopulationReading population;
    private readonly int day;
    private readonly bool[]? inside;
    private readonly int firstStart;
    private readonly int lastStart;

    /// <param name="forAll">True where it is worth asking every organisation first.</param>
    public DayReading(PopulationReading population, DateOnly day, bool forAll)
    {
        this.population = population;
        this.day = ReportDay.Of(day);
        Day = day;
        inside = forAll ? [.. Enumerable.Range(0, population.Tree.Count).Select(i => population.IsInside(i, this.day))] : null;
        (firstStart, lastStart) = population.CareerStartsOn(day);
    }

    public DateOnly Day { get; }

    /// <summary>Whether the worker counts, and with what.</summary>
    /// <param name="withRungs">False: neither his rungs nor his level are asked for.</param>
    public bool TryRead(Segment segment, int worker, Scratch scratch, ref Member member, bool withRungs = true) =>
        population.TryRead(segment, worker, scratch, out var known)
        && TryRead(known, ref member, withRungs || population.AsksForLevel);

    /// <summary>The order of the rung that he holds in a channel, 0 for none; -1 where he does not count.</summary>
    public int RungIn(int channel, in KnownWorker known, ref Member member)
    {
        if (population.AsksForLevel)
        {
            return TryRead(known, ref member, withRungs: true) ? member.Rungs[channel] : -1;
        }
        if (!TryPlace(known, ref member))
        {
            return -1;
        }
        var held = 0;
        foreach (ref readonly var standing in known.Standings)
        {
            ref readonly var rung = ref population.RungOf(standing);
            if (rung.Channel == channel)
            {
                held |= rung.Order & standing.MaskOf(day);
            }
        }
        return held;
    }

    private bool TryRead(in KnownWorker known, ref Member member, bool withRungs)
    {
        if (!TryPlace(known, ref member))
        {
            return false;
        }
        member.CareerStart = known.Worker.CareerStart;
        member.Gender = known.Worker.Gender;
        member.MigrantWorker = known.Worker.MigrantWorker;
        if (!withRungs)
        {
            return true;
        }
        member.Level = Hold(population, known.Standings, day, member.Rungs);
        return population.MatchesLevel(member.Level);
    }

    /// <summary>The highest level among the rungs held on a day.</summary>
    internal static int Hold(PopulationReading population, ReadOnlySpan<ProjectedStanding> standings, int day, Span<byte> rungs)
    {
        rungs.Clear();
        var level = 0;
        for (var i = 0; i < standings.Length; i++)
        {
            // Without a branch, which would be guessed wrong every other time. On one day a channel has one standing at most.
            ref readonly var standing = ref standings[i];
            var ifCovered = standing.MaskOf(day);
            ref readonly var rung = ref population.RungOf(standing);
            ref var held = ref rungs[rung.Channel];
            held = (byte)(held | (rung.Order & ifCovered));
            level = Math.Max(level, rung.Level & ifCovered);
        }
        return level;
    }

    /// <summary>Of the affiliations that count on the day the one that speaks for the worker: the primary one if it counts, else the earliest.</summary>
    private bool TryPlace(in KnownWorker known, ref Member member)
    {
        if (known.Worker.CareerStart < firstStart || known.Worker.CareerStart > lastStart)
        {
            return false;
        }
        var affiliations = known.Affiliations;
        var found = -1;
        for (var i = 0; i < affiliations.Length; i++)
        {
            ref readonly var affiliation = ref affiliations[i];
            if (
                affiliation.Covers(day)
                && (inside is null ? population.IsInside(affiliation.Organization, day) : inside[affiliation.Organization])
                && population.MatchesOccupation(affiliation)
                && (found < 0 || affiliation.ComesBefore(affiliations[found]))
            )
            {
                found = i;
            }
        }
        if (found < 0 || !population.MatchesForm(affiliations[found].Form))
        {
            return false;
        }
        member.Organization = affiliations[found].Organization;
        member.Form = affiliations[found].Form;
        member.Occupation = affiliations[found].Occupation;
        return true;
    }
}

/// <summary>What one thread uses again for each worker.</summary>
internal sealed class Scratch
{
    public List<ProjectedAffiliation> Affiliations { get; } = [];
    public List<ProjectedStanding> Standings { get; } = [];
    public List<ProjectedMilestone> Milestones { get; } = [];

    private byte[] rungs = new byte[8];
    private int[] values = new int[16];

    /// <summary>Numbers that are 0 until somebody writes there.</summary>
    public Span<int> Values(int count)
    {
        if (values.Length < count)
        {
            values = new int[count];
        }
        return values.AsSpan(0, count);
    }

    public Span<byte> Rungs(int channels)
    {
        if (rungs.Length < channels)
        {
            rungs = new byte[channels];
        }
        return rungs.AsSpan(0, channels);
    }
}
