using System.Text.Json;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>
/// Random steps about facts: recording, judging, correcting, ending, voiding, objecting, and leaving an employer with what ends
/// by it. All three people may verify everything, so four eyes alone decide who may.
/// </summary>
internal sealed class MilestoneSteps(
    SimulatedOffice office,
    NaiveRecord record,
    RandomFacts random,
    Framework framework,
    PeopleSteps people
)
{
    /// <summary>What the states allow, as the specification says it; a change needs something that counts to be withdrawn.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["submitted"] = ["correct", "verify", "return", "reject", "withdraw", "void"],
        ["returned"] = ["correct", "withdraw", "void"],
        ["rejected"] = ["correct", "withdraw", "void"],
        ["verified"] = ["correct", "end", "void"],
        ["voided"] = [],
    };

    public async Task RecordAsync(NaiveWorker worker)
    {
        if (Another(worker) is not { } other)
        {
            return;
        }
        var content = random.Content(random.Type(), other);
        var by = random.Pick(SimulatedOffice.People);
        var path = $"workers/{worker.Id}/milestones";
        var answer = await office.WriteAsync(HttpMethod.Post, path, Body(content), worker.Voided ? 409 : 201, by: by);
        if (worker.Voided)
        {
            return;
        }
        var milestone = new NaiveMilestone(answer.Id(), [new(people.Recorded(answer.RecordedAt()), ("submitted", content))], []);
        milestone.WrittenBy(by);
        worker.Milestones.Add(milestone);
        if (random.Chance(0.6))
        {
            var verified = $"{PathOf(worker, milestone)}:verify";
            answer = await office.WriteAsync(HttpMethod.Post, verified, null, 200, 1, random.Pick(OthersThan([by])));
            Say(milestone, answer, "verified", content);
        }
    }

    /// <summary>Verify, return, reject, withdraw or void: the content stays, or goes back to what counts.</summary>
    public async Task DecideAsync(NaiveWorker worker, string verb)
    {
        var milestone = random.Pick(worker.Milestones);
        var stale = random.Chance(0.05) && milestone.Said.Count > 1;
        var by = verb == "withdraw" && random.Chance(0.8) ? milestone.Writers[^1] : random.Pick(SimulatedOffice.People);
        var status =
            worker.Voided ? 409
            : stale ? 412
            : !MayTake(milestone, verb) ? 409
            : MayBeBy(by, milestone, verb) ? 200
            : 422;
        var answer = await office.WriteAsync(
            HttpMethod.Post,
            $"{PathOf(worker, milestone)}:{verb}",
            verb == "verify" ? null : new { reason = "as the register says" },
            status,
            milestone.Said.Count - (stale ? 1 : 0),
            by
        );
        if (status == 200)
        {
            var state = verb switch
            {
                "verify" or "withdraw" => "verified",
                "return" => "returned",
                "reject" => "rejected",
                _ => "voided",
            };
            Say(milestone, answer, state, verb == "withdraw" ? Counting(milestone)! : milestone.Newest);
        }
    }

    public async Task CorrectAsync(NaiveWorker worker)
    {
        if (Another(worker) is not { } other)
        {
            return;
        }
        var milestone = random.Pick(worker.Milestones);
        var content = random.Content(framework.MilestoneTypes[milestone.Newest.Type], other);
        if (random.Chance(0.5))
        {
            content = content with { OccurredOn = milestone.Newest.OccurredOn, Until = milestone.Newest.Until };
        }
        var body = Body(content);
        body["reason"] = "mistyped";
        // A rejected change does not come back: what a correction keeps is then what counts.
        var ended = (milestone.State == "rejected" ? Counting(milestone) ?? milestone.Newest : milestone.Newest).Ended;
        if (random.Chance(0.15))
        {
            ended = null;
            body["ended"] = null;
        }
        else if (random.Chance(0.15))
        {
            ended = (content.OccurredOn.Last.AddDays(random.Number(0, 400)), "revoked");
            body["ended"] = Ending(ended.Value);
        }
        content = content with { Ended = ended };
        var status =
            worker.Voided || !MayTake(milestone, "correct") ? 409
            : ended is { } end && !MayEnd(content, end.On) ? 422
            : 200;
        var by = random.Pick(SimulatedOffice.People);
        var answer = await office.WriteAsync(HttpMethod.Put, PathOf(worker, milestone), body, status, milestone.Said.Count, by);
        if (status == 200)
        {
            Say(milestone, answer, "submitted", content);
            milestone.WrittenBy(by);
        }
    }

    public async Task EndAsync(NaiveWorker worker)
    {
        var milestone = random.Pick(worker.Milestones);
        var on = milestone.Newest.OccurredOn.Last.AddDays(random.Number(-20, 900));
        var kind = random.Pick(["ended", "revoked"]);
        var status =
            worker.Voided || !MayTake(milestone, "end") ? 409
            : !MayEnd(milestone.Newest, on) ? 422
            : 200;
        var body = new
        {
            on,
            kind,
            reason = "lapsed",
        };
        var path = PathOf(worker, milestone) + ":end";
        var by = random.Pick(SimulatedOffice.People);
        var answer = await office.WriteAsync(HttpMethod.Post, path, body, status, milestone.Said.Count, by);
        if (status == 200)
        {
            End(milestone, people.Recorded(answer.RecordedAt()), (on, kind), by);
        }
    }

    public async Task ContestAsync(NaiveWorker worker, bool answering)
    {
        var milestone = random.Pick(worker.Milestones);
        var contested = milestone.Contests.Count > 0 && milestone.Contests[^1].What;
        var status = worker.Voided || contested != answering ? 409 : 200;
        var answer = await office.WriteAsync(
            HttpMethod.Post,
            $"{PathOf(worker, milestone)}:{(answering ? "answer" : "contest")}",
            new { reason = "not mine" },
            status,
            milestone.Said.Count
        );
        if (status == 200)
        {
            milestone.Contests.Add(
                new(people.Recorded(answer.GetProperty("contests").EnumerateArray().Last().RecordedAt()), !answering)
            );
        }
    }

    /// <summary>Leaves an organisation; some facts end on the same day, or, where one cannot, nothing happens.</summary>
    public async Task EndAffiliationAsync(NaiveWorker worker)
    {
        var affiliation = random.Pick(worker.Affiliations);
        var place = affiliation.Said[^1].What;
        var on = place.From.AddDays(random.Number(-5, 1_500));
        var alsoEnd = worker.Milestones.Where(_ => random.Chance(0.2)).ToList();
        var cannotEnd = alsoEnd.Find(m => !MayTake(m, "end") || !MayEnd(m.Newest, on));
        var status =
            worker.Voided || place.Voided ? 409
            : on < place.From || place.Until < on ? 422
            : cannotEnd is null ? 200
            : MayTake(cannotEnd, "end") ? 422
            : 409;
        var body = new
        {
            on,
            reason = "left",
            alsoEnd = alsoEnd.Select(m => m.Id),
        };
        var path = $"workers/{worker.Id}/affiliations/{affiliation.Id}:end";
        var by = random.Pick(SimulatedOffice.People);
        var answer = await office.WriteAsync(HttpMethod.Post, path, body, status, affiliation.Said.Count, by);
        if (status == 200)
        {
            var at = people.Recorded(answer.RecordedAt());
            affiliation.Said.Add(new(at, place with { Until = on }));
            alsoEnd.ForEach(m => End(m, at, (on, "ended"), by));
        }
    }

    /// <summary>At once by one who recorded none of it; else it is submitted.</summary>
    private static void End(NaiveMilestone milestone, Instant at, (DateOnly On, string Kind) ended, string by)
    {
        var state = milestone.Writers.Contains(by) ? "submitted" : "verified";
        milestone.Said.Add(new(at, (state, milestone.Newest with { Ended = ended })));
        milestone.WrittenBy(by);
    }

    /// <summary>Four eyes, as the specification says it.</summary>
    private static bool MayBeBy(string by, NaiveMilestone milestone, string verb) =>
        verb switch
        {
            "withdraw" => milestone.Writers[^1] == by,
            "void" => !milestone.Writers.Contains(by)
                || (milestone.Writers[^1] == by && milestone.Said.TrueForAll(s => s.What.State != "verified")),
            _ => !milestone.HasSaid(by),
        };

    private static List<string> OthersThan(IReadOnlyCollection<string> writers) =>
        [.. SimulatedOffice.People.Where(p => !writers.Contains(p))];

    private void Say(NaiveMilestone milestone, JsonElement answer, string state, NaiveContent content) =>
        milestone.Said.Add(new(people.Recorded(answer.RecordedAt()), (state, content)));

    private static bool MayTake(NaiveMilestone milestone, string verb) =>
        Allowed[milestone.State].Contains(verb) && (verb != "withdraw" || Counting(milestone) is not null);

    /// <summary>The content that counts now: of what was verified the last, unless it was voided.</summary>
    private static NaiveContent? Counting(NaiveMilestone milestone) =>
        milestone.State == "voided" ? null : milestone.Said.LastOrDefault(s => s.What.State == "verified")?.What.Content;

    private static bool MayEnd(NaiveContent content, DateOnly on) =>
        on >= content.OccurredOn.First && !(content.Until is { } until && on > until.Last);

    /// <summary>Somebody whom a milestone of this worker may name; null while he is alone.</summary>
    private Guid? Another(NaiveWorker worker)
    {
        var others = record.Workers.Where(w => !w.Voided && w.Id != worker.Id).ToList();
        return others.Count == 0 ? null : random.Pick(others).Id;
    }

    private static string PathOf(NaiveWorker worker, NaiveMilestone milestone) =>
        $"workers/{worker.Id}/milestones/{milestone.Id}";

    private static object Ending((DateOnly On, string Kind) ended) =>
        new
        {
            on = ended.On,
            kind = ended.Kind,
            reason = "withdrawn",
        };

    private static Dictionary<string, object?> Body(NaiveContent content) =>
        new()
        {
            ["type"] = content.Type,
            ["occurredOn"] = content.OccurredOn.ToString(),
            ["until"] = content.Until?.ToString(),
            ["attributes"] = JsonSerializer.Deserialize<JsonElement>(content.Attributes.CanonicalJson),
            ["onBehalf"] = content.OnBehalf,
        };
}
