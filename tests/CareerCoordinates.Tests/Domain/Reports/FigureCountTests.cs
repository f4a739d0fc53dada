using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.Reports;

/// <summary>What a figure counts of facts, with the small framework.</summary>
public class FigureCountTests
{
    private static readonly Framework Harbour = TestFrameworks.Harbour;
    private static readonly Name Nameless = new("", "");
    private static readonly OrganizationFacts Dock = new(OrganizationKind.Enterprise, "G", ["leading", "top"]);

    [Test]
    public void Milestones_AreCountedByAnAttribute_InTheFrameworksOrder_WithoutItUnderNone()
    {
        var count = new FigureCount(
            new("tickets", Nameless, "hand", new FigureMeasure.CountMilestones())
            {
                Milestones = new("sea-ticket", null, false),
                By = new(FigureGroupingKind.Attribute, "klass"),
            },
            Harbour
        );
        Add(count, 1, "sea-ticket", ("klass", "a"));
        Add(count, 1, "sea-ticket", ("klass", "c"));
        Add(count, 2, "sea-ticket", ("klass", "c"));
        Add(count, 3, "sea-ticket");
        Add(count, 3, "sea-ticket", ("klass", "z"));

        Assert.That(
            Text(count),
            Is.EqualTo(
                "5 of 3, most 2; c 2 of 2, most 1; b 0 of 0, most 0; a 1 of 1, most 1; none 1 of 1, most 1; z 1 of 1, most 1"
            )
        );
    }

    [Test]
    public void Workers_AreCountedOnce_InAll_AndInEachRow()
    {
        var count = new FigureCount(
            new("people", Nameless, "hand", new FigureMeasure.CountWorkers())
            {
                Milestones = new(null, "sailing", false),
                By = new(FigureGroupingKind.MilestoneType, null),
            },
            Harbour
        );
        Add(count, 1, "berth");
        Add(count, 1, "berth");
        Add(count, 1, "knot-contest");
        Add(count, 2, "knot-contest");

        Assert.That(
            Text(count),
            Is.EqualTo(
                "2 of 2, most 1; berth 1 of 1, most 1; berth-mate 0 of 0, most 0; knot-contest 2 of 2, most 1; old-logbook 0 of 0, most 0; sea-ticket 0 of 0, most 0"
            )
        );
    }

    [Test]
    public void DifferentThings_AreToldApartByAllKeys_OneThatLacksAKeyByItself()
    {
        var count = new FigureCount(
            new("contests", Nameless, "hand", new FigureMeasure.CountDistinct(["heat", "occurredOn"]))
            {
                Milestones = new("knot-contest", null, false),
            },
            Harbour
        );
        Add(count, 1, "knot-contest", ("heat", "1"));
        Add(count, 2, "knot-contest", ("heat", "1"));
        Add(count, 2, "knot-contest", ("heat", "2"));
        Add(count, 3, "knot-contest");
        Add(count, 4, "knot-contest");
        Add(count, 4, "knot-contest", "2025-06", ("heat", "1"));

        Assert.That(Text(count), Is.EqualTo("4 of 4, most 1"));
    }

    [Test]
    public void ASum_IsOfThoseThatHaveTheNumber()
    {
        var count = new FigureCount(
            new("saved", Nameless, "crown", new FigureMeasure.Sum("savings"))
            {
                Milestones = new(null, "ideas", false),
                By = new(FigureGroupingKind.Attribute, "inUse"),
            },
            Harbour
        );
        Add(count, 1, "rig-improvement", ("savings", 10.5m), ("inUse", true));
        Add(count, 1, "rig-improvement", ("savings", 1m), ("inUse", false));
        Add(count, 2, "rig-improvement", ("inUse", true));
        Add(count, 3, "rig-improvement", ("savings", -3m));

        Assert.That(
            Text(count),
            Is.EqualTo("8.5 of 2, most 11.5; true 10.5 of 1, most 10.5; false 1 of 1, most 1; none -3 of 1, most 3")
        );
    }

    [TestCase(true, "12 of 12, most 1; mate 7 of 7, most 1; master 5 of 5, most 1")]
    [TestCase(false, "7 of 7, most 1; mate 7 of 7, most 1")]
    public void Rungs_AreThoseHeld(bool orHigher, string expected)
    {
        var mate = Harbour.FindRung("seamanship", "mate")!;
        var count = new FigureCount(
            new("mates", Nameless, "hand", new FigureMeasure.CountWorkers())
            {
                Rung = new(mate, orHigher),
                By = new(FigureGroupingKind.Rung, null),
            },
            Harbour
        );
        foreach (var (workers, order) in new[] { (1, 0), (2, 2), (3, 3), (4, 3), (5, 4) })
        {
            var rungs = HeldRungs.Of(Harbour.FindChannel("seamanship")!.Index, order);
            count.Add(new FigureFacts { Rungs = rungs }, new Cell(workers, 1));
        }

        Assert.That(Text(count), Is.EqualTo(expected));
    }

    [TestCase("gender", "female", ExpectedResult = true)]
    [TestCase("gender", "male", ExpectedResult = false)]
    [TestCase("migrantWorker", "true", ExpectedResult = true)]
    [TestCase("employmentForm", "aboard", ExpectedResult = true)]
    [TestCase("employmentForm", "ashore", ExpectedResult = false)]
    public bool AFieldOfTheWorker_IsAsked_AndOneThatIsNotKnownDoesNotHold(string field, string value)
    {
        var wanted = value == "true" ? AttributeValue.Of(true) : AttributeValue.Of(value);
        var test = new FigureTest(FigureSubject.Worker, new(field, ConditionOperator.Eq, [wanted]));
        var known = new FigureFacts
        {
            Gender = "female",
            MigrantWorker = true,
            EmploymentForm = "aboard",
            Organization = Dock,
        };

        Assert.That(FigureFacts.TestOf(test, Harbour)(new FigureFacts()), Is.False);
        return FigureFacts.TestOf(test, Harbour)(known);
    }

