using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>
/// Random steps of an officer's work about people and places, each sent to the program and said to the naive model, which also says
/// whether the step must be refused.
/// </summary>
internal sealed class PeopleSteps(SimulatedOffice office, NaiveRecord record, RandomFacts random)
{
    public async Task AddOrganizationAsync()
    {
        var parent = record.Organizations.Count > 0 && random.Chance(0.85) ? random.Pick(record.Organizations) : null;
        var from = random.Day();
        var status = parent is not null && record.IsVoided(parent.Id, Instant.Never) ? 422 : 201;
        var kind = random.Pick(["enterprise", "street-union", "enterprise-union"]);
        var body = new
        {
            kind,
            name = $"Wharf {record.Organizations.Count}",
            from,
            parentId = parent?.Id,
        };
        var answer = await office.WriteAsync(HttpMethod.Post, "organizations", body, status);
        if (status == 201)
        {
            var first = new Said<(Guid?, DateOnly, bool)>(Recorded(answer.RecordedAt()), (parent?.Id, from, false));
            record.Organizations.Add(new NaiveOrganization(answer.Id(), kind, [first]));
        }
    }

    public async Task MoveOrganizationAsync()
    {
        var moved = random.Pick(record.Organizations);
        var parent = random.Chance(0.9) ? random.Pick(record.Organizations) : null;
        var from = random.Day();
        var now = moved.Said[^1].What;
        var candidate = new Said<(Guid?, DateOnly, bool)>(office.Now, (parent?.Id, from, false));
        moved.Said.Add(candidate);
        var circle = record.TreeDays.Append(from).Where(d => d >= from).Any(d => record.HasCircle(d, Instant.Never));
        moved.Said.Remove(candidate);
        var status =
            now.Voided ? 409
            : parent is not null && record.IsVoided(parent.Id, Instant.Never) ? 422
            : circle ? 409
            : 200;
        var body = new
        {
            parentId = parent?.Id,
            from,
            reason = "redrawn",
        };
        var answer = await office.WriteAsync(HttpMethod.Patch, $"organizations/{moved.Id}", body, status, moved.Said.Count);
        if (status == 200 && moved.Said[^1].What != (parent?.Id, from, false))
        {
            moved.Said.Add(new(Recorded(answer.RecordedAt()), (parent?.Id, from, false)));
        }
    }

    public async Task VoidOrganizationAsync()
    {
        var voided = random.Pick(record.Organizations);
        var newest = voided.Said[^1].What;
        var inUse = record.HasChildren(voided.Id, Instant.Never) || record.PlacesNow.Any(p => p.Place.Organization == voided.Id);
        var answer = await office.WriteAsync(
            HttpMethod.Post,
            $"organizations/{voided.Id}:void",
            new { reason = "entered twice" },
            inUse || newest.Voided ? 409 : 200,
            voided.Said.Count
        );
        if (!inUse && !newest.Voided)
        {
            voided.Said.Add(new(Recorded(answer.RecordedAt()), newest with { Voided = true }));
        }
    }

    public async Task AddWorkerAsync()
    {
        var organization = random.Pick(record.Organizations);
        var place = NewPlace(organization.Id);
        var careerStart = CareerStart();
        var status =
            record.IsVoided(organization.Id, Instant.Never) ? 422
            : NumberTaken(place, null) ? 409
            : 201;
        var body = new
        {
            name = $"Hand {record.Workers.Count}",
            careerStart,
            affiliation = Body(place),
        };
        var answer = await office.WriteAsync(HttpMethod.Post, "workers", body, status);
        if (status == 201)
        {
            var at = Recorded(answer.RecordedAt());
            var first = new NaiveAffiliation(answer.GetProperty("affiliation").Id(), [new(at, place)]);
            record.Workers.Add(new NaiveWorker(answer.Id(), [new(at, (careerStart, false))], [first], []));
        }
    }

    public async Task CorrectWorkerAsync(NaiveWorker worker)
    {
        var careerStart = CareerStart();
        var answer = await office.WriteAsync(
            HttpMethod.Patch,
            $"workers/{worker.Id}",
            new { careerStart, reason = "per contract" },
            worker.Voided ? 409 : 200,
            worker.Said.Count
        );
        if (!worker.Voided && worker.Said[^1].What != (careerStart, false))
        {
            worker.Said.Add(new(Recorded(answer.RecordedAt()), (careerStart, false)));
        }
    }

    public async Task VoidWorkerAsync(NaiveWorker worker)
    {
        var answer = await office.WriteAsync(
            HttpMethod.Post,
            $"workers/{worker.Id}:void",
            new { reason = "entered twice" },
            worker.Voided ? 409 : 200,
            worker.Said.Count
        );
        if (!worker.Voided)
        {
            worker.Said.Add(new(Recorded(answer.RecordedAt()), worker.Said[^1].What with { Voided = true }));
        }
    }

