using System.Globalization;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Tests.Engines;
using CareerCoordinates.Tests.Simulation;

namespace CareerCoordinates.Tests.Api.Exports;

/// <summary>
/// After a random life of an office, on random days and instants: what is in a file is what the lists and the single reads say of each
/// worker. CAREER_TEST_SEED=n repeats a run.
/// </summary>
public class ExportedListsTests
{
    private static readonly Framework Harbour = TestFrameworks.Harbour;

    [Test]
    public async Task File_SaysWhatTheListsSay()
    {
        var seed = TestSeed.Take();
        foreach (var engine in TestEngine.Both)
        {
            await using var run = await SimulationRun.StartAsync(engine, Harbour, TestFrameworks.HarbourPath, seed);
            await run.PlayAsync(80);
            var (random, compared) = (new Random(seed), 0);
            for (var i = 0; i < 12; i++)
            {
                var day = new DateOnly((i % 2 == 0 ? 2030 : 1990) + random.Next(40), 1 + random.Next(12), 1 + random.Next(28));
                // Every second time all that there is by the end.
                var instants = run.Record.Instants;
                var instant = i % 2 == 0 ? instants[^1] : instants[random.Next(instants.Count)];
                var place = run.Record.Organizations[random.Next(run.Record.Organizations.Count)].Id;
                var clocks = $"asOf={day:yyyy-MM-dd}&knownAt={instant}";
                foreach (var filter in new[] { clocks, $"{clocks}&organization={place}" })
                {
                    compared += await CompareAsync(
                        run.Office,
                        filter,
                        place,
                        filter.Contains("organization", StringComparison.Ordinal)
                    );
                }
            }
            Assert.That(compared, Is.GreaterThan(100), "rows of milestones");
        }
    }

    private static async Task<int> CompareAsync(SimulatedOffice office, string filter, Guid place, bool isFiltered)
    {
        var clocks = filter.Split("&organization")[0];
        var listed = await ItemsAsync(office, $"workers?limit=500&{filter}");
        if (listed is null)
        {
            // The organisation is voided by now: neither has an answer.
            Assert.That((await office.AskAsync($"exports/workers?format=csv&{filter}")).Status, Is.EqualTo(400), filter);
            return 0;
        }
        var inside = isFiltered
            ? (await ItemsAsync(office, $"organizations?limit=500&under={place}&{clocks}"))!.Select(o => o.Id()).ToHashSet()
            : null;
        var people = await FileAsync(office, $"workers?format=csv&{filter}");
        var standings = await FileAsync(office, $"coordinates?format=csv&{filter}");
        var milestones = await FileAsync(office, $"milestones?format=csv&include=voided&{filter}");

        var (expectedPeople, expectedStandings, expectedMilestones) = (
            new List<string>(),
            new List<string>(),
            new List<string>()
        );
        foreach (var worker in listed)
        {
            var (id, name) = (worker.Id(), worker.Text("name"));
            var places = await ItemsAsync(office, $"workers/{id}/affiliations?inForce=true&{clocks}");
            var at = places!
                .Where(a => a.Text("organizationId") is not "-" and var o && (inside is null || inside.Contains(Guid.Parse(o))))
                .OrderByDescending(a => a.GetProperty("primary").GetBoolean())
                .ThenBy(a => a.Text("from"), StringComparer.Ordinal)
                .ThenBy(a => a.Text("id"), StringComparer.Ordinal)
                .Cast<JsonElement?>()
                .FirstOrDefault();
            expectedPeople.Add(
                string.Join(
                    '|',
                    id,
                    name,
                    worker.Text("number"),
                    worker.Text("careerStart"),
                    Of(at, "organizationId"),
                    Of(at, "from"),
                    Of(at, "staffNumber")
                )
            );
            var coordinate = JsonSerializer.Deserialize<JsonElement>(
                (await office.AskAsync($"workers/{id}/coordinate?{clocks}")).Body
            );
            expectedStandings.Add(Standing(id, coordinate));
            expectedMilestones.AddRange(
                (await ItemsAsync(office, $"workers/{id}/milestones?limit=500&include=voided&{clocks}"))!.Select(Milestone)
            );
        }
        Assert.That(
            people.Rows.Select(r =>
                Joined(r, "worker id", "name", "number", "career start", "organisation id", "first day", "staff number")
            ),
            Is.EqualTo(expectedPeople),
            filter
        );
        Assert.That(standings.Rows.Select(Standing), Is.EqualTo(expectedStandings), filter);
        Assert.That(milestones.Rows.Select(Milestone), Is.EqualTo(expectedMilestones), filter);
        return expectedMilestones.Count;
    }

