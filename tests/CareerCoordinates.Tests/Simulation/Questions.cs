using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>One question to the program, and the answer that the naive model gives, in words of the test's own.</summary>
internal sealed record Question(string Path, Func<string> Expected, Func<JsonElement, string> Read);

/// <summary>Everything that can be asked on the two clocks: each question with the naive answer.</summary>
internal sealed partial class Questions(NaiveRecord record, Framework framework, RandomFacts random)
{
    /// <summary>Any kind of question about any day and instant.</summary>
    public Question Any(DateOnly asOf, Instant? knownAt) =>
        random.Number(1, 9) switch
        {
            1 => Coordinate(random.Pick(record.Workers), asOf, knownAt),
            2 or 3 => Trajectory(random.Pick(record.Workers), asOf, knownAt),
            4 => Milestones(random.Pick(record.Workers), random.Chance(0.5) ? asOf : null, knownAt),
            5 => Affiliations(random.Pick(record.Workers), asOf, knownAt),
            6 or 7 => Subtree(random.Pick(record.Organizations), asOf, knownAt),
            _ => Workers(asOf, knownAt),
        };

    public Question Coordinate(NaiveWorker worker, DateOnly asOf, Instant? knownAt) =>
        new(
            $"workers/{worker.Id}/coordinate?{Clocks(asOf, knownAt)}",
            () => OnGrid(worker, At(knownAt), grid => grid.CoordinateOn(asOf)),
            ReadCoordinate
        );

    public Question Trajectory(NaiveWorker worker, DateOnly asOf, Instant? knownAt) =>
        new(
            $"workers/{worker.Id}/trajectory?{Clocks(asOf, knownAt)}",
            () => OnGrid(worker, At(knownAt), grid => string.Join('\n', grid.TrajectoryUntil(asOf))),
            body =>
                Lines(
                    body.GetProperty("points"),
                    p => $"{p.Text("from")} {ReadCoordinate(p)} by {Ids(p.GetProperty("milestoneIds"))}"
                )
        );

    public Question Milestones(NaiveWorker worker, DateOnly? asOf, Instant? knownAt)
    {
        var voided = random.Chance(0.7);
        return new(
            $"workers/{worker.Id}/milestones?limit=500{(voided ? "&include=voided" : "")}&{Clocks(asOf, knownAt)}",
            () => ExpectedMilestones(worker, asOf, At(knownAt), voided),
            body => Lines(body.GetProperty("items"), ReadMilestone)
        );
    }

    public Question Affiliations(NaiveWorker worker, DateOnly asOf, Instant? knownAt)
    {
        var inForce = random.Chance(0.5);
        return new(
            $"workers/{worker.Id}/affiliations?{(inForce ? "inForce=true&" : "")}{Clocks(asOf, knownAt)}",
            () => ExpectedAffiliations(worker, asOf, At(knownAt), inForce),
            body =>
                Lines(
                    body.GetProperty("items"),
                    a =>
                        $"{a.Text("id")} {a.Text("organizationId")} {a.Text("from")} {a.Text("until")} {a.Text("primary")} {a.Text("staffNumber")} {a.Text("revision")}"
                )
        );
    }

    public Question Subtree(NaiveOrganization root, DateOnly asOf, Instant? knownAt) =>
        new(
            $"organizations?limit=500&under={root.Id}&{Clocks(asOf, knownAt)}",
            () =>
                string.Join(
                    '\n',
                    record
                        .Under(root.Id, asOf, At(knownAt))
                        .OrderBy(o => o.Id.ToString(), StringComparer.Ordinal)
                        .Select(o => (o.Id, Held: record.ParentOn(o, asOf, At(knownAt))))
                        .Select(o => $"{o.Id} under {o.Held.Parent?.ToString() ?? "-"} from {Iso(o.Held.From)}")
                ),
            body => Lines(body.GetProperty("items"), o => $"{o.Text("id")} under {o.Text("parentId")} from {o.Text("from")}")
        );

