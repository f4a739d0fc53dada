using System.Text;
using System.Text.Json;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>A verifier looks at a random sample of an import and verifies the rest with it.</summary>
[BothEngines]
public class ImportVerificationTests(TestEngine engine)
{
    private const int Rows = 20;
    private const string Register = "Compared with the register of the centre";

    private AccessOffice office = null!;
    private Guid import;
    private Guid[] workers = [];

    [SetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        var sheet = new StringBuilder("工号,发生日期,等级,证书编号\n");
        var hired = new List<Guid>();
        for (var i = 0; i < Rows; i++)
        {
            hired.Add(await office.HireAsync(office.Works, $"Worker {i}", $"{i:D4}"));
            sheet.Append(null, $"{i:D4},2020-11-30,4,A-{i}\n");
        }
        workers = [.. hired];
        import = (
            await office.WriteSheetAsync(
                "officer",
                sheet.ToString(),
                ("type", "skill-level-certificate"),
                ("organization", $"{office.Works}")
            )
        ).Id;
    }

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task TheRest_IsVerifiedWithTheSample_AndSaysSo()
    {
        var waiting = (await office.GetAsync("verifier", "imports/to-verify")).Expect(200).Items;
        var early = await VerifyAsync();
        var sample = await SampleAsync();
        var again = await SampleAsync();
        var more = await SampleAsync(12);
        var verified = (await VerifyAsync()).Expect(200);
        var oncemore = await VerifyAsync();
        var after = (await office.GetAsync("verifier", "imports/to-verify")).Expect(200).Items;
        var coordinate = await office.GetAsync("officer", $"workers/{workers[7]}/coordinate");
        var milestone = (await office.GetAsync("officer", $"workers/{workers[7]}/milestones")).Items.Single();
        var history = (
            await office.GetAsync("officer", $"workers/{workers[7]}/milestones/{milestone.GetProperty("id")}/revisions")
        ).Items;

        Assert.That(
            waiting.Select(w => $"{w.GetProperty("id")} {w.GetProperty("account")} {w.GetProperty("waiting")}"),
            Is.EqualTo([$"{import} officer {Rows}"])
        );
        Assert.That((early.Status, early.Code), Is.EqualTo((409, "sample-needed")));
        Assert.That((sample["waiting"], sample["size"], sample["least"]), Is.EqualTo(("20", "5", "5")));
        Assert.That(sample.Items, Has.Length.EqualTo(5));
        Assert.That(Ids(again), Is.EqualTo(Ids(sample)), "it is drawn once");
        Assert.That(Ids(more), Has.Length.EqualTo(12).And.SupersetOf(Ids(sample)));
        Assert.That((verified["verified"], verified["left"], verified["sample"]), Is.EqualTo(("20", "0", "12")));
        Assert.That((oncemore.Status, oncemore.Code), Is.EqualTo((409, "nothing-left-to-verify")), "what was said stays");
        Assert.That(after, Is.Empty);
        Assert.That($"{coordinate.Body.GetProperty("level")}", Does.Contain("3"));
        Assert.That(
            history.Select(r => $"{r.GetProperty("state")}: {r.GetProperty("reason")}"),
            Is.EqualTo(["submitted: ", $"verified: By sample (12 of 20): {Register}"])
        );
        var entries = (await office.GetAsync("auditor", "audit-entries?account=verifier")).Items;
        Assert.That(entries.Select(e => $"{e.GetProperty("action")}"), Is.SupersetOf(["drawImportSample", "verifyImport"]));
    }

    [Test]
    public async Task OneThatIsWrongInTheSample_AndNothingIsVerifiedWithIt()
    {
        var sample = await SampleAsync();
        var wrong = sample.Items[0];
        (
            await office.DoAsync(
                "verifier",
                wrong.GetProperty("workerId").GetGuid(),
                wrong.GetProperty("id").GetGuid(),
                "return",
                new { reason = "not in the register" }
            )
        ).Expect(200);

        var refused = await VerifyAsync();
        var again = await SampleAsync();

        Assert.That((refused.Status, refused.Code), Is.EqualTo((409, "sample-faulty")));
        Assert.That(Ids(again), Is.EqualTo(Ids(sample)), "and no better one is drawn");
        Assert.That(await CountAsync("submitted"), Is.EqualTo(Rows - 1));
    }

