using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>Milestones of a restricted type are counted in no group below a street (design §5), in a framework that has such a type.</summary>
[BothEngines]
public class RestrictedReportTests(TestEngine engine)
{
    private const string Of2021 = "reports/milestones?from=2021-01-01&to=2021-12-31&sum=amount";

    [Test]
    public async Task RestrictedMilestones_AreCountedForAStreet_AndNoDeeper()
    {
        await using var office = await AccessOffice.OpenAsync(engine, TestFrameworks.HarbourPath);
        await office.AccountAsync("works", AccessOffice.Grant(Role.Officer, office.Works));
        await office.AccountAsync("chaplain", AccessOffice.Grant(Role.Verifier, office.Street, "chaplain"));
        await office.AccountAsync("relief", AccessOffice.Grant(Role.Officer, office.Street, "chaplain"));
        var relief = new
        {
            type = "storm-relief",
            occurredOn = "2021-02-03",
            attributes = new { reason = "fire", amount = 5 },
        };
        var recorded = (await office.PostAsync("relief", $"workers/{office.Worker}/milestones", relief)).Expect(201).Id;
        (await office.DoAsync("chaplain", office.Worker, recorded, "verify")).Expect(200);
        office.Store.Projection.Load(CancellationToken.None);
        office.Clock.Pass(TimeSpan.FromDays(1));

        Assert.That(await RowsAsync("officer", "&groupBy=type"), Is.EqualTo("storm-relief: 1 of 1; not counted: "));
        Assert.That(await RowsAsync("officer", "&type=storm-relief"), Is.EqualTo(": 1 of 1; not counted: "));
        Assert.That(
            await RowsAsync("officer", "&groupBy=organization&organizationKind=street-union"),
            Is.EqualTo($"{office.Street}: 1 of 1; not counted: ")
        );
        const string nothing = "; not counted: storm-relief";
        Assert.That(await RowsAsync("works", "&groupBy=type"), Is.EqualTo(nothing));
        Assert.That(await RowsAsync("officer", $"&organization={office.Works}"), Is.EqualTo(nothing));
        Assert.That(await RowsAsync("officer", "&groupBy=organization"), Is.EqualTo(nothing));
        Assert.That(await RowsAsync("officer", "&groupBy=organization&organizationKind=enterprise"), Is.EqualTo(nothing));
        Assert.That(await RowsAsync("officer", "&level=0"), Is.EqualTo(nothing));
        Assert.That(
            (await office.GetAsync("works", Of2021 + "&type=storm-relief")).Code,
            Is.EqualTo("restricted-type-not-counted")
        );
        Assert.That(
            (await office.GetAsync("analyst", Of2021 + "&type=storm-relief")).Expect(200).Text,
            Does.Contain("\"sum\":\"hidden\"")
        );

        const string people = "reports/milestones/people?from=2021-01-01&to=2021-12-31";
        Assert.That(
            (await office.GetAsync("officer", people + "&type=storm-relief")).Code,
            Is.EqualTo("restricted-type-not-listed")
        );
        Assert.That(
            (await office.GetAsync("officer", people + "&groupBy=type&cell.type=storm-relief")).Code,
            Is.EqualTo("restricted-type-not-listed")
        );
        Assert.That(
            (await office.GetAsync("officer", people)).Expect(200).Text,
            Does.Contain("\"workers\":0").And.Contain("\"notCounted\":[\"storm-relief\"]")
        );

        async Task<string> RowsAsync(string account, string more)
        {
            var report = (await office.GetAsync(account, Of2021 + more)).Expect(200).Body;
            var left = report.GetProperty("notCounted").EnumerateArray().Select(t => t.GetString());
            return string.Join(", ", MilestoneRowTexts.Of(report)) + "; not counted: " + string.Join(' ', left);
        }
    }
}