    /// <summary>The workers by some of the filters.</summary>
    public Question Workers(DateOnly asOf, Instant? knownAt)
    {
        var root = random.Chance(0.7) ? random.Pick(record.Organizations) : null;
        var channel = random.Chance(0.3) ? random.Pick(framework.Channels) : null;
        var rung = channel is not null && random.Chance(0.7) ? random.Pick(channel.Rungs) : null;
        var level = random.Chance(0.15) ? random.Number(0, framework.Levels.Count) : (int?)null;
        var stage = random.Chance(0.15) ? random.Pick([.. framework.Stages.Select(s => s.Code), "unknown"]) : null;
        var query = new StringBuilder($"workers?limit=500&count=true&{Clocks(asOf, knownAt)}");
        query.Append(root is null ? "" : $"&organization={root.Id}");
        query.Append(channel is null ? "" : $"&channel={channel.Code}&rung={rung?.Code ?? "none"}");
        query.Append(level is null ? "" : $"&level={level}").Append(stage is null ? "" : $"&stage={stage}");
        return new(query.ToString(), Expected, body => $"{body.GetProperty("count")}: {Ids(body.GetProperty("items"), "id")}");

        string Expected()
        {
            var known = At(knownAt);
            var inside = root is null ? null : record.Under(root.Id, asOf, known).Select(o => o.Id).ToHashSet();
            var ids = record.Workers.Where(Matches).Select(w => w.Id.ToString()).Order(StringComparer.Ordinal).ToList();
            return $"{ids.Count}: {string.Join(",", ids)}";

            bool Matches(NaiveWorker worker)
            {
                if (worker.At(known) is not { Voided: false } || (inside is not null && !IsInside(worker)))
                {
                    return false;
                }
                var grid = new NaiveGrid(framework, worker, known, record.Fault);
                return (channel is null || grid.RungOn(channel, asOf)?.Code == rung?.Code)
                    && (level is null || grid.LevelOn(asOf) == level)
                    && (stage is null || (grid.StageOn(asOf).Code ?? "unknown") == stage);
            }

            bool IsInside(NaiveWorker worker) =>
                NaiveRecord.PlacesAt(worker, known).Any(p => p.CoversDay(asOf) && inside!.Contains(p.Organization));
        }
    }

    /// <summary>An answer with the ids replaced by the order in which things were made, so that two databases can be compared.</summary>
    public string WithoutIds(string answer)
    {
        var names = new Dictionary<string, string>();
        for (var i = 0; i < record.Organizations.Count; i++)
        {
            names[record.Organizations[i].Id.ToString()] = $"organisation {i}";
        }
        for (var i = 0; i < record.Workers.Count; i++)
        {
            names[record.Workers[i].Id.ToString()] = $"worker {i}";
            for (var j = 0; j < record.Workers[i].Affiliations.Count; j++)
            {
                names[record.Workers[i].Affiliations[j].Id.ToString()] = $"affiliation {i}.{j}";
            }
            for (var j = 0; j < record.Workers[i].Milestones.Count; j++)
            {
                names[record.Workers[i].Milestones[j].Id.ToString()] = $"milestone {i}.{j}";
            }
        }
        return Id().Replace(Tag().Replace(answer, "tag"), found => names[found.Value]);
    }

    private string OnGrid(NaiveWorker worker, Instant knownAt, Func<NaiveGrid, string> ask) =>
        worker.At(knownAt) switch
        {
            null => "404",
            { Voided: true } => "409",
            _ => ask(new NaiveGrid(framework, worker, knownAt, record.Fault)),
        };

    private static string ExpectedAffiliations(NaiveWorker worker, DateOnly asOf, Instant knownAt, bool inForce)
    {
        var lines =
            from affiliation in worker.Affiliations
            let revision = affiliation.Said.Count(s => s.At <= knownAt)
            where revision > 0
            let place = affiliation.Said[revision - 1].What
            where !place.Voided && (!inForce || place.CoversDay(asOf))
            orderby place.From, affiliation.Id.ToString()
            let until = place.Until is { } last ? Iso(last) : "-"
            select $"{affiliation.Id} {place.Organization} {Iso(place.From)} {until} {place.Primary} {place.StaffNumber ?? "-"} {revision}";
        return worker.At(knownAt) is null ? "404" : string.Join('\n', lines);
    }

