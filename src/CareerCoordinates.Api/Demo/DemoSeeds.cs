using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Demo;

/// <summary>The demo data cannot be used as it is; the message says which entry and why.</summary>
public sealed class DemoDataException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static string Say(IEnumerable<Refusal> refusals) =>
        string.Join("; ", refusals.Select(r => $"{r.Code.Code} {r.Pointer} {r.En}"));
}

/// <param name="Key">The name by which the demo files speak of it; it is not stored.</param>
/// <param name="Recorded">The day on which it was recorded.</param>
/// <param name="Changes">Later places in the tree.</param>
public sealed record ScriptedOrganization(
    string Key,
    DateOnly Recorded,
    string Kind,
    string Name,
    DateOnly From,
    IReadOnlyList<string> Tags,
    string? Parent = null,
    string? CreditCode = null,
    string? IndustryCode = null,
    DateOnly? UnionFoundedOn = null,
    string? Phone = null,
    IReadOnlyList<ScriptedMove>? Changes = null
);

public sealed record ScriptedMove(DateOnly On, string Parent, DateOnly From);

/// <summary>What an organisation entered for a year.</summary>
/// <param name="Organization">The organisation's key.</param>
/// <param name="Recorded">The day on which it was recorded.</param>
public sealed record ScriptedFigure(
    string Organization,
    DateOnly Recorded,
    string Indicator,
    string Figure,
    string YearKind,
    int Year,
    decimal Number,
    string Source,
    IReadOnlyList<ScriptedCorrection>? Corrections = null
);

public sealed record ScriptedCorrection(DateOnly On, decimal Number, string Source, string Reason);

/// <summary>The demo as written in <c>seeds/demo</c>: an invented district, its people, and what was recorded when.</summary>
public sealed record DemoSeeds(
    BilingualText Notice,
    DateOnly WrittenOn,
    IReadOnlyList<ScriptedOrganization> Organizations,
    IReadOnlyList<LifeScript> Workers,
    IReadOnlyList<ScriptedFigure> EnteredFigures
)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        AllowOutOfOrderMetadataProperties = true,
        NumberHandling = JsonNumberHandling.Strict,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private sealed record OrganizationsFile(BilingualText Notice, IReadOnlyList<ScriptedOrganization> Organizations);

    private sealed record WorkersFile(BilingualText Notice, DateOnly WrittenOn, IReadOnlyList<LifeScript> Workers);

    private sealed record FiguresFile(BilingualText Notice, IReadOnlyList<ScriptedFigure> EnteredFigures);

    /// <summary>Reads <c>organizations.json</c>, <c>workers.json</c> and <c>entered-figures.json</c> of a folder.</summary>
    /// <exception cref="DemoDataException">A file is missing or not of the format.</exception>
    public static DemoSeeds Read(string folder)
    {
        var organizations = ReadFile<OrganizationsFile>(Path.Combine(folder, "organizations.json"));
        var workers = ReadFile<WorkersFile>(Path.Combine(folder, "workers.json"));
        var figures = ReadFile<FiguresFile>(Path.Combine(folder, "entered-figures.json"));
        return new(workers.Notice, workers.WrittenOn, organizations.Organizations, workers.Workers, figures.EnteredFigures);
    }

    internal static T ReadFile<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Json)!;
        }
        catch (Exception e) when (e is JsonException or IOException or NotSupportedException)
        {
            throw new DemoDataException($"{path}: {e.Message}", e);
        }
    }
}
