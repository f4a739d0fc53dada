using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using static CareerCoordinates.Tests.Domain.Grid.Ladders;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>What holds of the fold for every life.</summary>
[TestFixture]
public sealed class FoldProperties
{
    private static readonly DateOnly CareerStart = new(2020, 2, 20);

    [Test]
    public void Coordinate_OnEveryDay_IsWhatADayByDayLookSays() =>
        Histories.Check(life =>
        {
            var oracles = Framework.Channels.Select(c => new DayByDay(c, life, Histories.Origin, Histories.Days)).ToList();
            for (var day = 0; day < Histories.Days; day++)
            {
                var coordinate = CoordinateOn(life, day);
                var expected = oracles.Select(o => o.On(day)).ToList();
                Assert.That(
                    coordinate.Channels.SequenceEqual(expected),
                    () => $"{day}: {Text(coordinate)}, not {Text(expected)}"
                );
                Assert.That(coordinate.Level == expected.Max(p => p.Rung?.Level ?? 0));
            }
        });

    [Test]
    public void Standings_AreTheRunsOfADayByDayLook() =>
        Histories.Check(life =>
        {
            var runs = new List<string>();
            foreach (var channel in Framework.Channels)
            {
                var highest = new DayByDay(channel, life, Histories.Origin, Histories.Days).Highest;
                var from = 0;
                for (var day = 1; day <= highest.Count; day++)
                {
                    if (day == highest.Count || highest[day] != highest[from])
                    {
                        if (highest[from] > 0)
                        {
                            runs.Add($"{channel.Rungs[highest[from] - 1].Code} {from} {day}");
                        }
                        from = day;
                    }
                }
            }

            var standings = CareerGrid
                .Standings(Framework, life)
                .Where(s => DayNumber(s.Period.From) < Histories.Days)
                .Select(s => $"{s.Rung.Code} {DayNumber(s.Period.From)} {Math.Min(DayNumber(s.Period.End), Histories.Days)}");

            Assert.That(standings, Is.EqualTo(runs));
        });

    [Test]
    public void Arrival_InAnyOrder_GivesTheSameCoordinates() =>
        Histories.Check(life =>
        {
            var reversed = life.Reverse().ToList();
            var rotated = life.Skip(life.Count / 2).Concat(life.Take(life.Count / 2)).ToList();
            for (var day = 0; day < Histories.Days; day += 5)
            {
                var expected = CoordinateOn(life, day).Channels;
                Assert.That(CoordinateOn(reversed, day).Channels.SequenceEqual(expected));
                Assert.That(CoordinateOn(rotated, day).Channels.SequenceEqual(expected));
            }
        });

    [Test]
    public void Arrival_UnderOtherIds_NamesAFactOfTheSameContent() =>
        Histories.Check(life =>
        {
            var renumbered = life.Select((f, i) => f with { Id = IdOf(100 - i) }).ToList();
            for (var day = 0; day < Histories.Days; day += 5)
            {
                foreach (var (a, b) in CoordinateOn(life, day).Channels.Zip(CoordinateOn(renumbered, day).Channels))
                {
                    Assert.That(b with { MilestoneId = a.MilestoneId } == a);
                    Assert.That(Content(renumbered, b.MilestoneId) == Content(life, a.MilestoneId));
                }
            }
        });

    [Test]
    public void Void_UndoesExactlyItsGrants() =>
        Histories.Check(life =>
        {
            foreach (var voided in life.Take(3))
            {
                var without = life.Where(f => f.Id != voided.Id).ToList();
                var own = CareerGrid.Standings(Framework, [voided]);
                for (var day = 0; day < Histories.Days; day += 3)
                {
                    foreach (var (with, left) in CoordinateOn(life, day).Channels.Zip(CoordinateOn(without, day).Channels))
                    {
                        var date = Histories.Origin.AddDays(day);
                        var granted = own.SingleOrDefault(s => s.Channel == with.Channel && s.Period.Contains(date))?.Rung;
                        var higher = Math.Max(granted?.Order ?? 0, left.Rung?.Order ?? 0);
                        Assert.That((with.Rung?.Order ?? 0) == higher);
                        if (!own.Any(s => s.Channel == with.Channel))
                        {
                            Assert.That(left == with);
                        }
                    }
                }
            }
        });

    private static Coordinate CoordinateOn(IReadOnlyList<CountingMilestone> life, int day) =>
        CareerGrid.CoordinateOn(Framework, CareerStart, life, Histories.Origin.AddDays(day));

    private static int DayNumber(DateOnly day) => day.DayNumber - Histories.Origin.DayNumber;

    private static string Text(Coordinate coordinate) => $"{coordinate.Stage} {coordinate.Level} {Text(coordinate.Channels)}";

    private static string Text(IEnumerable<ChannelPosition> positions) =>
        string.Join(
            "; ",
            positions.Select(p => $"{p.Rung?.Code} {p.Since:O} {p.HeldSince:O} {p.MilestoneId} {p.HighestReached?.Code}")
        );

    /// <summary>What the choice among several givers looks at before the id.</summary>
    private static string? Content(IReadOnlyList<CountingMilestone> life, Guid? id) =>
        life.SingleOrDefault(f => f.Id == id) is { } f
            ? $"{f.OccurredOn} {f.InForce.End:O} {f.Type} {f.Attributes.CanonicalJson}"
            : null;
}