    [TestCase("C", true, ExpectedResult = true)]
    [TestCase("C", false, ExpectedResult = false)]
    [TestCase("A", true, ExpectedResult = false)]
    [TestCase("A", false, ExpectedResult = true)]
    [TestCase(null, true, ExpectedResult = false)]
    [TestCase(null, false, ExpectedResult = false)]
    public bool AnIndustrialWorker_IsSoByTheSectionOfHisOrganization(string? section, bool wanted)
    {
        var test = new FigureTest(
            FigureSubject.Worker,
            new("industrialWorker", ConditionOperator.Eq, [AttributeValue.Of(wanted)])
        );
        var facts = new FigureFacts { Organization = new(OrganizationKind.Enterprise, section, []) };

        return FigureFacts.TestOf(test, TestFrameworks.Chaoyang)(facts);
    }

    [TestCase("kind", "enterprise", ExpectedResult = true)]
    [TestCase("kind", "street-union", ExpectedResult = false)]
    [TestCase("industrySection", "G", ExpectedResult = true)]
    [TestCase("industrySection", "C", ExpectedResult = false)]
    [TestCase("tag", "top", ExpectedResult = true)]
    [TestCase("tag", "other", ExpectedResult = false)]
    public bool AFieldOfTheOrganization_IsAsked(string field, string value) =>
        Dock.Passes(new(field, ConditionOperator.Eq, [AttributeValue.Of(value)]));

    [Test]
    public void CountsOfDifferentWorkers_AddUp()
    {
        var figure = new Figure("hands", Nameless, "hand", new FigureMeasure.CountWorkers());
        var (one, other) = (new FigureCount(figure, Harbour), new FigureCount(figure, Harbour));
        one.Add(new FigureFacts(), new Cell(1, 1));
        other.Add(new FigureFacts(), new Cell(2, 6));

        one.Add(other);

        Assert.That(one.Result().All, Is.EqualTo(new FigureRow(null, new Cell(3, 7), 3, 1)));
    }

    [Test]
    public void RowsOfAFigureWithATest_AreTheValuesThatPassIt()
    {
        var indicator = TestFrameworks.Chaoyang.Indicators.Single(i => i.Code == "union-part-time-posts");

        Assert.That(
            FigureCodes.Of(indicator.Figures[1], TestFrameworks.Chaoyang),
            Is.EquivalentTo(["street-part-time-vice-chair", "district-vice-chair", "city-vice-chair", "national-vice-chair"])
        );
    }

    /// <summary>Of one contest several have a part; whoever counted them.</summary>
    [Test]
    public void DifferentThingsOfDifferentWorkers_AddUp_EachOnce()
    {
        var figure = new Figure("held", Nameless, "hand", new FigureMeasure.CountDistinct(["heat", "occurredOn"]))
        {
            Milestones = new("knot-contest", null, false),
        };
        var (one, other) = (new FigureCount(figure, Harbour), new FigureCount(figure, Harbour));
        Add(one, 1, "knot-contest", ("heat", "A"));
        Add(one, 1, "knot-contest", ("heat", "B"));
        Add(other, 2, "knot-contest", ("heat", "A"));
        Add(other, 3, "knot-contest", ("heat", "C"));
        Add(other, 3, "knot-contest", ("heat", "D"));

        one.Add(other);

        Assert.That(Text(one), Is.EqualTo("4 of 3, most 2"));
    }

    private static void Add(FigureCount count, int worker, string type, params (string Code, object Value)[] attributes) =>
        Add(count, worker, type, "2025-05-01", attributes);

    private static void Add(
        FigureCount count,
        int worker,
        string type,
        string on,
        params (string Code, object Value)[] attributes
    )
    {
        var facts = new FigureFacts { Workers = default(Cell).With((ulong)worker) };
        var set = AttributeSet.Of(
            attributes.Select(a =>
                KeyValuePair.Create(
                    a.Code,
                    a.Value switch
                    {
                        decimal number => AttributeValue.Of(number),
                        bool flag => AttributeValue.Of(flag),
                        _ => AttributeValue.Of((string)a.Value),
                    }
                )
            )
        );
        if (count.Take(Harbour.MilestoneTypes[type], set) is { } take)
        {
            var keys = (count.Figure.Measure as FigureMeasure.CountDistinct)?.Keys ?? [];
            var values = keys.Select(key =>
                key == FigureMeasure.OccurredOnKey ? on
                : set.TryGet(key, out var value) ? value.ToString()
                : null
            );
            count.Add(
                facts,
                take,
                values
                    .Index()
                    .Where(v => v.Item is not null)
                    .Aggregate(new Thing(), (t, v) => t.With(v.Index, (ulong)v.Item!.GetHashCode()))
            );
        }
    }

    private static string Text(FigureCount count)
    {
        var result = count.Result();
        return string.Join(
            "; ",
            result
                .Rows.Prepend(result.All)
                .Select(r =>
                    FormattableString.Invariant($"{r.Code} {r.Number} of {r.Workers.Count}, most {r.Largest}").TrimStart()
                )
        );
    }
}
