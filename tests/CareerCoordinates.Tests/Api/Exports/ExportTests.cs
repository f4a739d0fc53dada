using System.Text;
using CareerCoordinates.Api.Exports;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Imports;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Api.Sheets;
using CareerCoordinates.Tests.Engines;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Exports;

/// <summary>An officer takes his people out as files: all of his and nobody else, as the lists have them, on both clocks.</summary>
[BothEngines]
public class ExportTests(TestEngine engine)
{
    private const string Formula = "=HYPERLINK(\"http://example.org\",1)";
    private const string Certificate = "skill-level-certificate";

    private AccessOffice office = null!;

    [SetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task Officer_TakesAllOfHisPeople_AndNobodyElse()
    {
        var idNumber = Invented.IdNumber();
        var su = await office.HireAsync(office.Works, "苏伟", "0043");
        var recorded = await office.GetAsync(TestAccounts.Office, $"workers/{su}");
        var patch = new
        {
            idNumber,
            birthDate = "1901-03-07",
            gender = "male",
        };
        (await office.SendAsync(TestAccounts.Office, HttpMethod.Patch, $"workers/{su}", patch, recorded.Etag)).Expect(200);

        var reply = (await office.AskAsync("officer", "exports/workers?format=csv", "*/*")).Expect(200);
        var file = ExportedFile.Of(reply.Bytes);
        var listed = (await office.GetAsync("officer", "workers?limit=500")).Expect(200).Items;

        Assert.That(reply.Bytes.Take(3), Is.EqualTo(Encoding.UTF8.GetPreamble()));
        Assert.That(reply.MediaType, Is.EqualTo("text/csv; charset=utf-8"));
        Assert.That(reply.FileName, Is.EqualTo("workers-2026-11-22.csv"));
        Assert.That(reply.Headers["As-Of"], Is.EqualTo("2026-11-22"));
        Assert.That(reply.Headers["Known-At-Closed"], Is.EqualTo("false"));
        Assert.That(reply.Headers["Cache-Control"], Is.EqualTo("no-cache, private"));
        Assert.That(file["worker id"], Is.EqualTo(listed.Select(w => $"{w.GetProperty("id")}")));
        Assert.That(file["worker id"], Does.Contain($"{office.Worker}").And.Not.Contain($"{office.Stranger}"));
        var row = file.One("worker id", su);
        Assert.That(
            (row["name"], row["staff number"], row["birth date"], row["gender"], row["organisation"], row["first day"]),
            Is.EqualTo(("苏伟", "0043", "1901-03-07", "male", "东街机器厂", "2012-07-01"))
        );
        Assert.That(row["masked ID"], Is.EqualTo(Invented.Masked(idNumber)));
        Assert.That(reply.Text, Does.Not.Contain(idNumber).And.Not.Contain("西街"));
    }

    [Test]
    public async Task Filters_AreThoseOfTheLists()
    {
        var ma = office.Worker;
        var su = await office.HireAsync(office.Works, "苏伟", "0043");
        await office.VerifiedAsync(ma, Certificate, "2020-11-30", new { grade = "4", certificateNo = "A-1" });
        await office.VerifiedAsync(su, Certificate, "2021-03-05", new { grade = "3", certificateNo = "A-2" });
        foreach (
            var filter in new[]
            {
                $"organization={office.Works}",
                "channel=grade-promotion&rung=senior-worker",
                "channel=grade-promotion&rung=none",
                "level=3",
                "level=3&asOf=2020-12-31",
                "stage=growth&asOf=2018-01-01",
                "stage=unknown",
            }
        )
        {
            var listed = (await office.GetAsync("officer", "workers?" + filter)).Expect(200).Items;
            var ids = listed.Select(w => $"{w.GetProperty("id")}").ToList();
            Assert.That((await office.ExportAsync("officer", "workers?" + filter))["worker id"], Is.EqualTo(ids), filter);
            Assert.That((await office.ExportAsync("officer", "coordinates?" + filter))["worker id"], Is.EqualTo(ids), filter);
        }
        foreach (
            var (filter, certificates) in new[]
            {
                ("", "A-1 A-2"),
                ("type=craft-class", ""),
                ("kind=grade", "A-1 A-2"),
                ("to=2020-12-31", "A-1"),
                ("from=2021-01-01", "A-2"),
                ("asOf=2020-12-31", "A-1"),
                ("inForce=false", ""),
                ("state=submitted", ""),
                ("channel=political-treatment", ""),
            }
        )
        {
            var kind = TestFrameworks.Chaoyang.MilestoneTypes[Certificate].Kind;
            var asked = filter.Replace("kind=grade", "kind=" + kind, StringComparison.Ordinal);
            var file = await office.ExportAsync("officer", "milestones?" + asked);
            var found = file.Rows.Select(row => row["certificate number"]).Order();
            Assert.That(string.Join(' ', found), Is.EqualTo(certificates), asked);
        }
    }

    [Test]
    public async Task Milestone_HasAllThatIsRecordedOfIt_InChineseToo()
    {
        var staff = await office.HireAsync(office.Works, "马岚", "0042");
        var id = await office.VerifiedAsync(
            staff,
            Certificate,
            "2020-11",
            new { grade = "3", certificateNo = "A-7" },
            note: "+86 办公室"
        );

        var file = await office.ExportAsync("officer", $"milestones?type={Certificate}", "zh-CN");
        var row = file.One("节点标识", id);

        var grade = TestFrameworks.Chaoyang.MilestoneTypes[Certificate].FindAttribute("grade")!;
        Assert.That(
            new[]
            {
                "工号",
                "姓名",
                "单位",
                "节点类型",
                "发生日期",
                "等级",
                "证书编号",
                "备注",
                "记录状态",
                "截至日有效",
                "有异议",
            }.Select(h => row[h]),
            Is.EqualTo([
                "0042",
                "马岚",
                "东街机器厂",
                TestFrameworks.Chaoyang.MilestoneTypes[Certificate].Name.Zh,
                "2020-11",
                grade.Allowed.Single(a => a.Code == "3").Name.Zh,
                "A-7",
                "'+86 办公室",
                "已核验",
                "是",
                "否",
            ])
        );
        Assert.That((row["版次"], row["生效版次"], row["核验人"]), Is.EqualTo(("2", "2", "verifier")));
        Assert.That(row["授予台阶"], Is.EqualTo(TestFrameworks.Chaoyang.FindRung("grade-promotion", "senior-worker")!.Name.Zh));
    }

    [Test]
    public async Task TheRecordOfYesterday_IsTakenAsItWas()
    {
        var ma = await office.HireAsync(office.Works, "马岚", "0042");
        var id = await office.VerifiedAsync(ma, Certificate, "2020-11-30", new { grade = "4", certificateNo = "A-1" });
        office.Clock.Pass(TimeSpan.FromMinutes(1));
        var before = $"{(await office.GetAsync(TestAccounts.Office, $"workers/{ma}")).Body.GetProperty("knownAt")}";
        var seen = await office.GetAsync(TestAccounts.Office, $"workers/{ma}/milestones/{id}");
        var corrected = new
        {
            type = Certificate,
            occurredOn = "2020-11-30",
            attributes = new { grade = "3", certificateNo = "A-1" },
            reason = "wrong grade",
        };
        (
            await office.SendAsync(TestAccounts.Office, HttpMethod.Put, $"workers/{ma}/milestones/{id}", corrected, seen.Etag)
        ).Expect(200);
        (await office.DoAsync("verifier", ma, id, "verify")).Expect(200);
        var worker = await office.GetAsync(TestAccounts.Office, $"workers/{ma}");
        var renamed = new { name = "马兰", reason = "spelling" };
        (await office.SendAsync(TestAccounts.Office, HttpMethod.Patch, $"workers/{ma}", renamed, worker.Etag)).Expect(200);
        office.Clock.Pass(TimeSpan.FromMinutes(1));

        string Grade(string code) =>
            TestFrameworks
                .Chaoyang.MilestoneTypes[Certificate]
                .FindAttribute("grade")!
                .Allowed.Single(a => a.Code == code)
                .Name.En;
        foreach (var (clock, name, grade, level) in new[] { ("&knownAt=" + before, "马岚", "4", "3"), ("", "马兰", "3", "4") })
        {
            var milestone = (await office.ExportAsync("officer", $"milestones?asOf=2021-01-01{clock}")).One("milestone id", id);
            var standing = (await office.ExportAsync("officer", $"coordinates?asOf=2021-01-01{clock}")).One("worker id", ma);
            Assert.That(standing["counted in reports of the day"], Is.EqualTo("yes"));

            Assert.That((milestone["name"], milestone["grade"]), Is.EqualTo((name, Grade(grade))));
            Assert.That((standing["name"], standing["level"]), Is.EqualTo((name, level)));
            Assert.That(standing["Grade promotion: since"], Is.EqualTo("2020-11-30"));
        }
        var first = await office.AskAsync("officer", $"exports/milestones?asOf=2021-01-01&knownAt={before}", ReportCalls.Csv);
        office.Clock.Pass(TimeSpan.FromHours(1));
        var again = await office.AskAsync("officer", $"exports/milestones?asOf=2021-01-01&knownAt={before}", ReportCalls.Csv);
        Assert.That(first.Headers["Known-At-Closed"], Is.EqualTo("true"));
        Assert.That(again.Bytes, Is.EqualTo(first.Bytes), "closed: the same for ever");
        var beforeAll = await office.ExportAsync("officer", "workers?knownAt=2020-01-01T00:00:00Z");
        Assert.That(beforeAll.Rows, Is.Empty);
    }

    [Test]
    public async Task WhoIsElsewhereToo_IsListedByTheUnitThatTheOfficerKnows()
    {
        var wu = await office.HireAsync(office.OtherWorks, "吴秀", "W-1");
        var second = new
        {
            kind = "union-only",
            organizationId = office.Street,
            from = "2016-01-01",
            primary = false,
            staffNumber = "D-9",
        };
        (await office.PostAsync(TestAccounts.Office, $"workers/{wu}/affiliations", second)).Expect(201);

        var inScope = (await office.ExportAsync("officer", "workers")).One("worker id", wu);
        var before = (await office.ExportAsync("officer", "workers?asOf=2015-06-01")).One("worker id", wu);
        var whole = (await office.ExportAsync(TestAccounts.Office, "workers")).One("worker id", wu);
        var filtered = (await office.ExportAsync(TestAccounts.Office, $"workers?organization={office.Street}")).One(
            "worker id",
            wu
        );

        Assert.That((inScope["organisation"], inScope["staff number"]), Is.EqualTo(("东街总工会", "D-9")));
        Assert.That(
            (before["name"], before["organisation"], before["staff number"], before["organisation id"]),
            Is.EqualTo(("吴秀", "", "", "")),
            "what he does not know is not told"
        );
        Assert.That((whole["organisation"], whole["staff number"]), Is.EqualTo(("西街机器厂", "W-1")));
        Assert.That(filtered["staff number"], Is.EqualTo("D-9"));
    }

    [Test]
    public async Task Voided_IsLeftOut_UnlessItIsAskedFor()
    {
        var ma = await office.HireAsync(office.Works, "马岚", "0042");
        var wrong = await office.VerifiedAsync(ma, Certificate, "2020-11-30", new { grade = "4", certificateNo = "A-1" });
        (await office.DoAsync("verifier", ma, wrong, "void", new { reason = "never was" })).Expect(200);
        var nobody = await office.HireAsync(office.Works, "无此人", "0099");
        var seen = await office.GetAsync(TestAccounts.Office, $"workers/{nobody}");
        (
            await office.SendAsync(
                TestAccounts.Office,
                HttpMethod.Post,
                $"workers/{nobody}:void",
                new { reason = "x" },
                seen.Etag
            )
        ).Expect(200);

        var people = await office.ExportAsync("officer", "workers");
        var withVoided = await office.ExportAsync("officer", "workers?include=voided");
        var milestones = await office.ExportAsync("officer", "milestones");
        var withWrong = await office.ExportAsync("officer", "milestones?include=voided");
        var standing = await office.ExportAsync("officer", "coordinates");
        var refused = await office.AskAsync("officer", "exports/coordinates?include=voided", ReportCalls.Csv);

        Assert.That(people["name"], Does.Not.Contain("无此人"));
        Assert.That(withVoided.One("name", "无此人")["voided"], Is.EqualTo("yes"));
        Assert.That(milestones.Rows, Is.Empty);
        Assert.That(withWrong.Rows.Select(row => row["record state"]), Is.EqualTo(["voided"]));
        Assert.That(standing["name"], Does.Not.Contain("无此人"));
        Assert.That((refused.Status, refused["code"]), Is.EqualTo((400, "unknown-parameter")));
    }

    [Test]
    public async Task NoCellBecomesAFormula_AndTheLastSheetSaysWhatWasAsked()
    {
        var ma = await office.HireAsync(office.Works, Formula, "-0042");
        await office.VerifiedAsync(ma, Certificate, "2020-11-30", new { grade = "3", certificateNo = "@SUM(A1)" });

        var csv = await office.ExportAsync("officer", "milestones");
        var xlsx = (
            await office.AskAsync("officer", $"exports/milestones?type={Certificate}&state=verified", ReportCalls.Xlsx, "zh-CN")
        ).Expect(200);
        var people = (await office.AskAsync("officer", "exports/workers?format=xlsx", "*/*")).Expect(200);

        var row = csv.Rows.Single();
        Assert.That(
            (row["name"], row["staff number"], row["certificate number"]),
            Is.EqualTo(("'" + Formula, "'-0042", "'@SUM(A1)"))
        );
        foreach (var reply in new[] { xlsx, people })
        {
            using var book = SheetTests.Open(reply.Bytes);
            var cells = SheetTests.Rows(book, 0).SelectMany(cells => cells).ToList();
            Assert.That(cells.Select(c => c.CellFormula), Is.All.Null);
            Assert.That(
                cells.Where(c => SheetTests.Shown(c) == Formula).Select(c => c.DataType?.Value),
                Is.EqualTo([CellValues.InlineString])
            );
        }
        using var workbook = SheetTests.Open(xlsx.Bytes);
        Assert.That(xlsx.FileName, Is.EqualTo("milestones-2026-11-22.xlsx"));
        Assert.That(SheetTests.Names(workbook), Is.EqualTo(["milestones", "说明"]));
        var about = SheetTests.Rows(workbook, 1).Select(cells => string.Join(" | ", cells.Select(SheetTests.Shown))).ToList();
        Assert.That(
            about,
            Is.SupersetOf([
                "导出 | milestones | ",
                "导出账号 | officer | ",
                $"成长节点 | {Certificate} | {TestFrameworks.Chaoyang.MilestoneTypes[Certificate].Name.Zh}",
                "状态 | verified | 已核验",
                $"按当时的记录 | {xlsx.Headers["Known-At"]} | ",
                "记录已封闭（结果不再变化） | 否 | ",
                $"坐标体系 | chaoyang-12345 1 | {TestFrameworks.Chaoyang.Name.Zh}",
            ])
        );
        Assert.That(about, Has.Some.StartsWith("截至 | ").And.Some.StartsWith("导出时间 | 2026-11-22T"));
    }

    [TestCase("workers?level=99", 400, "unknown-level")]
    [TestCase("workers?rung=senior-worker", 400, "channel-and-rung-together")]
    [TestCase("workers?stage=moon", 400, "unknown-stage")]
    [TestCase("workers?moon=1", 400, "unknown-parameter")]
    [TestCase("workers?limit=5", 400, "unknown-parameter")]
    [TestCase("workers?format=pdf", 400, "value-not-allowed")]
    [TestCase("workers?asOf=2025-02-30", 400, "not-a-day")]
    [TestCase("workers?knownAt=2199-01-01T00:00:00Z", 400, "known-at-in-future")]
    [TestCase("milestones?type=moon", 400, "value-not-allowed")]
    [TestCase("milestones?from=2021-01-01&to=2020-01-01", 400, "from-after-to")]
    [TestCase("coordinates?organization=" + AccessOffice.Absent, 400, "no-such-organization")]
    public async Task WhatMakesNoSense_IsRefused(string what, int status, string code)
    {
        var reply = await office.AskAsync("officer", "exports/" + what, ReportCalls.Csv, "zh-CN");

        Assert.That((reply.Status, reply["code"]), Is.EqualTo((status, code)), reply.Text);
        Assert.That(reply.MediaType, Does.StartWith("application/problem+json"));
    }

    [Test]
    public async Task UnitOfOthers_IsAsUnknownAsOneThatIsNot()
    {
        var others = await office.AskAsync("officer", $"exports/workers?organization={office.OtherWorks}", ReportCalls.Csv);
        var none = await office.AskAsync("officer", $"exports/workers?organization={AccessOffice.Absent}", ReportCalls.Csv);

        Assert.That((others.Status, others["code"]), Is.EqualTo((none.Status, none["code"])));
        Assert.That(
            others["detail"]!.Replace($"{office.OtherWorks}", "", StringComparison.Ordinal),
            Is.EqualTo(none["detail"]!.Replace(AccessOffice.Absent, "", StringComparison.Ordinal))
        );
    }

    [TestCase("application/json", "", 406)]
    [TestCase("image/png", "", 406)]
    [TestCase("text/csv", "?format=xlsx", 406)]
    [TestCase("*/*", "?format=xlsx", 200)]
    [TestCase("text/csv, */*;q=0.1", "", 200)]
    [TestCase("text/html, application/xhtml+xml, */*;q=0.8", "?format=csv", 200)]
    public async Task Form_IsWhatIsAccepted(string accept, string query, int status)
    {
        var reply = await office.AskAsync("officer", "exports/workers" + query, accept);

        Assert.That(reply.Status, Is.EqualTo(status));
        Assert.That(
            reply.MediaType,
            Does.StartWith(
                status == 406 ? "application/problem+json"
                : query.Contains("xlsx") ? ReportCalls.Xlsx
                : "text/csv"
            )
        );
    }

    [Test]
    public async Task EverybodyInAFile_IsInTheTrail_AndReadsSo_AndNobodyElse()
    {
        var ma = office.Worker;
        var su = await office.HireAsync(office.Works, "苏伟", "0043");
        await office.VerifiedAsync(ma, Certificate, "2020-11-30", new { grade = "4", certificateNo = "A-1" });
        await office.ExportAsync("officer", $"milestones?type={Certificate}&asOf=2021-01-01");

        var hers = (await office.GetAsync("auditor", $"audit-entries?worker={ma}&action=exportMilestones")).Expect(200);
        var his = (await office.GetAsync("auditor", $"audit-entries?worker={su}&action=exportMilestones")).Expect(200);
        var told = (await office.GetAsync("worker", "me/accesses")).Expect(200);

        var details = hers.Items.Single().GetProperty("details");
        Assert.That($"{details.GetProperty("asked").GetProperty("type")}", Is.EqualTo(Certificate));
        Assert.That($"{details.GetProperty("asked").GetProperty("asOf")}", Is.EqualTo("2021-01-01"));
        Assert.That(details.GetProperty("workers").GetArrayLength(), Is.EqualTo(1));
        Assert.That(his.Items, Is.Empty, "he has no row");
        var access = told.Items[0];
        Assert.That(
            ($"{access.GetProperty("kind")}", $"{access.GetProperty("operation")}", $"{access.GetProperty("account")}"),
            Is.EqualTo(("export", "exportMilestones", "officer"))
        );
        Assert.That($"{access.GetProperty("words").GetProperty("zh")}", Is.EqualTo("导出的文件中有您"));
    }

    [Test]
    public async Task Head_HasTheHeaders_AndShowsNobody()
    {
        var head = await office.AskAsync("officer", HttpMethod.Head, "exports/workers", null, ReportCalls.Csv);
        var trail = await office.GetAsync("auditor", "audit-entries?action=exportWorkers");

        Assert.That((head.Status, head.FileName, head.Bytes.Length), Is.EqualTo((200, "workers-2026-11-22.csv", 0)));
        Assert.That(trail.Items, Is.Empty);
    }

    [Test]
    public async Task Milestones_SentBackAsAnImport_AreTheSame([Values("en", "zh-CN")] string language)
    {
        var ma = await office.HireAsync(office.Works, "马岚", "0042");
        var su = await office.HireAsync(office.Works, "苏伟", "0043");
        await office.VerifiedAsync(ma, Certificate, "2020-11", new { grade = "3", certificateNo = "0007" });
        await office.VerifiedAsync(su, Certificate, "2021", new { grade = "4", certificateNo = "=8" });
        await office.VerifiedAsync(
            su,
            "craft-class",
            "2021-05-01",
            new
            {
                topic = "安全",
                hours = 1.5,
                mode = "onsite",
                passed = true,
            }
        );
        // Types that call the same attribute differently, and different attributes alike.
        await office.VerifiedAsync(
            su,
            "volunteer-service",
            "2021-06-01",
            new
            {
                topic = "平安",
                hours = 3,
                role = "volunteer",
            }
        );
        await office.VerifiedAsync(su, "digital-empowerment", "2021-07-01", new { form = "course", hours = 6 });
        var bytes = (await office.AskAsync("officer", "exports/milestones", ReportCalls.Xlsx, language)).Expect(200).Bytes;
        var csv = (await office.AskAsync("officer", "exports/milestones", ReportCalls.Csv, language)).Expect(200).Bytes;

        var looked = await office.UploadAsync("officer", bytes, "milestones.xlsx");
        var again = await office.UploadAsync("officer", csv, "milestones.csv");

        Assert.That(
            Encoding.UTF8.GetString(csv).Split("\r\n")[0].Split(','),
            language == "en"
                ? Is.SupersetOf(new[] { "mode", "form", "hours" })
                : Is.SupersetOf(new[] { "形式（mode）", "形式（form）", "学时／时长（hours）" })
        );
        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 0 changed, 5 same, 0 refused"), looked.Text);
        Assert.That(again.Counts(), Is.EqualTo("checked 0 new, 0 changed, 5 same, 0 refused"), again.Text);
    }

    [Test]
    public async Task Workers_SentBackAsARoster_AreTheSame_AndACellThatWasChangedIs([Values("en", "zh-CN")] string language)
    {
        var su = await office.HireAsync(office.Works, "苏伟", "0043");
        var seen = await office.GetAsync(TestAccounts.Office, $"workers/{su}");
        var patch = new
        {
            idNumber = Invented.IdNumber("1901-03-07"),
            birthDate = "1901-03-07",
            gender = "female",
            migrantWorker = true,
        };
        (await office.SendAsync(TestAccounts.Office, HttpMethod.Patch, $"workers/{su}", patch, seen.Etag)).Expect(200);
        var asked = $"exports/workers?organization={office.Works}";
        var bytes = (await office.AskAsync("officer", asked, ReportCalls.Xlsx, language)).Expect(200).Bytes;
        var csv = (await office.AskAsync("officer", asked, ReportCalls.Csv, language)).Expect(200).Text;
        // Who has neither a staff number nor a birth date is found by no roster.
        var rows = csv.Split("\r\n").Where(line => !line.Contains($"{office.Worker}", StringComparison.Ordinal)).ToList();

        var looked = await office.UploadAsync("officer", bytes, "workers.xlsx", ("kind", "workers"));
        var changed = await office.UploadAsync(
            "officer",
            string.Join("\r\n", rows).Replace("2012-07-01,东街机器厂", "2013-08-02,东街机器厂", StringComparison.Ordinal),
            ("kind", "workers")
        );

        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 0 changed, 1 same, 1 refused"), looked.Text);
        Assert.That(changed.Counts(), Is.EqualTo("checked 0 new, 1 changed, 0 same, 0 refused"), changed.Text);
    }

    [Test]
    public async Task OfManyAtOnce_AnAccountWaits()
    {
        var running = office.Host.Services.GetRequiredService<RunningExports>();
        using var first = running.TryBegin("officer", out _);
        using (running.TryBegin("officer", out _))
        {
            var third = await office.AskAsync("officer", "exports/workers", ReportCalls.Csv);
            Assert.That((third.Status, third["code"]), Is.EqualTo((429, "too-many-exports")));
            Assert.That(third.Headers["Retry-After"], Is.EqualTo("10"));
            (await office.AskAsync(TestAccounts.Office, "exports/workers", ReportCalls.Csv)).Expect(200);
        }
        (await office.AskAsync("officer", "exports/workers", ReportCalls.Csv)).Expect(200);
        var others = Enumerable.Range(0, 7).Select(i => running.TryBegin($"other-{i}", out _)).ToList();
        var busy = await office.AskAsync("officer", "exports/workers", ReportCalls.Csv);
        Assert.That((busy.Status, busy["code"]), Is.EqualTo((503, "exports-busy")));
        others.ForEach(place => place?.Dispose());
        (await office.AskAsync("officer", "exports/workers", ReportCalls.Csv)).Expect(200);
    }
}