    private static string Standing(Guid id, JsonElement coordinate)
    {
        var stage = coordinate.GetProperty("stage");
        var text = new StringBuilder(
            $"{id} {coordinate.GetProperty("level")} {stage.Text("code")} {stage.Text("yearsInCareer")}"
        );
        foreach (var channel in coordinate.GetProperty("channels").EnumerateArray())
        {
            text.Append(
                $" {channel.Text("rung")} {channel.Text("level")} {channel.Text("since")} {channel.Text("heldSince")} {channel.Text("highestReached")} {channel.Text("milestoneId")}"
            );
        }
        return text.ToString();
    }

    private static string Standing(IReadOnlyDictionary<string, string> row)
    {
        var text = new StringBuilder($"{row["worker id"]} {row["level"]} {Of(row["stage code"])} {Of(row["years in career"])}");
        foreach (var channel in Harbour.Channels.Select(c => c.Name.En))
        {
            text.Append(
                $" {Of(row[$"{channel}: rung code"])} {row[$"{channel}: level"]} {Of(row[$"{channel}: since"])} {Of(row[$"{channel}: held since"])} {Of(row[$"{channel}: highest reached code"])} {Of(row[$"{channel}: milestone id"])}"
            );
        }
        return text.ToString();
    }

    private static string Milestone(JsonElement m)
    {
        var type = Harbour.MilestoneTypes[m.Text("type")];
        var attributes = m.GetProperty("attributes")
            .EnumerateObject()
            .Select(a =>
            {
                var attribute = type.FindAttribute(a.Name)!;
                var said =
                    a.Value.ValueKind is JsonValueKind.True ? "yes"
                    : a.Value.ValueKind is JsonValueKind.False ? "no"
                    : attribute.Allowed.FirstOrDefault(c => c.Code == a.Value.ToString())?.Name.En ?? a.Value.ToString();
                return $"{attribute.Name.En}={said}";
            })
            .Order(StringComparer.Ordinal);
        return string.Join(
            '|',
            m.Text("id"),
            m.Text("workerId"),
            m.Text("type"),
            m.Text("occurredOn"),
            m.Text("until"),
            m.Text("state"),
            m.Text("revision"),
            m.Text("counting"),
            m.GetProperty("contested").GetBoolean() ? "yes" : "no",
            m.GetProperty("ended") is { ValueKind: JsonValueKind.Object } ended ? ended.Text("on") : "-",
            m.GetProperty("place").Text("level"),
            m.Text("recordedAt"),
            m.Text("recordedBy"),
            string.Join(',', attributes)
        );
    }

    private static string Milestone(IReadOnlyDictionary<string, string> row)
    {
        var names = Harbour.MilestoneTypes.Values.SelectMany(t => t.Attributes).Select(a => a.Name.En).Distinct();
        Assert.That(row["other attributes"], Is.Empty);
        return string.Join(
            '|',
            Joined(row, "milestone id", "worker id", "milestone type code", "occurred on", "until", "record state", "revision"),
            Joined(row, "counting revision", "contested", "ended on", "level then", "recorded at", "recorded by"),
            string.Join(
                ',',
                names
                    .Where(n => row.TryGetValue(n, out var value) && value.Length > 0)
                    .Select(n => $"{n}={row[n]}")
                    .Order(StringComparer.Ordinal)
            )
        );
    }

    private static string Joined(IReadOnlyDictionary<string, string> row, params string[] headers) =>
        string.Join('|', headers.Select(h => Of(row[h])));

    private static string Of(string cell) => cell.Length == 0 ? "-" : cell;

    private static string Of(JsonElement? body, string member) => body?.Text(member) ?? "-";

    private static async Task<ExportedFile> FileAsync(SimulatedOffice office, string what)
    {
        var (status, body) = await office.AskAsync("exports/" + what);
        Assert.That(status, Is.EqualTo(200), what + Encoding.UTF8.GetString(body));
        return ExportedFile.Of(body);
    }

    private static async Task<JsonElement[]?> ItemsAsync(SimulatedOffice office, string path)
    {
        var (status, body) = await office.AskAsync(path);
        return status == 200 ? [.. JsonSerializer.Deserialize<JsonElement>(body).GetProperty("items").EnumerateArray()] : null;
    }
}
