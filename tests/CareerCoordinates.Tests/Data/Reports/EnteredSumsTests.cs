using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data.Reports;

/// <summary>What the organisations of a subtree entered for a year, added up, as known at an instant.</summary>
[BothEngines]
public class EnteredSumsTests(TestEngine engine)
{
    private static readonly ReportingYear Year = new(YearKind.Calendar, 2025);
    private static readonly Scope Everything = new(true, []);

    [Test]
    public async Task Sum_IsOfTheFigureOfThatYear_WithHowManyEnteredIt()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var (root, east, west) = await TreeAsync(test);
        await test.AddEnteredFigureAsync(root, "days", 1);
        await test.AddEnteredFigureAsync(east, "days", 20);
        await test.AddEnteredFigureAsync(west, "days", 300);
        await test.AddEnteredFigureAsync(west, "relief", 0.01m);
        await test.AddEnteredFigureAsync(east, "relief", 1_000_000_000_000m);
        await test.AddEnteredFigureAsync(east, "days", 7, year: 2024);
        await test.AddEnteredFigureAsync(east, "days", 9, kind: YearKind.October);

        Assert.That(Sums(test, Everything), Is.EqualTo("days 321 of 3, relief 1000000000000.01 of 2"));
        Assert.That(Sums(test, new Scope(false, [root])), Is.EqualTo("days 321 of 3, relief 1000000000000.01 of 2"));
        Assert.That(Sums(test, new Scope(false, [west])), Is.EqualTo("days 300 of 1, relief 0.01 of 1"));
        Assert.That(Sums(test, new Scope(false, [east, west])), Is.EqualTo("days 320 of 2, relief 1000000000000.01 of 2"));
        Assert.That(Sums(test, new Scope(false, [])), Is.Empty);
        Assert.That(Sums(test, Everything, new(YearKind.Calendar, 2024)), Is.EqualTo("days 7 of 1"));
        Assert.That(Sums(test, Everything, new(YearKind.October, 2025)), Is.EqualTo("days 9 of 1"));
        Assert.That(
            test.Store.Reader.InSnapshot(c => c.SumsAt(o => o == root || o == west, Year, Instant.Never))
                .Select(s => (s.Indicator, s.Figure, s.Sum, s.Organizations.Count)),
            Is.EqualTo([("storms", "days", 301m, 2), ("storms", "relief", 0.01m, 1)])
        );
    }

    [Test]
    public async Task Sum_AsKnownBefore_StaysWhatItWas()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var (_, east, west) = await TreeAsync(test);
        var first = await test.AddEnteredFigureAsync(east, "days", 20);
        var other = await test.AddEnteredFigureAsync(west, "days", 300);
        var corrected = await NextAsync(test, first.Id, r => r.Content with { Number = 21 });
        var voided = await NextAsync(test, other.Id, null);

        Assert.That(SumsAt(first.RecordedAt.PlusMicroseconds(-1)), Is.Empty);
        Assert.That(SumsAt(first.RecordedAt), Is.EqualTo("days 20 of 1"));
        Assert.That(SumsAt(other.RecordedAt), Is.EqualTo("days 320 of 2"));
        Assert.That(SumsAt(corrected.RecordedAt), Is.EqualTo("days 321 of 2"));
        Assert.That(SumsAt(voided.RecordedAt), Is.EqualTo("days 21 of 1"));

        string SumsAt(Instant knownAt) => Sums(test, Everything, knownAt: knownAt);
    }

    [Test]
    public async Task Sum_OfASubtree_IsByTheTreeOfTheLastDayOfTheYear_WithoutVoidedOrganizations()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var (root, east, west) = await TreeAsync(test);
        var pier = await test.AddOrganizationAsync("Pier", east);
        await test.AddEnteredFigureAsync(pier, "days", 5, year: 2024);
        await test.AddEnteredFigureAsync(pier, "days", 6);
        var before = test.Store.Clock.Newest;
        await test.Store.Gate.RunAsync<bool>(tx =>
        {
            var newest = tx.LockOrganization(pier)[^1];
            var moved = newest.Content with { ParentId = west, From = new DateOnly(2025, 12, 31) };
            tx.Add(newest.Next(moved, "moved", tx.RecordedAt, "local"));
            return true;
        });

        Assert.That(Sums(test, new Scope(false, [east]), new(YearKind.Calendar, 2024)), Is.EqualTo("days 5 of 1"));
        Assert.That(Sums(test, new Scope(false, [east])), Is.Empty);
        Assert.That(Sums(test, new Scope(false, [west])), Is.EqualTo("days 6 of 1"));
        Assert.That(Sums(test, new Scope(false, [east]), knownAt: before), Is.EqualTo("days 6 of 1"), "as it was known then");

        await test.Store.Gate.RunAsync<bool>(tx =>
        {
            tx.Add(tx.LockOrganization(pier)[^1].Void("never was", tx.RecordedAt, "local"));
            return true;
        });
        Assert.That(Sums(test, new Scope(false, [root])), Is.Empty);
        Assert.That(Sums(test, Everything), Is.Empty);
        Assert.That(Sums(test, Everything, knownAt: before), Is.EqualTo("days 6 of 1"));
    }

    private static async Task<(Guid Root, Guid East, Guid West)> TreeAsync(TestStore test)
    {
        var root = await test.AddOrganizationAsync("Harbour");
        return (root, await test.AddOrganizationAsync("East", root), await test.AddOrganizationAsync("West", root));
    }

    /// <summary>Corrects the figure, or voids it.</summary>
    private static async Task<Revision<EnteredFigureContent>> NextAsync(
        TestStore test,
        Guid id,
        Func<Revision<EnteredFigureContent>, EnteredFigureContent>? correct
    )
    {
        var outcome = await test.Store.Gate.RunAsync<Revision<EnteredFigureContent>>(tx =>
        {
            var newest = tx.LockEnteredFigure(id)[^1];
            var next = correct is null
                ? newest.Void("never was", tx.RecordedAt, "local")
                : newest.Next(correct(newest), "counted again", tx.RecordedAt, "local");
            tx.Add(next);
            return next;
        });
        return outcome.Value;
    }

    private static string Sums(TestStore test, Scope scope, ReportingYear? year = null, Instant? knownAt = null) =>
        string.Join(
            ", ",
            test.Store.Reader.InSnapshot(c => c.SumsAt(scope, year ?? Year, knownAt ?? Instant.Never))
                .Select(s => FormattableString.Invariant($"{s.Figure} {s.Sum} of {s.Organizations.Count}"))
        );
}
