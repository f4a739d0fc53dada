using CareerCoordinates.Api.Demo.Population;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Imports;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Api.Reports;

namespace CareerCoordinates.Tests.Api.Moves;

/// <summary>An office in which something of everything that can be kept has been kept, and the questions whose answers stay.</summary>
internal sealed class GrownRecord
{
    public const string Password = "a sentence that only I know";

    private readonly AccessOffice office;

    private GrownRecord(AccessOffice office) => this.office = office;

    public string IdNumber { get; } = Invented.IdNumber();

    /// <summary>Has an ID number and a name with a rare character.</summary>
    public Guid Numbered { get; private set; }

    public Guid Erased { get; private set; }

    /// <summary>Of a milestone of the office's worker, submitted and waiting.</summary>
    public Guid Waiting { get; private set; }

    /// <summary>Was recorded under an Idempotency-Key.</summary>
    public Guid RecordedOnce { get; private set; }

    /// <summary>Of a worker who has no account yet.</summary>
    public string ClaimCode { get; private set; } = "";

    public string ApiToken { get; private set; } = "";

    public IReadOnlyList<Guid> SavedReports { get; private set; } = [];

    public Guid CheckedImport { get; private set; }

    /// <summary>Closed, and when a day began.</summary>
    public string KnownAt { get; private set; } = "";

    public static async Task<GrownRecord> GrowAsync(AccessOffice office)
    {
        var grown = new GrownRecord(office);
        await grown.PeopleAsync();
        await grown.MilestonesAsync();
        await grown.AccessAsync();
        await grown.ImportsAsync();
        await grown.ReportsAsync();
        return grown;
    }

    /// <summary>Who asks what: everything of a closed past, and what was saved.</summary>
    public IEnumerable<(string Account, string Path)> Questions()
    {
        foreach (var worker in new[] { office.Worker, office.Stranger, Numbered, Erased })
        {
            foreach (var what in new[] { "coordinate", "trajectory", "next-steps", "milestones", "affiliations" })
            {
                yield return (TestAccounts.Office, $"workers/{worker}/{what}?knownAt={KnownAt}");
            }
            yield return (TestAccounts.Office, $"workers/{worker}?knownAt={KnownAt}");
        }
        yield return ("officer", $"workers?count=true&knownAt={KnownAt}");
        yield return ("officer", $"organizations?count=true&knownAt={KnownAt}");
        yield return ("officer", $"entered-figures?knownAt={KnownAt}");
        foreach (
            var report in new[]
            {
                "grid?asOf=2026-10-31",
                "positions?asOf=2026-10-31",
                "transitions?channel=grade-promotion&from=2019-12-31&to=2026-10-31",
                "time-to-rung?channel=grade-promotion&fromRung=career-start&toRung=intermediate-worker&asOf=2026-10-31",
                "milestones?from=2020-01-01&to=2026-10-31&groupBy=type",
                "indicators?year=2025",
                "annual?year=2025",
            }
        )
        {
            yield return ("officer", $"reports/{report}&knownAt={KnownAt}");
            // Protected: the noise comes from a key of the database.
            yield return ("analyst", $"reports/{report}&knownAt={KnownAt}");
        }
        foreach (var saved in SavedReports)
        {
            yield return ("officer", $"saved-reports/{saved}/result");
        }
    }

    /// <summary>Who asks for what stays until work goes on.</summary>
    public IEnumerable<(string Account, string Path)> QuestionsOfNow() =>
        [("officer", $"imports/{CheckedImport}"), ("officer", $"imports/{CheckedImport}/result")];

    /// <summary>The request under the key again, wherever the record is now.</summary>
    public static Task<AccessReply> RecordOnceAsync(AccessOffice office) =>
        office.SendAsync(
            TestAccounts.Office,
            HttpMethod.Post,
            "workers",
            WorkerIdNumberTests.Worker(null, new { name = "Repeated Once" }, office.Works),
            key: "once-and-only"
        );

    private async Task PeopleAsync()
    {
        var coded = new
        {
            name = "有码厂",
            kind = "enterprise",
            parentId = office.Street,
            from = "2000-01-01",
            creditCode = SyntheticCreditCode.Enterprise(7),
        };
        (await office.PostAsync(TestAccounts.Office, "organizations", coded)).Expect(201);
        await office.HireAsync(office.Works, "马岚", "0042");
        await office.HireAsync(office.Works, "苏伟", "0043");
        Numbered = (
            await office.PostAsync(
                TestAccounts.Office,
                "workers",
                WorkerIdNumberTests.Worker(IdNumber, new { name = "欧阳·𠮷", number = "CY-1" }, office.Works)
            )
        )
            .Expect(201)
            .Id;
        Erased = (
            await office.PostAsync(
                TestAccounts.Office,
                "workers",
                WorkerIdNumberTests.Worker(Invented.IdNumber(), new { name = "Soon Gone" }, office.Works)
            )
        )
            .Expect(201)
            .Id;
        (
            await office.SendAsync(
                TestAccounts.Office,
                HttpMethod.Patch,
                $"workers/{office.Worker}",
                new { gender = "female", reason = "was missing" },
                "\"1-x\""
            )
        ).Expect(200);
        RecordedOnce = (await RecordOnceAsync(office)).Expect(201).Id;
    }

