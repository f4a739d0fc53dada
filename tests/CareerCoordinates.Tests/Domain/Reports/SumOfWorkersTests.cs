using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Tests.Domain.Reports;

public class SumOfWorkersTests
{
    private static readonly Guid Ma = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Li = new("00000000-0000-0000-0000-000000000002");
    private static readonly Guid Wu = new("00000000-0000-0000-0000-000000000003");

    [Test]
    public void EachWorker_IsCountedOnce_AndTheLargestIsAllThatIsHis()
    {
        var sum = new SumOfWorkers();
        Assert.That((sum.Workers.Count, sum.Sum, sum.Largest), Is.EqualTo((0, 0m, 0m)));
        sum.Add(Ma, 1, 3);
        sum.Add(Ma, 1, 4);
        Assert.That(sum.Largest, Is.EqualTo(7));
        sum.Add(Li, 2, -2);
        sum.Add(Li, 2, -9);
        sum.Add(Wu, 4, 0);

        Assert.That((sum.Workers, sum.Sum, sum.Largest), Is.EqualTo((new Cell(3, 7), -4m, 11m)));
    }

    [Test]
    public void TwoSums_OfDifferentWorkers_AreOne()
    {
        var (all, others) = (new SumOfWorkers(), new SumOfWorkers());
        all.Add(Ma, 1, 3);
        others.Add(Li, 2, 5);
        others.Add(Li, 2, 1);
        others.Add(Wu, 4, 2);

        all.Add(others);
        Assert.That((all.Workers, all.Sum, all.Largest), Is.EqualTo((new Cell(3, 7), 11m, 6m)));

        all.Add(new SumOfWorkers());
        Assert.That((all.Workers, all.Sum, all.Largest), Is.EqualTo((new Cell(3, 7), 11m, 6m)));
    }

    [Test]
    public void AThingOfSeveral_IsOne_AndNobodysAlone()
    {
        var things = new ThingsOfWorkers();
        Assert.That((things.Count, things.Largest), Is.EqualTo((0, 0)));
        things.Add(Ma, "a");
        things.Add(Ma, "a");
        things.Add(Ma, "b");
        things.Add(Li, "b");
        things.Add(Wu, "b");
        Assert.That((things.Count, things.Largest), Is.EqualTo((2, 1)), "without Ma there would be no a");
        things.Add(Wu, "c");
        things.Add(Wu, "d");

        Assert.That((things.Count, things.Largest), Is.EqualTo((4, 2)));
    }
}
