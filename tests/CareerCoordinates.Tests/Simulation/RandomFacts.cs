using System.Globalization;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>
/// Random contents that fit a framework: values at and beside the bounds of its conditions, and days crowded enough that runs
/// touch, overlap and tie.
/// </summary>
internal sealed class RandomFacts(Framework framework, Random random)
{
    private readonly MilestoneType[] types =
    [
        .. framework.MilestoneTypes.Values.Where(t => t.Enabled).OrderBy(t => t.Code, StringComparer.Ordinal),
    ];

    public T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    public bool Chance(double probability) => random.NextDouble() < probability;

    public int Number(int from, int to) => random.Next(from, to + 1);

    /// <summary>One of a few dozen days of 2010 to 2027, or a day beside it.</summary>
    public DateOnly Day() => new DateOnly(2010 + random.Next(18), Pick([1, 4, 7]), 1).AddDays(random.Next(-1, 2));

    /// <summary>Mostly of types that give something.</summary>
    public MilestoneType Type()
    {
        var type = Pick(types);
        return type.Grants.Count > 0 || Chance(0.2) ? type : Pick(types);
    }

    public NaiveContent Content(MilestoneType type, Guid someWorker)
    {
        var occurredOn = Rough(Day());
        PartialDate? until = null;
        if (type.Period == MilestonePeriod.Term || (type.Period == MilestonePeriod.Open && Chance(0.4)))
        {
            var end = occurredOn.Last.AddDays(Pick([0, 1, 30, 365, 1_095]));
            until = Chance(0.2) ? Rough(end) : PartialDate.Day(end);
        }
        var attributes = type
            .Attributes.Where(a => a.Required || Chance(0.5))
            .Select(a => KeyValuePair.Create(a.Code, Value(type, a, someWorker)));
        return new NaiveContent(type.Code, occurredOn, until, null, AttributeSet.Of(attributes), Chance(0.2));
    }

    /// <summary>The day, or, of days long gone, sometimes only its month or year.</summary>
    private PartialDate Rough(DateOnly day) =>
        PartialDate.Parse(
            day.ToString(
                day.Year > 2024 || Chance(0.8) ? "yyyy-MM-dd"
                    : Chance(0.7) ? "yyyy-MM"
                    : "yyyy",
                CultureInfo.InvariantCulture
            )
        );

    private AttributeValue Value(MilestoneType type, AttributeDefinition attribute, Guid someWorker)
    {
        var asked = type
            .Grants.SelectMany(g => g.When.All)
            .Where(t => t.Attribute == attribute.Code)
            .SelectMany(t => t.Values)
            .ToList();
        return attribute.Type switch
        {
            AttributeType.Boolean => AttributeValue.Of(Chance(0.7)),
            AttributeType.Enum => AttributeValue.Of(Pick(attribute.Allowed).Code),
            AttributeType.Ref => AttributeValue.Of(someWorker.ToString()),
            AttributeType.Integer => AttributeValue.Of(Bounded(attribute, asked, 1)),
            AttributeType.Decimal => AttributeValue.Of(Bounded(attribute, asked, 0.1m)),
            _ => attribute.Format == AttributeFormat.OccupationCode ? AttributeValue.Of($"6-18-01-0{Number(1, 3)}")
            : asked.Count > 0 && Chance(0.7) ? Pick(asked)
            : AttributeValue.Of(Pick(["a", "b", "船"])),
        };
    }

    private decimal Bounded(AttributeDefinition attribute, List<AttributeValue> asked, decimal step)
    {
        var number = asked.Count > 0 && Chance(0.8) ? Pick(asked).Number + (step * Number(-1, 1)) : Number(1, 6);
        return number < attribute.Min ? attribute.Min.Value
            : number > attribute.Max ? attribute.Max.Value
            : number;
    }
}
