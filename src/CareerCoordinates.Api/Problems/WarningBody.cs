using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Problems;

/// <summary>What a person should look at although nothing was refused.</summary>
/// <param name="Pointer">Where in the request; empty for the whole.</param>
/// <param name="About">The id of the thing it is about, where there is one.</param>
public sealed record WarningBody(string Code, string Pointer, Guid? About, string Zh, string En)
{
    public static IReadOnlyList<WarningBody> Of(IEnumerable<Warning> warnings) =>
        [.. warnings.Select(w => new WarningBody(w.Code.Code, w.Pointer, w.About, w.Zh, w.En))];
}
