using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A population on any of several days, worker by worker: where few are asked for a day. Safe for several threads.</summary>
internal sealed class DaysReading
{
    private readonly PopulationReading population;
    private readonly int first;

    /// <summary>The first and the last career start that match on each of the days; null where the career start does not matter.</summary>
    private readonly (int First, int Last)[]? starts;

    /// <param name="last">Included, as is <paramref name="first"/>.</param>
    public DaysReading(PopulationReading population, int first, int last)
    {
        this.population = population;
        this.first = first;
        Counting = population.InsideOn(first, last);
        if (population.AsksForStart)
        {
            starts =
            [
                .. Enumerable
                    .Range(first, Math.Max(0, last - first + 1))
                    .Select(day => population.CareerStartsOn(ReportDay.Read(day))),
            ];
        }
    }

    /// <summary>Which organisations count on the days.</summary>
    public CountingOrganizations Counting { get; }

    /// <summary>Whether a worker of a block counts.</summary>
    /// <param name="day">One of the days.</param>
    public bool Counts(in KnownBlock known, int worker, int day)
    {
        if (population.AsksForLevel)
        {
            var member = new Member();
            return TryRead(known, worker, day, ref member, andRungs: true);
        }
        var affiliations = known.Affiliations.Of(worker);
        return Matches(known.Workers[worker], day)
            && Place(affiliations, day) is >= 0 and var place
            && population.MatchesForm(affiliations[place].Form);
    }

    /// <summary>Whether a worker of a block counts, and with what.</summary>
    /// <param name="day">One of the days.</param>
    /// <param name="andRungs">False: neither rungs nor levels are asked for.</param>
    public bool TryRead(in KnownBlock known, int worker, int day, ref Member member, bool andRungs)
    {
        var affiliations = known.Affiliations.Of(worker);
        if (
            !Matches(known.Workers[worker], day)
            || Place(affiliations, day) is not (>= 0 and var place)
            || !TryRead(known.Workers[worker], affiliations[place], ref member)
        )
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

    /// <summary>Whether a worker may count on a day, as far as it is not for his affiliations or rungs to say.</summary>
    public bool Matches(in ProjectedWorker worker, int day) => Matches(worker, StartsOn(day));

    /// <inheritdoc cref="Matches(in ProjectedWorker, int)"/>
    /// <param name="starts">Of the day, as <see cref="StartsOn"/> says.</param>
    public static bool Matches(in ProjectedWorker worker, (int First, int Last) starts) =>
        !worker.Voided && worker.CareerStart >= starts.First && worker.CareerStart <= starts.Last;

    /// <summary>The first and the last career start that match on a day.</summary>
    public (int First, int Last) StartsOn(int day) => starts?[day - first] ?? (int.MinValue, int.MaxValue);

    /// <summary>The worker with the affiliation that speaks for him; false where it lets him not count.</summary>
    public bool TryRead(in ProjectedWorker worker, in ProjectedAffiliation affiliation, ref Member member)
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

    /// <summary>Of the affiliations that count on a day the one that speaks for the worker: the primary one if it counts, else the earliest; -1 where none does.</summary>
    public int Place(ReadOnlySpan<ProjectedAffiliation> affiliations, int day)
    {
        var found = -1;
        for (var i = 0; i < affiliations.Length; i++)
        {
            ref readonly var affiliation = ref affiliations[i];
            if (
                affiliation.Covers(day)
                && Counting.IsCounting(affiliation.Organization, day)
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
