using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data.Reports;

/// <summary>Several processes on one PostgreSQL: each follows what the others write. (SQLite has one process.)</summary>
public class FollowingTests
{
    [Test]
    public async Task OtherProcess_SeesTheWrite_WhenItAsksForItsCommit()
    {
        await using var test = await TestStore.OpenAsync(TestEngine.Postgres);
        await using var other = await test.OpenAnotherAsync();
        var wharf = await test.AddOrganizationAsync("wharf");
        other.Projection.Load(default);
        await ProjectionTests.HireAsync(test, wharf, 2010);
        var commit = test.Store.Gate.ChangesSince(0).Version;

        var reports = other.Projection.Reports(commit, default);

        Assert.That(reports?.Version, Is.GreaterThanOrEqualTo(commit));
        Assert.That(ProjectionTests.Total(other), Is.EqualTo(1));
    }
}
