using System.Text.Json;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>A street in which something happened in 2024 and 2025, told on 23 November 2026.</summary>
public abstract class StreetOfTwoYears(TestEngine engine)
{
    private protected AccessOffice office = null!;

    private protected Guid moved;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        await office.AccountAsync("other-street", AccessOffice.Grant(Role.Officer, office.OtherStreet));
        await office.AccountAsync("works", AccessOffice.Grant(Role.Officer, office.Works));
        await CertifyAsync(office.Worker, "5", "2024-05-05");
        var corrected = await CertifyAsync(office.Worker, "4", "2025-05-05");
        var seen = await office.GetAsync("officer", $"workers/{office.Worker}/milestones/{corrected}");
        var better = new
        {
            type = "skill-level-certificate",
            occurredOn = "2025-05-06",
            attributes = new { grade = "3", certificateNo = "A1" },
            reason = "mistyped",
        };
        (
            await office.SendAsync(
                "officer",
                HttpMethod.Put,
                $"workers/{office.Worker}/milestones/{corrected}",
                better,
                seen.Etag
            )
        ).Expect(200);
        (await office.DoAsync("verifier", office.Worker, corrected, "verify")).Expect(200);
        // Not verified: it counts nowhere.
        await RecordAsync(office.Worker, "skill-level-certificate", "2025-06-06", new { grade = "2", certificateNo = "A1" });
        moved = await office.HireAsync(office.Works, "He Yi");
        await CertifyAsync(moved, "5", "2025-03-03");
        await CertifyAsync(moved, "4", "2025");
        var place = (await office.GetAsync("officer", $"workers/{moved}/affiliations")).Items[0];
        (
            await office.PostAsync(
                Api.TestAccounts.Office,
                $"workers/{moved}/affiliations/{place.GetProperty("id").GetGuid()}:end",
                new { on = "2025-06-30", reason = "moved" },
                place.GetProperty("etag").GetString()
            )
        ).Expect(200);
        var next = new
        {
            kind = "labour-contract",
            organizationId = office.OtherWorks,
            from = "2025-07-01",
        };
        (await office.PostAsync(Api.TestAccounts.Office, $"workers/{moved}/affiliations", next)).Expect(201);
        foreach (var (year, number) in new[] { (2024, 5), (2025, 8) })
        {
            var essays = new
            {
                organizationId = office.Street,
                indicator = "essays",
                figure = "essays",
                year,
                yearKind = "calendar",
                number,
                source = "the list of the street",
            };
            (await office.PostAsync("officer", "entered-figures", essays)).Expect(201);
        }
        for (var i = 0; i < 30; i++)
        {
            var one = await office.HireAsync(office.Works);
            await office.FillAsync(one, 1, "volunteer-service", "2015-01-15", ("hours", AttributeValue.Of(2)));
        }
        office.Store.Projection.Load(CancellationToken.None);
        office.Clock.Pass(TimeSpan.FromDays(1));
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    private protected async Task<Guid> CertifyAsync(Guid worker, string grade, string on)
    {
        var id = await RecordAsync(worker, "skill-level-certificate", on, new { grade, certificateNo = "A1" });
        (await office.DoAsync("verifier", worker, id, "verify")).Expect(200);
        return id;
    }

    private async Task<Guid> RecordAsync(Guid worker, string type, string occurredOn, object attributes)
    {
        var milestone = new
        {
            type,
            occurredOn,
            attributes,
        };
        return (await office.PostAsync("officer", $"workers/{worker}/milestones", milestone)).Expect(201).Id;
    }

    private protected async Task<JsonElement> ReportAsync(string account, string question) =>
        (await office.GetAsync(account, "reports/" + question)).Expect(200).Body;
}