    private async Task MilestonesAsync()
    {
        var counts = await SubmitAsync(office.Worker, "4", "2020-11-30");
        (await office.DoAsync("verifier", office.Worker, counts, "verify")).Expect(200);
        await CorrectAsync(counts, "3");
        (await office.DoAsync("verifier", office.Worker, counts, "verify")).Expect(200);
        await CorrectAsync(counts, "2");
        Waiting = counts;
        (await office.DoAsync("worker", office.Worker, counts, "contest", new { reason = "it was grade 1" })).Expect(200);
        var returned = await SubmitAsync(office.Worker, "5", "2016-03-01");
        (await office.DoAsync("verifier", office.Worker, returned, "return", new { reason = "no evidence" })).Expect(200);
        var voided = await SubmitAsync(office.Worker, "5", "2017-03-01");
        (await office.DoAsync("officer", office.Worker, voided, "void", new { reason = "twice" })).Expect(200);
        var ofErased = await SubmitAsync(Erased, "4", "2019-05-01");
        (await office.DoAsync("verifier", Erased, ofErased, "verify")).Expect(200);
    }

    private async Task AccessAsync()
    {
        await office.AccountAsync("second", AccessOffice.Grant(Role.Administrator, null));
        var asked = (
            await office.PostAsync(TestAccounts.Office, "erasures", new { workerId = Erased, reason = "request 118" })
        ).Expect(201);
        (await office.PostAsync("second", $"erasures/{asked.Id}:approve", new { })).Expect(200);
        var claims = await office.HireAsync(office.Works, "Own Account");
        var made = (await office.PostAsync("officer", $"workers/{claims}/claim-codes", new { })).Expect(201);
        var claim = new
        {
            name = "Own Account",
            code = made["code"],
            account = "own-account",
            password = Password,
        };
        (await office.PostAsync("anonymous", "claims", claim)).Expect(200);
        // From where he got in, he is known again.
        (await office.PostAsync("anonymous", "sign-in", new { account = "own-account", password = Password })).Expect(200);
        var later = await office.HireAsync(office.Works, "Not Yet In");
        ClaimCode = (await office.PostAsync("officer", $"workers/{later}/claim-codes", new { })).Expect(201)["code"];
        var token = new
        {
            name = "payroll",
            role = "officer",
            organizationId = office.Works,
            endsAt = office.Clock.GetUtcNow().AddDays(30).ToString("yyyy-MM-ddTHH:mm:ssZ"),
        };
        ApiToken = (await office.PostAsync("officer", "me/tokens", token)).Expect(201)["token"];
    }

    private async Task ImportsAsync()
    {
        (string, string)[] certificates = [("type", "skill-level-certificate"), ("organization", $"{office.Works}")];
        const string header = "工号,姓名,发生日期,等级,证书编号\n";
        var committed = await office.UploadAsync("officer", header + "0042,马岚,2020年11月30日,三级,A-1\n", certificates);
        Assert.That((await office.CommitAsync("officer", committed.Id))["state"], Is.EqualTo("committed"));
        (await office.PostAsync("verifier", $"imports/{committed.Id}:sample", new { })).Expect(200);
        var looked = await office.UploadAsync("officer", header + "0043,苏伟,2021-03-05,4,A-2\n0099,,2021,4,A-3\n", certificates);
        Assert.That(looked["state"], Is.EqualTo("checked"));
        CheckedImport = looked.Id;
    }

    private async Task ReportsAsync()
    {
        var figure = new
        {
            organizationId = office.Works,
            indicator = "surveyed-workers",
            figure = "workers",
            yearKind = "calendar",
            year = 2025,
            number = 318,
            source = "年度问卷汇总",
        };
        (await office.PostAsync("officer", "entered-figures", figure)).Expect(201);
        // It is 14:00 in Shanghai; protected counts want the instant at which a day began.
        office.Clock.Pass(TimeSpan.FromHours(11));
        KnownAt = office.Clock.GetUtcNow().ToString("yyyy-MM-ddT16:00:00Z");
        office.Clock.Pass(TimeSpan.FromMinutes(1));
        await office.ReadyAsync();
        SavedReports =
        [
            await SaveAsync("grid", new() { ["asOf"] = "2026-10-31" }),
            await SaveAsync("positions", new() { ["asOf"] = "2025-12-31" }),
        ];
        office.Clock.Pass(TimeSpan.FromMinutes(1));
    }

    private async Task<Guid> SaveAsync(string report, Dictionary<string, string> parameters)
    {
        var body = new
        {
            name = report,
            report,
            parameters,
        };
        return (await office.PostAsync("officer", "saved-reports", body)).Expect(201).Id;
    }

    private async Task<Guid> SubmitAsync(Guid worker, string grade, string on) =>
        (await office.PostAsync("officer", $"workers/{worker}/milestones", Certificate(grade, on))).Expect(201).Id;

    private async Task CorrectAsync(Guid milestone, string grade)
    {
        var seen = await office.GetAsync("officer", $"workers/{office.Worker}/milestones/{milestone}");
        (
            await office.SendAsync(
                "officer",
                HttpMethod.Put,
                $"workers/{office.Worker}/milestones/{milestone}",
                Certificate(grade, "2020-11-30", "wrong grade"),
                seen.Etag
            )
        ).Expect(200);
    }

    private static Dictionary<string, object> Certificate(string grade, string on, string? reason = null)
    {
        var content = new Dictionary<string, object>
        {
            ["type"] = "skill-level-certificate",
            ["occurredOn"] = on,
            ["attributes"] = new { grade, certificateNo = $"NO-{grade}-{on}" },
        };
        if (reason is not null)
        {
            content["reason"] = reason;
        }
        return content;
    }
}
