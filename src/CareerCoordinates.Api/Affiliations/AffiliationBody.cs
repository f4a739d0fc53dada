using System.Text.Json.Serialization;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Affiliations;

/// <summary>That person at that place from a day until a day, both inclusive (所在单位/所属工会).</summary>
/// <param name="OrganizationId">A node of the tree; null for kind <c>external</c>.</param>
/// <param name="ExternalName">A place outside the tree, by name; only for kind <c>external</c>.</param>
/// <param name="Until">Last day, inclusive; null while it lasts.</param>
/// <param name="Primary">The one that reports group the worker by, where several are in force.</param>
/// <param name="Etag">In lists: what the single thing's ETag would be.</param>
/// <param name="SupersededAt">Among revisions: when the next one was recorded; absent from the newest.</param>
/// <param name="KnownAt">In the answer to a read of the one: the instant whose record was read.</param>
/// <param name="KnownAtClosed">With it: true where that answer can never change again.</param>
public sealed record AffiliationBody(
    Guid Id,
    Guid WorkerId,
    AffiliationKind Kind,
    Guid? OrganizationId,
    string? ExternalName,
    DateOnly From,
    DateOnly? Until,
    bool Primary,
    string? StaffNumber,
    string? EmploymentForm,
    string? OccupationCode,
    int Revision,
    bool Voided,
    string? Reason,
    Instant RecordedAt,
    string RecordedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Etag = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? SupersededAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? KnownAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? KnownAtClosed = null
)
{
    public static AffiliationBody Of(Guid workerId, Revision<AffiliationContent> r) =>
        new(
            r.Id,
            workerId,
            r.Content.Kind,
            r.Content.OrganizationId,
            r.Content.ExternalName,
            r.Content.From,
            r.Content.Until,
            r.Content.Primary,
            r.Content.StaffNumber,
            r.Content.EmploymentForm,
            r.Content.OccupationCode,
            r.Number,
            r.Voided,
            r.Reason,
            r.RecordedAt,
            r.RecordedBy
        );

    /// <summary>As the answer to a read of the one, which says when it holds.</summary>
    public AffiliationBody On(ReadClocks clocks) => this with { KnownAt = clocks.KnownAt, KnownAtClosed = clocks.KnownAtClosed };

    /// <summary>As one of its revisions, as known at an instant.</summary>
    public static AffiliationBody RevisionOf(Guid workerId, Revision<AffiliationContent> r, Instant knownAt) =>
        Of(workerId, r) with
        {
            SupersededAt = r.SupersededAt <= knownAt ? r.SupersededAt : null,
        };

    /// <summary>As an item of a list, with its ETag.</summary>
    public static AffiliationBody ItemOf(Guid workerId, Revision<AffiliationContent> revision, ReadClocks clocks)
    {
        var body = Of(workerId, revision);
        return body with { Etag = EntityTag.OfItem(revision.Number, body.On(clocks), clocks.KnownAt) };
    }
}
