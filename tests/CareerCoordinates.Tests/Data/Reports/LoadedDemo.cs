using CareerCoordinates.Api.Demo;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Demo;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data.Reports;

/// <summary>The records of the demo, read into columns.</summary>
/// <param name="Middle">An instant before which half of the revisions were recorded.</param>
internal sealed record LoadedDemo(TestStore Test, Instant Middle)
{
    public static async Task<LoadedDemo> OpenAsync(TestEngine engine, Framework framework)
    {
        var test = await TestStore.OpenAsync(engine, framework: framework);
        await DemoLoad.District(test.Store, framework, DemoFiles.Folder, _ => { });
        test.Store.Projection.Load(default);
        var instants = test.Store.Reader.OnConnection(c =>
            c.Prepared("SELECT recorded_at FROM milestone_revisions ORDER BY recorded_at").Read(null, r => r.Instant())
        );
        return new(test, instants[instants.Count / 2]);
    }

    public ProjectionState Columns => Test.Store.Projection.Current(null, default)!;

    /// <param name="columns">These, or the same put together otherwise.</param>
    public ColumnReports Reports(ProjectionState columns, int workersOfBlock) =>
        new(columns, Test.Store.Projection.Codes, default, workersOfBlock);
}
