using System.Globalization;

namespace CareerCoordinates.Api.Demo.Population;

/// <summary>
/// Writes whole lives. A life depends on the profile, the seed, the size of the population, today and its index only,
/// so lives can be made in any order and by several threads.
/// </summary>
/// <param name="workers">Size of the population; a worker's index says when he is registered.</param>
/// <param name="today">Last day of the simulated clock.</param>
public sealed class LifeGenerator(PopulationProfile profile, PopulationTree tree, ulong seed, int workers, DateOnly today)
{
    private readonly DateOnly start = StartOf(profile, today);

    /// <summary>First day of the simulated clock.</summary>
    public static DateOnly StartOf(PopulationProfile profile, DateOnly today) => today.AddYears(-profile.Registration.Years);

    public LifeScript Write(int index)
    {
        var random = new Prng(seed, (ulong)index);
        var kind = random.Weighted(profile.Lives, l => l.Share);
        var registered = RegisteredOn(index);
        var career = CareerStart(kind, registered, ref random);
        var birth = career.AddDays(-(int)(kind.StartAge.Draw(ref random) * GeneratedLife.DaysInYear));
        var female = random.Chance(kind.Female);
        var form = random.Weighted(kind.EmploymentForms, f => f.Weight).Value;
        var migrant = random.Chance(kind.Migrant);
        var life = new GeneratedLife(profile, tree, kind, registered, career, LastDay(birth, registered, ref random), today);
        var occupation = life.Employ(index, form, ref random);
        life.HaveFacts(new DrawContext(occupation, form, migrant), ref random);
        return new LifeScript(
            "P" + index.ToString("D7", CultureInfo.InvariantCulture),
            random.Weighted(profile.Names.Surnames, s => s.Weight).Value
                + random.Of(female ? profile.Names.Female : profile.Names.Male),
            registered,
            life.InOrder(),
            career,
            birth,
            female ? "female" : "male",
            migrant
        );
    }

    /// <summary>Registration days rise with the index, so that ids do too and rows are appended.</summary>
    private DateOnly RegisteredOn(int index)
    {
        var place = (index + 0.5) / workers;
        var registration = profile.Registration;
        var span = today.DayNumber - start.DayNumber - GeneratedLife.LongestDelay;
        var days =
            place < registration.AtStart
                ? place / registration.AtStart * registration.StartDays
                : registration.StartDays
                    + (place - registration.AtStart) / (1 - registration.AtStart) * (span - registration.StartDays);
        return start.AddDays((int)days);
    }

    private DateOnly CareerStart(LifeKind kind, DateOnly registered, ref Prng random)
    {
        var atStart = registered.DayNumber - start.DayNumber < profile.Registration.StartDays;
        if (!atStart && random.Chance(profile.Registration.Newcomers))
        {
            return registered.AddDays(-random.Below(120));
        }
        var years = random.Weighted(profile.Registration.CareerYears, c => c.Weight);
        var longest = profile.RetirementAge.From - kind.StartAge.To - 1;
        return registered.AddDays(-(int)(Math.Min(longest, random.Between(years.From, years.To)) * GeneratedLife.DaysInYear));
    }

    private DateOnly LastDay(DateOnly birth, DateOnly registered, ref Prng random)
    {
        var retirement = birth.AddDays((int)(profile.RetirementAge.Draw(ref random) * GeneratedLife.DaysInYear));
        if (random.Chance(profile.Leavers))
        {
            var leaves = registered.AddDays(200 + random.Below(3_000));
            return leaves < retirement ? leaves : retirement;
        }
        return retirement;
    }
}
