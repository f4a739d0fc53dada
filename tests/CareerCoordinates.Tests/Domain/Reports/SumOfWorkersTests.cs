using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Tests.Domain.Reports;

public class SumOfWorkersTests
{
    private const ulong Ma = 1;
    private const ulong Li = 2;
    private const ulong Wu = 4;

    [Test]
    public void EachWorker_IsCountedOnce_AndTheLargestIsAllThatIsHis()
    {
        var sum = new SumOfWorkers();
        Assert.That((sum.Workers.Count, sum.Sum, sum.Largest), Is.EqualTo((0, 0m, 0m)));
        sum.Add(One(Ma), 3);
        sum.Add(One(Ma), 4);
        Assert.That(sum.Largest, Is.EqualTo(7));
        sum.Add(One(Li), -2);
        sum.Add(One(Li), -9);
        sum.Add(One(Wu), 0);

        Assert.That((sum.Workers, sum.Sum, sum.Largest), Is.EqualTo((new Cell(3, 7), -4m, 11m)));
    }

    [Test]
    public void TwoSums_OfDifferentWorkers_AreOne()
    {
        var (all, others) = (new SumOfWorkers(), new SumOfWorkers());
        all.Add(One(Ma), 3);
        others.Add(One(Li), 5);
        others.Add(One(Li), 1);
        others.Add(One(Wu), 2);

        all.Add(others);
        Assert.That((all.Workers, all.Sum, all.Largest), Is.EqualTo((new Cell(3, 7), 11m, 6m)));

        all.Add(new SumOfWorkers());
        Assert.That((all.Workers, all.Sum, all.Largest), Is.EqualTo((new Cell(3, 7), 11m, 6m)));
    }

    [Test]
    public void WorkersWhoAreAlike_GiveTheSameEach()
    {
        var sum = new SumOfWorkers();
        sum.Add(new Cell(3, 7), 2);
        sum.Add(new Cell(3, 7), 0.5m);
        sum.Add(One(8), 1);

        Assert.That((sum.Workers, sum.Sum, sum.Largest), Is.EqualTo((new Cell(4, 15), 8.5m, 2.5m)));
    }

    [Test]
    public void AThing_IsTheSameByTheSameValues_InWhateverOrder()
    {
        var thing = new Thing().With(0, 5).With(1, 6);

        Assert.That(new Thing().With(1, 6).With(0, 5), Is.EqualTo(thing));
        Assert.That(
            new[]
            {
                thing,
                new Thing().With(0, 6).With(1, 5),
                new Thing().With(0, 5),
                new Thing().With(1, 6),
                new Thing().With(1, 5),
                new(),
            },
            Is.Unique
        );
    }

    [Test]
    public void Things_OfNeighbouringValues_AreAllTold()
    {
        var things = Enumerable
            .Range(0, 300)
            .SelectMany(i => Enumerable.Range(0, 300).Select(j => new Thing().With(0, (ulong)i).With(1, (ulong)j)));

        Assert.That(things.Distinct().Count(), Is.EqualTo(90_000));
    }

    [Test]
    public void AThingOfSeveral_IsOne_AndNobodysAlone()
    {
        var things = new ThingsOfWorkers();
        Assert.That((things.Count, things.Largest), Is.EqualTo((0, 0)));
        things.Add(Ma, Called('a'));
        things.Add(Ma, Called('a'));
        things.Add(Ma, Called('b'));
        things.Add(Li, Called('b'));
        things.Add(Wu, Called('b'));
        Assert.That((things.Count, things.Largest), Is.EqualTo((2, 1)), "without Ma there would be no a");
        things.Add(Wu, Called('c'));
        things.Add(Wu, Called('d'));

        Assert.That((things.Count, things.Largest), Is.EqualTo((4, 2)));
    }

    private static Cell One(ulong key) => new(1, key);

    private static Thing Called(char name) => new Thing().With(0, name);
}
