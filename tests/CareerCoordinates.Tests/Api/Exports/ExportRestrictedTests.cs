using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Exports;

/// <summary>For who may not see restricted types a file is the same with and without them; in a framework that has such a type.</summary>
[BothEngines]
public class ExportRestrictedTests(TestEngine engine)
{
    private const string Asked = "?asOf=2026-11-01&format=csv";

    private static readonly string[] Blind = ["works-officer", "street-officer", "owner-officer"];

    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine, TestFrameworks.HarbourPath);
        await office.AccountAsync("works-officer", AccessOffice.Grant(Role.Officer, office.Works, "chaplain"));
        await office.AccountAsync("street-officer", AccessOffice.Grant(Role.Officer, office.Street));
        await office.AccountAsync("owner-officer", AccessOffice.Grant(Role.Officer, office.Street, "chaplain", "owner"));
        await office.AccountAsync("relief-officer", AccessOffice.Grant(Role.Officer, office.Street, "chaplain"));
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task WhoMayNotSeeThem_HasTheSameFile_AndWhoMay_HasThem()
    {
        await office.VerifiedAsync(office.Worker, "sea-ticket", "2020-05-01", new { klass = "c", score = 71.5 });
        var blind = await AskAsync();
        var relief = new
        {
            type = "storm-relief",
            occurredOn = "2021-03-01",
            attributes = new { reason = "CANARY", amount = 1_200 },
        };
        var recorded = (await office.PostAsync("worker", "me/milestones", relief)).Expect(201).Id;
        var seen = await office.ExportAsync("relief-officer", "milestones" + Asked);

        Assert.That(await AskAsync(), Is.EqualTo(blind));
        var notAskedFor = blind.Where((_, i) => i % 4 != 3).SelectMany(file => file.Split('\n')[0].Split(','));
        Assert.That(notAskedFor, Does.Not.Contain("amount"), "a column would tell that there is one");
        Assert.That(seen.Headers, Does.Contain("amount"));
        Assert.That(seen.One("milestone id", recorded)["reason"], Is.EqualTo("CANARY"));
    }

    private async Task<List<string>> AskAsync()
    {
        var files = new List<string>();
        foreach (var account in Blind)
        {
            foreach (var what in new[] { "milestones", "coordinates", "workers" })
            {
                files.Add((await office.AskAsync(account, $"exports/{what}{Asked}", ReportCalls.Csv)).Expect(200).Text);
            }
            files.Add((await office.AskAsync(account, $"exports/milestones{Asked}&type=storm-relief", ReportCalls.Csv)).Text);
        }
        return files;
    }
}
