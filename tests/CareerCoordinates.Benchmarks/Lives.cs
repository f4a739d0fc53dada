using System.Globalization;
using System.Text.Json;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Benchmarks;

/// <summary>Invented workers and the facts that happen to them, in the shipped framework; all from a seed.</summary>
public static class Lives
{
    public static readonly Framework Framework = FrameworkFile
        .Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "seeds", "frameworks", "chaoyang-12345.json")))
        .Value;

    private static readonly Fact[] Facts =
    [
        new("post-assignment", 0, null, """{"postKind":"trainee"}"""),
        new("union-membership", 0, null, """{"employmentForm":"employee"}"""),
        new("apprenticeship-programme", 0, null, """{"months":12}"""),
        new("skill-level-certificate", 1, null, """{"grade":"5","certificateNo":"2013062000{0}"}"""),
        new("post-assignment", 1, null, """{"postKind":"independent"}"""),
        new("rationalisation-suggestion", 3, null, """{"topic":"jig for panel {0}","status":"adopted"}"""),
        new("skill-level-certificate", 4, null, """{"grade":"4","certificateNo":"2016061800{0}"}"""),
        new("worker-representative-elected", 4, 3, """{"post":"representative"}"""),
        new("five-small", 6, null, """{"form":"innovation","implemented":true}"""),
        new("skill-level-certificate", 8, null, """{"grade":"3","certificateNo":"2020113000{0}"}"""),
        new("craftsman-title", 8, null, """{"title":"chaoyang-expert"}"""),
        new("patent-grant", 10, null, """{"kind":"invention","patentNo":"ZL2023{0}","inventorRank":1}"""),
        new("labour-medal", 10, null, """{"level":"district"}"""),
        new("team-leader-appointment", 11, null, "{}"),
    ];

    public static WorkerContent Worker(int number)
    {
        var start = CareerStart(number);
        return new(
            number.ToString("D8", CultureInfo.InvariantCulture),
            $"Worker {number}",
            start,
            start.AddYears(-20),
            "male",
            false
        );
    }

    public static AffiliationContent Affiliation(int number, Guid organizationId) =>
        new(
            AffiliationKind.LabourContract,
            organizationId,
            null,
            CareerStart(number),
            null,
            true,
            $"S{number}",
            "employee",
            null
        );

    /// <summary>The first <paramref name="count"/> facts of a life, in order.</summary>
    public static IEnumerable<MilestoneDraft> Draft(int number, int count) =>
        Enumerable.Range(0, count).Select(i => Draft(Facts[i], CareerStart(number), number));

    /// <summary>Any fact that may happen to the worker.</summary>
    public static MilestoneDraft Any(int number, Random random) =>
        Draft(Facts[random.Next(Facts.Length)], CareerStart(number).AddDays(random.Next(1_000)), random.Next(1_000_000));

    private static DateOnly CareerStart(int number) => new DateOnly(1990, 1, 1).AddDays(number * 37 % 9_000);

    private static MilestoneDraft Draft(Fact fact, DateOnly start, int number)
    {
        var day = start.AddYears(fact.AfterYears);
        var attributes = fact.Attributes.Replace(
            "{0}",
            number.ToString("D6", CultureInfo.InvariantCulture),
            StringComparison.Ordinal
        );
        return new(
            fact.Type,
            Days.Iso(day),
            fact.Years is { } years ? Days.Iso(day.AddYears(years)) : null,
            JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(attributes)!,
            [],
            null
        );
    }

    private sealed record Fact(string Type, int AfterYears, int? Years, string Attributes);
}
