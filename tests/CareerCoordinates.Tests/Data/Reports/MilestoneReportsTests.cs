using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Demo;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data.Reports;

/// <summary>Over the records of the demo the reports of milestones and figures say what counting them one by one says.</summary>
[BothEngines]
public class MilestoneReportsTests(TestEngine engine)
{
    private static readonly DateOnly From = new(2015, 1, 1);
    private static readonly DateOnly To = new(2024, 12, 31);

    /// <summary>As it is shipped, with figures of what is in force that ask more of the worker than any of its own.</summary>
    private static readonly Framework Framework = TestFrameworks.WithFigures(
        TestFrameworks.ChaoyangJson,
        """{ "count": { "distinct": [ "documentNo", "occurredOn" ] }, "kind": "honour", "inForce": true, "by": "type" }""",
        """{ "count": { "distinct": [ "level", "documentNo" ] }, "type": "skill-competition", "inForce": true, "where": { "all": [ { "worker": "gender", "op": "eq", "value": "male" } ] } }""",
        """{ "count": "workers", "kind": "political", "inForce": true, "rung": { "channel": "political-treatment", "atLeast": "worker-representative" }, "by": "rung" }""",
        """{ "count": "milestones", "kind": "honour", "inForce": true, "rung": { "channel": "grade-promotion", "atLeast": "junior-worker" }, "where": { "all": [ { "organization": "industrySection", "op": "in", "value": [ "C", "E" ] } ] } }""",
        """{ "sum": "rank", "type": "skill-competition", "inForce": true }"""
    );

    private TestStore test = null!;
    private MilestoneReports reports = null!;
    private Guid street;
    private Instant middle;

    [OneTimeSetUp]
    public async Task Load()
    {
        var demo = await LoadedDemo.OpenAsync(engine, Framework);
        (test, middle) = (demo.Test, demo.Middle);
        // In several blocks, as a large district is read.
        reports = new(demo.Reports(demo.Columns, workersOfBlock: 50));
        street = DemoFiles.District.Tree.Ids["liuqiao"];
    }

    [OneTimeTearDown]
    public async Task Close() => await test.DisposeAsync();

    [Test]
    public void Milestones_AreThoseCountedOneByOne([Values] bool ofStreet, [Values] bool before)
    {
        var (population, naive) = Of(ofStreet, before);
        foreach (
            var (dimension, code) in new (MilestoneDimension, Func<MilestoneType, string?>)[]
            {
                (MilestoneDimension.Type, t => t.Code),
                (MilestoneDimension.Kind, t => t.Kind),
                (MilestoneDimension.KeyNode, t => t.KeyNode),
                (MilestoneDimension.Initiative, t => Filed(t, ProgrammePartKind.Initiative)),
                (MilestoneDimension.Service, t => Filed(t, ProgrammePartKind.Service)),
                (MilestoneDimension.MainLine, t => Filed(t, ProgrammePartKind.MainLine)),
            }
        )
        {
            var counted = Rows(population, [new(dimension), new(MilestoneDimension.Month)], "hours");
            var expected = naive.Count(
                From,
                To,
                (m, _) => $"{code(Framework.MilestoneTypes[m.Type]) ?? "none"} {Month(m)}",
                "hours"
            );
            Assert.That(counted, Is.EqualTo(expected).And.Not.Empty, dimension.ToString());
        }
    }

    [Test]
    public void Milestones_ByOrganization_AreOfTheirOwnDay([Values] bool ofStreet, [Values] bool before)
    {
        var (population, naive) = Of(ofStreet, before);

        Assert.That(
            Rows(population, [new(MilestoneDimension.Organization)], null),
            Is.EqualTo(naive.Count(From, To, (_, place) => place.ToString(), null)).And.Not.Empty
        );
        Assert.That(
            Rows(population, [new(MilestoneDimension.Organization, OrganizationKind.StreetUnion)], null),
            Is.EqualTo(
                naive.Count(From, To, (m, place) => naive.Above(place, OrganizationKind.StreetUnion, m.OccurredOn.Last), null)
            )
        );
    }

    [Test]
    public void Figures_AreThoseCountedOneByOne([Values] bool ofStreet, [Values] bool before)
    {
        var (population, naive) = Of(ofStreet, before);
        ReportPeriod[] years = [new(new(2025, 1, 1), new(2025, 12, 31)), new(new(2022, 10, 1), new(2023, 9, 30))];

        var counted = reports.Figures(new(population, years, []));

        for (var i = 0; i < years.Length; i++)
        {
            Assert.That(Text(counted[i]), Is.EqualTo(naive.Figures(years[i])), years[i].ToString());
        }
    }

    [Test]
    public void TooManyRows_AreNotAnswered()
    {
        var (population, _) = Of(false, false);

        Assert.That(reports.Count(Question(population, [new(MilestoneDimension.Type)], null) with { MostRows = 3 }), Is.Null);
    }

    [Test]
    public void ReadingStops_WhenItIsCancelled()
    {
        using var gone = new CancellationTokenSource();
        var columns = test.Store.Projection.Reports(null, gone.Token)!;
        gone.Cancel();

        Assert.That(
            () => new MilestoneReports(columns).Count(Question(Of(false, false).Population, [], null)),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(Rows(Of(false, false).Population, [], null), Is.Not.Empty, "the next reader finds all in order");
    }

    private (Population Population, NaiveMilestones Naive) Of(bool ofStreet, bool before)
    {
        var knownAt = before ? middle : test.Store.Clock.Newest;
        var scope = ofStreet ? new Scope(false, [street]) : new Scope(true, []);
        return (
            new(knownAt, Framework, scope, new WorkerFilter()),
            new(test.Store, Framework, knownAt, ofStreet ? street : null)
        );
    }

    private static MilestoneQuestion Question(Population population, IReadOnlyList<MilestoneGrouping> groupBy, string? sum) =>
        new(population, From, To, groupBy, null, [], sum, [], 100_000);

    private IEnumerable<string> Rows(Population population, IReadOnlyList<MilestoneGrouping> groupBy, string? sum) =>
        reports
            .Count(Question(population, groupBy, sum))!
            .Select(r => NaiveMilestones.Text(string.Join(' ', r.Codes), r.Milestones.Sum, r.Milestones.Workers.Count, r.Sum.Sum))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Text(IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure> figures) =>
        figures
            .SelectMany(f =>
                f.Value.Rows.Where(r => r.Workers.Count > 0)
                    .Prepend(f.Value.All)
                    .Select(r =>
                        FormattableString.Invariant(
                            $"{f.Key.Indicator}/{f.Key.Figure} {r.Code}: {r.Number:0.######} of {r.Workers.Count}, most {r.Largest:0.######}"
                        )
                    )
            )
            .Order(StringComparer.Ordinal);

    private static string? Filed(MilestoneType type, ProgrammePartKind kind) =>
        type.BelongsTo?.Kind == kind ? type.BelongsTo.Code : null;

    private static string Month(CountingMilestone milestone) => milestone.OccurredOn.Last.ToString("yyyy-MM");
}