    private string ExpectedMilestones(NaiveWorker worker, DateOnly? asOf, Instant knownAt, bool withVoided)
    {
        if (worker.At(knownAt) is not { } known)
        {
            return "404";
        }
        var grid = known.Voided ? null : new NaiveGrid(framework, worker, knownAt, record.Fault);
        var lines =
            from milestone in worker.Milestones
            let revision = milestone.KnownAt(knownAt)
            where revision > 0
            let said = milestone.Said[revision - 1].What
            let content = said.Content
            where withVoided || said.State != "voided"
            where !(asOf < content.OccurredOn.Last)
            orderby content.OccurredOn.Last, milestone.Id.ToString()
            let counting = milestone.CountingAt(knownAt, record.Fault)
            let ended = content.Ended is { } end ? $"{Iso(end.On)} {end.Kind}" : "-"
            let day = content.OccurredOn.Last
            let stage = grid?.StageOn(day).Code
            select $"{milestone.Id} {revision} {said.State} counting {counting?.ToString(CultureInfo.InvariantCulture) ?? "-"} "
                + $"{content.Type} {content.OccurredOn} to {content.Until?.ToString() ?? "-"} ended {ended} "
                + $"contested {milestone.ContestedAt(knownAt)} at {stage ?? "-"} {grid?.LevelOn(day) ?? 0} {content.OnBehalf} {content.Attributes.CanonicalJson}";
        return string.Join('\n', lines);
    }

    private static string ReadMilestone(JsonElement m)
    {
        var ended = m.GetProperty("ended") is { ValueKind: JsonValueKind.Object } end
            ? $"{end.Text("on")} {end.Text("kind")}"
            : "-";
        return $"{m.Text("id")} {m.Text("revision")} {m.Text("state")} counting {m.Text("counting")} "
            + $"{m.Text("type")} {m.Text("occurredOn")} to {m.Text("until")} ended {ended} "
            + $"contested {m.GetProperty("contested").GetBoolean()} at {m.GetProperty("place").Text("stage")} {m.GetProperty("place").Text("level")} {m.GetProperty("onBehalf").GetBoolean()} {m.GetProperty("attributes")}";
    }

    private static string ReadCoordinate(JsonElement body)
    {
        var stage = body.GetProperty("stage");
        var years = stage.GetProperty("yearsInCareer") is { ValueKind: JsonValueKind.Number } y ? $"{y.GetDecimal():0.0}" : "-";
        var channels = body.GetProperty("channels")
            .EnumerateArray()
            .Select(c =>
                string.Join(
                    ' ',
                    new[] { "channel", "rung", "level", "since", "heldSince", "milestoneId", "highestReached" }.Select(m =>
                        c.Text(m)
                    )
                )
            );
        return $"{stage.Text("code")} {years} level {body.Text("level")} | {string.Join(" | ", channels)}";
    }

    private static string Lines(JsonElement list, Func<JsonElement, string> line) =>
        string.Join('\n', list.EnumerateArray().Select(line));

    private static string Ids(JsonElement list, string? member = null) =>
        string.Join(",", list.EnumerateArray().Select(i => member is null ? i.ToString() : i.Text(member)));

    private static string Clocks(DateOnly? asOf, Instant? knownAt) =>
        string.Join(
            '&',
            new[] { asOf is { } day ? $"asOf={Iso(day)}" : null, knownAt is { } at ? $"knownAt={at}" : null }.OfType<string>()
        );

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Instant At(Instant? knownAt) => knownAt ?? Instant.Never;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"-[0-9a-f]{16}(?=\\u0022|\\"")")]
    private static partial Regex Tag();
}
