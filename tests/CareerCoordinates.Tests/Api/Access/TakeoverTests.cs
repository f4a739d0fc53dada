using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>Nobody gets in as another, and nobody makes more of his right than it is.</summary>
[BothEngines]
public class TakeoverTests(TestEngine engine)
{
    private const string Password = "a sentence that only I know";

    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task OfficerGetsNoCode_ForTheAccountOfOneWithRoles()
    {
        var worker = await office.HireAsync(office.Works, "Ada Quill");
        await office.WorkerAccountAsync("ada.quill", worker, AccessOffice.Grant(Role.Verifier, office.District, "employer-hr"));

        var one = await office.PostAsync("officer", $"workers/{worker}/claim-codes", new { });
        var sheet = await office.PostAsync("officer", $"organizations/{office.Works}/claim-codes?again=true", new { });

        Assert.That((one.Status, one.Code), Is.EqualTo((409, "account-has-roles")));
        Assert.That(sheet.Expect(200).Text, Does.Not.Contain(worker.ToString()));
    }

    [Test]
    public async Task Code_IsWorthNothing_OnceTheAccountHasRoles()
    {
        var worker = await office.HireAsync(office.Works, "Ben Quill");
        await office.WorkerAccountAsync("ben.quill", worker);
        var code = (await office.PostAsync("officer", $"workers/{worker}/claim-codes", new { })).Expect(201);
        var account = office.Store.Reader.OnConnection(c => c.FindAccount("ben.quill"))!.Id;
        (await office.PostAsync("administrator", $"accounts/{account}/grants", new { role = "administrator" })).Expect(200);

        var claimed = await office.PostAsync(
            "anonymous",
            "claims",
            new
            {
                name = "Ben Quill",
                code = code.Body.GetProperty("code").GetString(),
                password = Password,
            }
        );

        Assert.That((claimed.Status, claimed.Code), Is.EqualTo((401, "claim-refused")));
    }

    [Test]
    public async Task AdministratorMakesNoAccountOfAWorker_NorSetsItsPassword()
    {
        var made = await office.PostAsync(
            "administrator",
            "accounts",
            new
            {
                name = "in.his.name",
                password = Password,
                workerId = office.Worker,
            }
        );
        var account = office.Store.Reader.OnConnection(c => c.FindAccount("worker"))!.Id;
        var set = await office.SendAsync(
            "administrator",
            HttpMethod.Put,
            $"accounts/{account}/password",
            new { password = Password }
        );

        Assert.That((made.Status, made.Code), Is.EqualTo((400, "unknown-member")));
        Assert.That((set.Status, set.Code), Is.EqualTo((409, "account-of-a-worker")));
    }

    [Test]
    public void WorkerHasOneAccount()
    {
        Assert.That(
            async () => await office.WorkerAccountAsync("a.second", office.Worker),
            Throws
                .InstanceOf<System.Data.Common.DbException>()
                .Or.InstanceOf<CareerCoordinates.Data.Gate.StoreUnavailableException>()
        );
    }

    [Test]
    public async Task OfficerMakesNoRootOfAUnit_AndKeepsOnlyWhatIsBelowHisOwn()
    {
        await office.AccountAsync("works-officer", AccessOffice.Grant(Role.Officer, office.OtherWorks));
        var unit = await office.GetAsync("officer", $"organizations/{office.Works}");
        var own = await office.GetAsync("works-officer", $"organizations/{office.OtherWorks}");

        var cut = await office.SendAsync(
            "officer",
            HttpMethod.Patch,
            $"organizations/{office.Works}",
            new { parentId = (Guid?)null, from = "2024-01-01" },
            unit.Etag
        );
        var voided = await office.PostAsync(
            "works-officer",
            $"organizations/{office.OtherWorks}:void",
            new { reason = "We have closed." },
            own.Etag
        );

        Assert.That((cut.Status, cut.Code), Is.EqualTo((403, "root-needs-administrator")));
        Assert.That((voided.Status, voided.Code), Is.EqualTo((403, "own-root")));
    }

    [Test]
    public async Task ErasedWorker_GetsNoCode()
    {
        var worker = await office.HireAsync(office.Works, "Cid Quill");
        await office.AccountAsync("second.administrator", AccessOffice.Grant(Role.Administrator, null));
        var asked = (
            await office.PostAsync("administrator", "erasures", new { workerId = worker, reason = "He asked for it." })
        ).Expect(201);
        (await office.SendAsync("second.administrator", HttpMethod.Post, $"erasures/{asked.Id}:approve")).Expect(200);

        var code = await office.PostAsync("officer", $"workers/{worker}/claim-codes", new { });

        Assert.That((code.Status, code.Code), Is.EqualTo((409, "worker-erased")));
    }
}
