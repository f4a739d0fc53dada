using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Tests.Demo;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data.Reports;

/// <summary>Over the records of the demo every report finds the same, in whatever blocks the workers are read.</summary>
[BothEngines]
public class BlockTests(TestEngine engine)
{
    private static readonly DateOnly Day = new(2024, 6, 30);
    private static readonly Framework Framework = TestFrameworks.Chaoyang;

    private static readonly IReadOnlyDictionary<string, WorkerFilter> Filters = new Dictionary<string, WorkerFilter>
    {
        ["nobody left out"] = new(),
        ["one street"] = new(Organization: DemoFiles.District.Tree.Ids["liuqiao"]),
        ["few"] = new(Industry: "C", Occupation: "6", Stage: Framework.Stages[3].Code),
        ["one level"] = new(Level: 3),
    };

    private LoadedDemo demo = null!;

    [OneTimeSetUp]
    public async Task Load() => demo = await LoadedDemo.OpenAsync(engine, Framework);

    [OneTimeTearDown]
    public async Task Close() => await demo.Test.DisposeAsync();

    [Test]
    public void AllReports_FindTheSame_InWhateverBlocks(
        [Values("nobody left out", "one street", "few", "one level")] string filter,
        [Values] bool before,
        [Values] bool inLayers,
        [Values(1, 7, 100)] int workersOfBlock
    )
    {
        var population = new Population(
            before ? demo.Middle : demo.Test.Store.Clock.Newest,
            Framework,
            new Scope(true, []),
            Filters[filter]
        );
        var columns = demo.Columns;

        var together = Answers(demo.Reports(columns, Block.MostWorkers), population).ToList();
        var apart = demo.Reports(inLayers ? InLayers(columns) : columns, workersOfBlock);

        Assert.That(Answers(apart, population), Is.EqualTo(together));
        Assert.That(together, Has.Count.GreaterThan(10), "next to nothing was asked");
    }

    /// <summary>As if one worker in nine had changed since everybody was read.</summary>
    private static ProjectionState InLayers(ProjectionState columns)
    {
        var all = columns.Layers.Single();
        var changed = Enumerable.Range(0, all.Segment.Count).Where(worker => worker % 9 == 4);
        var later = Segment.Merge(changed.Select(worker => (all.Segment, worker)));
        return columns with { Layers = [all.Without(later), new Layer(later, null)] };
    }

    private static IEnumerable<string> Answers(ColumnReports reports, Population population)
    {
        var (grade, year) = (Framework.FindChannel("grade-promotion")!, new ReportPeriod(new(2024, 1, 1), new(2024, 12, 31)));
        var positions = new CountQuestion(population, Day, [new(Dimension.ChannelRung)]);
        var grid = new CountQuestion(population, Day, [new(Dimension.Stage), new(Dimension.Level)]);
        var transitions = new TransitionQuestion(population, grade, Day.AddYears(-6), Day);
        var time = new TimeQuestion(population, Day, grade, null, grade.Rungs[2], new(Dimension.EmploymentForm));
        var milestones = new MilestoneQuestion(
            population,
            Day.AddYears(-6),
            Day,
            [new(MilestoneDimension.Type)],
            null,
            [],
            "hours",
            [],
            1_000
        );
        foreach (var cell in reports.Count(positions).Concat(reports.Count(grid)).Concat(reports.Transitions(transitions)))
        {
            yield return $"{string.Join(' ', cell.Codes)}: {cell.Workers}";
        }
        foreach (var cell in reports.Count(grid))
        {
            yield return string.Join(' ', reports.People(grid, cell.Codes));
        }
        foreach (var group in reports.Times(time).OrderBy(g => g.Code, StringComparer.Ordinal))
        {
            yield return $"{group.Code} {group.Excluded}: {string.Join(' ', group.Times)}";
        }
        var ofMilestones = new MilestoneReports(reports);
        foreach (var row in ofMilestones.Count(milestones)!.OrderBy(r => r.Codes[0], StringComparer.Ordinal))
        {
            yield return $"{row.Codes[0]} {row.Milestones.Workers} {row.Milestones.Sum} {row.Sum.Sum} {row.Sum.Largest}";
        }
        foreach (var (figure, counted) in ofMilestones.Figures(new(population, [year], []))[0])
        {
            yield return $"{figure}: {counted.All}, {string.Join(' ', counted.Rows)}";
        }
    }
}