    [Test]
    public async Task AfterAFault_TheOfficerVoidsIt_UndoesTheRest_AndImportsAgain()
    {
        var sample = await SampleAsync();
        var (worker, wrong) = (sample.Items[0].GetProperty("workerId").GetGuid(), sample.Items[0].GetProperty("id").GetGuid());
        (await office.DoAsync("verifier", worker, wrong, "reject", new { reason = "not in the register" })).Expect(200);
        var row =
            $"工号,发生日期,等级,证书编号\n{Array.IndexOf(workers, worker):D4},2020-11-30,4,A-{Array.IndexOf(workers, worker)}\n";
        (string, string)[] fields = [("type", "skill-level-certificate"), ("organization", $"{office.Works}")];

        var same = await office.UploadAsync("officer", row, fields);
        var stopped = await office.GoOnAsync("officer", import, "undo");
        (await office.DoAsync("officer", worker, wrong, "void", new { reason = "not in the register" })).Expect(200);
        var undone = await office.GoOnAsync("officer", import, "undo");
        var again = await office.UploadAsync("officer", row, fields);

        Assert.That(same.Counts(), Is.EqualTo("checked 0 new, 0 changed, 1 same, 0 refused"));
        Assert.That(same.Warnings(), Is.EqualTo(["A2 same-is-returned"]));
        Assert.That(stopped["state"], Is.EqualTo("committed"));
        Assert.That(stopped.Text, Does.Contain("a milestone that was returned or rejected is voided"));
        Assert.That(undone["state"], Is.EqualTo("undone"), undone.Text);
        Assert.That(again.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"));
    }

    [Test]
    public async Task WhatWasTouchedMeanwhile_IsLeftAlone_AndWhatWasVerifiedByItselfIsNoFault()
    {
        var sample = await SampleAsync();
        var seen = sample.Items[0];
        (
            await office.DoAsync("verifier", seen.GetProperty("workerId").GetGuid(), seen.GetProperty("id").GetGuid(), "verify")
        ).Expect(200);
        var drawn = Ids(sample);
        var other = (await office.GetAsync("verifier", $"milestones?import={import}&state=submitted&limit=500"))
            .Expect(200)
            .Items.First(m => !drawn.Contains($"{m.GetProperty("id")}"));
        (
            await office.DoAsync(
                "verifier",
                other.GetProperty("workerId").GetGuid(),
                other.GetProperty("id").GetGuid(),
                "return",
                new { reason = "which centre?" }
            )
        ).Expect(200);

        var verified = (await VerifyAsync()).Expect(200);

        Assert.That((verified["verified"], verified["left"]), Is.EqualTo(("18", "0")));
        Assert.That((await CountAsync("returned"), await CountAsync("verified")), Is.EqualTo((1, 19)));
    }

    [Test]
    public async Task WhoMayNotVerifyIt_SeesNoSuchImport()
    {
        string[] bodies = [.. office.Store.Frameworks.Current.VerifierRoles.Keys];
        await office.AccountAsync("elsewhere", AccessOffice.Grant(Role.Verifier, office.OtherStreet, bodies));
        await office.AccountAsync("other-body", AccessOffice.Grant(Role.Verifier, office.Street, "no-such-body"));
        await office.AccountAsync(
            "both",
            AccessOffice.Grant(Role.Verifier, office.Street, bodies),
            AccessOffice.Grant(Role.Officer, office.Street)
        );
        var own = await office.WriteSheetAsync(
            "both",
            "工号,发生日期,等级,证书编号\n0001,2021-11-30,3,B-1\n",
            ("type", "skill-level-certificate"),
            ("organization", $"{office.Works}")
        );

        foreach (var account in (string[])["elsewhere", "other-body"])
        {
            var sample = await SampleAsync(account: account);
            var verified = await VerifyAsync(account);
            Assert.That((sample.Status, verified.Status), Is.EqualTo((404, 404)), account);
            Assert.That(sample.Code, Is.EqualTo("no-import-to-verify"), account);
            Assert.That((await office.GetAsync(account, "imports/to-verify")).Items, Is.Empty, account);
        }
        var mine = await office.SendAsync("both", HttpMethod.Post, $"imports/{own.Id}:sample", new { });
        Assert.That((mine.Status, mine.Code), Is.EqualTo((422, "four-eyes")));
        Assert.That(
            (await office.GetAsync("both", "imports/to-verify")).Items.Select(i => $"{i.GetProperty("id")}"),
            Is.EqualTo([$"{import}"])
        );
    }

    [TestCase(4, 422, "sample-too-small")]
    [TestCase(0, 400, null)]
    [TestCase(1_001, 400, null)]
    public async Task ASampleThatIsTooSmallOrTooLarge_IsRefused(int size, int status, string? code)
    {
        var reply = await SampleAsync(size);

        Assert.That(reply.Status, Is.EqualTo(status));
        Assert.That(reply.Text, Does.Contain("/size"));
        Assert.That(code is null || reply.Code == code, Is.True, reply.Text);
    }

    [TestCase("""{"basis":" "}""")]
    [TestCase("""{}""")]
    [TestCase("""{"basis":"the register says 110105189903070021"}""")]
    public async Task WithoutABasis_OrWithAnIdNumberInIt_NothingIsVerified(string body)
    {
        await SampleAsync();

        var reply = await office.SendAsync(
            "verifier",
            HttpMethod.Post,
            $"imports/{import}:verify",
            JsonSerializer.Deserialize<JsonElement>(body)
        );

        Assert.That(reply.Status, Is.EqualTo(400).Or.EqualTo(422));
        Assert.That(await CountAsync("submitted"), Is.EqualTo(Rows));
    }

    [Test]
    public async Task WhatWasVerifiedWithIt_IsLaterWork_ThatStopsTheUndo()
    {
        Assert.That(await WaitingAsync(), Is.EqualTo($"{Rows}"));
        await SampleAsync();
        await VerifyAsync();
        Assert.That(await WaitingAsync(), Is.EqualTo("0"));

        var undone = await office.GoOnAsync("officer", import, "undo");

        Assert.That(undone["state"], Is.EqualTo("committed"));
        Assert.That(await CountAsync("verified"), Is.EqualTo(Rows));
    }

    /// <summary>GB/T 2828.1, general level II, at the edges of its lots.</summary>
    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(8, 2)]
    [TestCase(9, 3)]
    [TestCase(280, 32)]
    [TestCase(281, 50)]
    [TestCase(10_000, 200)]
    [TestCase(150_001, 800)]
    [TestCase(500_001, 1_000)]
    public void TheLeastSample_IsThatOfTheStandard(int batch, int sample) =>
        Assert.That(AcceptanceSample.SizeOf(batch), Is.EqualTo(sample));

    private Task<AccessReply> SampleAsync(int? size = null, string account = "verifier") =>
        office.SendAsync(account, HttpMethod.Post, $"imports/{import}:sample", size is null ? new { } : (object)new { size });

    private Task<AccessReply> VerifyAsync(string account = "verifier") =>
        office.SendAsync(account, HttpMethod.Post, $"imports/{import}:verify", new { basis = Register });

    /// <summary>As the officer is told who sent it.</summary>
    private async Task<string> WaitingAsync() => (await office.GetAsync("officer", $"imports/{import}")).Expect(200)["waiting"];

    private async Task<int> CountAsync(string state) =>
        (await office.GetAsync("verifier", $"milestones?import={import}&state={state}&limit=500")).Expect(200).Items.Length;

    private static string[] Ids(AccessReply sample) => [.. sample.Items.Select(m => $"{m.GetProperty("id")}")];
}
