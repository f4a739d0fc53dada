using System.Text.Json;
using CareerCoordinates.Api.Demo.Population;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Demo;

/// <summary>The demo district as it stands on the record: every revision, through the rules, on the simulated clock.</summary>
/// <param name="EnteredFigures">The revisions of each figure that an organisation entered.</param>
public sealed record DemoDistrict(
    RecordedTree Tree,
    IReadOnlyList<RecordedLife> Lives,
    IReadOnlyList<IReadOnlyList<Revision<EnteredFigureContent>>> EnteredFigures
)
{
    /// <summary>Gives the same ids on every machine.</summary>
    private const ulong Seed = 12345;

    /// <summary>How a script refers to another worker: <c>@YT-0019</c>.</summary>
    private const char Reference = '@';

    /// <exception cref="DemoDataException">A rule refuses something; the message says what and why.</exception>
    public static DemoDistrict Record(Framework framework, DemoSeeds seeds)
    {
        var tree = RecordedTree.Record(framework, seeds.Organizations, Seed);
        var recorder = new LifeRecorder(framework, tree.Ids);
        var registered = new List<(Guid Id, Instant At, Prng Random)>();
        var byNumber = new Dictionary<string, Guid>();
        for (var i = 0; i < seeds.Workers.Count; i++)
        {
            var random = new Prng(Seed, (ulong)i);
            var at = LifeRecorder.InOfficeHours(framework, seeds.Workers[i].Recorded, ref random);
            var id = DemoIds.New(at, ref random);
            registered.Add((id, at, random));
            if (seeds.Workers[i].Number is { } number && !byNumber.TryAdd(number, id))
            {
                throw new DemoDataException($"Two workers have the number {number}.");
            }
        }
        var lives = new List<RecordedLife>(seeds.Workers.Count);
        for (var i = 0; i < seeds.Workers.Count; i++)
        {
            var (id, at, random) = registered[i];
            lives.Add(recorder.Record(Resolved(seeds.Workers[i], byNumber), id, at, random));
        }
        CheckStaffNumbers(lives);
        return new(tree, lives, RecordedFigures.Record(framework, seeds.EnteredFigures, tree, Seed));
    }

    private static LifeScript Resolved(LifeScript script, Dictionary<string, Guid> byNumber) =>
        script with
        {
            Events =
            [
                .. script.Events.Select(step =>
                    step is LifeStep.Record record
                    && record.Attributes.Any(a => a.Value.ValueKind == JsonValueKind.String && IsReference(a.Value))
                        ? record with
                        {
                            Attributes = record.Attributes.ToDictionary(a => a.Key, a => Resolved(a.Value, byNumber)),
                        }
                        : step
                ),
            ],
        };

    private static JsonElement Resolved(JsonElement value, Dictionary<string, Guid> byNumber) =>
        value.ValueKind != JsonValueKind.String || !IsReference(value) ? value
        : byNumber.TryGetValue(value.GetString()![1..], out var id) ? JsonSerializer.SerializeToElement(id)
        : throw new DemoDataException($"There is no worker '{value.GetString()}'.");

    private static bool IsReference(JsonElement value) => value.GetString() is [Reference, ..];

    private static void CheckStaffNumbers(List<RecordedLife> lives)
    {
        var held = new Dictionary<(Guid, string), List<DayPeriod>>();
        foreach (var content in lives.Where(l => !l.Worker[^1].Voided).SelectMany(l => l.Affiliations).Select(a => a.Content))
        {
            if (content is not { OrganizationId: { } organization, StaffNumber: { } number })
            {
                continue;
            }
            if (!held.TryGetValue((organization, number), out var periods))
            {
                held.Add((organization, number), periods = []);
            }
            if (AffiliationRules.StaffNumberConflict(content, periods) is { } conflict)
            {
                throw new DemoDataException(DemoDataException.Say([conflict]));
            }
            periods.Add(content.InForce);
        }
    }
}