    /// <summary>Another place, beside the others or, as a transfer, after the main one.</summary>
    public async Task AddAffiliationAsync(NaiveWorker worker, bool transfer)
    {
        var place = NewPlace(random.Pick(record.Organizations).Id);
        var others = worker.Affiliations.Where(a => !a.Said[^1].What.Voided).ToList();
        NaiveAffiliation? left = null;
        if (transfer)
        {
            var main = others
                .Where(a => a.Said[^1].What.CoversDay(place.From))
                .OrderBy(a => a.Said[^1].What.Primary ? 0 : 1)
                .ThenBy(a => a.Said[^1].What.From)
                .ThenBy(a => a.Id.ToString(), StringComparer.Ordinal)
                .FirstOrDefault();
            var flaggedLater = others.Any(a => a.Said[^1].What.Primary && a.Said[^1].What.From > place.From);
            var stays = main is null || main.Said[^1].What.From >= place.From || (flaggedLater && !main.Said[^1].What.Primary);
            left = stays ? null : main;
        }
        var kept = left is null ? null : left.Said[^1].What with { Until = place.From.AddDays(-1) };
        var begun = place with { Primary = place.Primary || transfer };
        var besides = others.Where(a => a != left).Select(a => a.Said[^1].What).Concat(kept is null ? [] : [kept]);
        var status =
            worker.Voided || (transfer && left is null) || Conflicts(begun, besides) ? 409
            : record.IsVoided(place.Organization, Instant.Never) ? 422
            : NumberTaken(begun, left) ? 409
            : 201;
        var answer = await office.WriteAsync(HttpMethod.Post, $"workers/{worker.Id}/affiliations", Body(place, transfer), status);
        if (status != 201)
        {
            return;
        }
        var at = Recorded(answer.RecordedAt());
        if (record.Fault != Fault.TransferKeepsTheOldPlace)
        {
            left?.Said.Add(new(at, kept!));
        }
        worker.Affiliations.Add(new NaiveAffiliation(answer.Id(), [new(at, begun)]));
    }

    public async Task ChangeAffiliationAsync(NaiveWorker worker)
    {
        var changed = random.Pick(worker.Affiliations);
        var now = changed.Said[^1].What;
        var place = NewPlace(random.Chance(0.5) ? now.Organization : random.Pick(record.Organizations).Id) with
        {
            Primary = now.Primary,
        };
        var others = worker.Affiliations.Where(a => a != changed).Select(a => a.Said[^1].What).Where(p => !p.Voided);
        var status =
            worker.Voided || now.Voided || Conflicts(place, others) ? 409
            : record.IsVoided(place.Organization, Instant.Never) ? 422
            : NumberTaken(place, changed) ? 409
            : 200;
        var body = new
        {
            organizationId = place.Organization,
            from = place.From,
            until = place.Until,
            staffNumber = place.StaffNumber,
        };
        var path = $"workers/{worker.Id}/affiliations/{changed.Id}";
        var answer = await office.WriteAsync(HttpMethod.Patch, path, body, status, changed.Said.Count);
        if (status == 200 && place != now)
        {
            changed.Said.Add(new(Recorded(answer.RecordedAt()), place));
        }
    }

    public async Task VoidAffiliationAsync(NaiveWorker worker)
    {
        var voided = random.Pick(worker.Affiliations);
        var now = voided.Said[^1].What;
        var isLast = worker.Affiliations.All(a => a == voided || a.Said[^1].What.Voided);
        var status = worker.Voided || now.Voided || isLast ? 409 : 200;
        var path = $"workers/{worker.Id}/affiliations/{voided.Id}:void";
        var answer = await office.WriteAsync(HttpMethod.Post, path, new { reason = "never there" }, status, voided.Said.Count);
        if (status == 200)
        {
            voided.Said.Add(new(Recorded(answer.RecordedAt()), now with { Voided = true }));
        }
    }

    public Instant Recorded(Instant at)
    {
        if (record.Instants.Count > 0 && at <= record.Instants[^1])
        {
            throw new SimulationMismatchException($"Recorded at {at}, not after {record.Instants[^1]}.");
        }
        record.Instants.Add(at);
        return at;
    }

    private DateOnly? CareerStart() =>
        random.Chance(0.15) ? null
        : random.Chance(0.2) ? new DateOnly(2012, 2, 29)
        : random.Day().AddYears(-random.Number(0, 8));

    private NaivePlace NewPlace(Guid organization)
    {
        var from = random.Day();
        return new NaivePlace(
            organization,
            from,
            random.Chance(0.4) ? from.AddDays(random.Pick([0, 89, 365, 2_000])) : null,
            random.Chance(0.3),
            random.Chance(0.4) ? $"{random.Number(1, 4)}" : null,
            false
        );
    }

    private static bool Conflicts(NaivePlace place, IEnumerable<NaivePlace> others) =>
        others.Any(o => o.Meets(place) && (o.Organization == place.Organization || (o.Primary && place.Primary)));

    private bool NumberTaken(NaivePlace place, NaiveAffiliation? except) =>
        place.StaffNumber is not null
        && record.PlacesNow.Any(p =>
            p.Affiliation != except
            && p.Place.Organization == place.Organization
            && p.Place.StaffNumber == place.StaffNumber
            && p.Place.Meets(place)
        );

    private static Dictionary<string, object?> Body(NaivePlace place, bool? transfer = null)
    {
        var body = new Dictionary<string, object?>
        {
            ["kind"] = "labour-contract",
            ["organizationId"] = place.Organization,
            ["from"] = place.From,
            ["until"] = place.Until,
            ["primary"] = place.Primary,
            ["staffNumber"] = place.StaffNumber,
        };
        if (transfer is { } wanted)
        {
            body["transfer"] = wanted;
        }
        return body;
    }
}
