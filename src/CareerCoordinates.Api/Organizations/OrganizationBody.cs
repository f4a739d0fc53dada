using System.Text.Json.Serialization;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Organizations;

/// <summary>A node of the union and enterprise tree (单位/工会).</summary>
/// <param name="From">The day from which this parent and industry hold.</param>
/// <param name="Phone">At which its people are answered.</param>
/// <param name="Voided">True where it was never true: in no count and no list but <c>include=voided</c>.</param>
/// <param name="Warnings">What a person should look at although it was accepted.</param>
/// <param name="Etag">In lists: what the single thing's ETag would be.</param>
/// <param name="SupersededAt">Among revisions: when the next one was recorded; absent from the newest.</param>
/// <param name="AsOf">In the answer to a read of the one: the day whose facts are in force.</param>
/// <param name="KnownAt">In the answer to a read of the one: the instant whose record was read.</param>
/// <param name="KnownAtClosed">With it: true where that answer can never change again.</param>
public sealed record OrganizationBody(
    Guid Id,
    Guid? ParentId,
    OrganizationKind Kind,
    string Name,
    string? CreditCode,
    string? IndustryCode,
    DateOnly From,
    DateOnly? UnionFoundedOn,
    IReadOnlyList<string> Tags,
    string? Phone,
    int Revision,
    bool Voided,
    string? Reason,
    Instant RecordedAt,
    string RecordedBy,
    IReadOnlyList<WarningBody> Warnings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Etag = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? SupersededAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? AsOf = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? KnownAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? KnownAtClosed = null
)
{
    public static readonly OrganizationBody Example = new(
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a01"),
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00"),
        OrganizationKind.Enterprise,
        "示例石化有限公司",
        "91110105MA00TE5T2T",
        "C2511",
        new DateOnly(2003, 5, 1),
        new DateOnly(2004, 3, 8),
        ["demo"],
        "010-0000 0120",
        1,
        false,
        null,
        new Instant(1_795_327_200_000_000),
        "local",
        []
    );

    public static readonly OrganizationBody ReadExample = Example with
    {
        AsOf = new DateOnly(2026, 11, 22),
        KnownAt = Example.RecordedAt,
        KnownAtClosed = true,
    };

    public static OrganizationBody Of(Revision<OrganizationContent> r) =>
        new(
            r.Id,
            r.Content.ParentId,
            r.Content.Kind,
            r.Content.Name,
            r.Content.CreditCode,
            r.Content.IndustryCode,
            r.Content.From,
            r.Content.UnionFoundedOn,
            r.Content.Tags,
            r.Content.Phone,
            r.Number,
            r.Voided,
            r.Reason,
            r.RecordedAt,
            r.RecordedBy,
            WarningBody.Of(OrganizationRules.Warnings(r.Content, r.Id))
        );

    /// <summary>As the answer to a read of the one, which says when it holds.</summary>
    public OrganizationBody On(ReadClocks clocks) =>
        this with
        {
            AsOf = clocks.AsOf,
            KnownAt = clocks.KnownAt,
            KnownAtClosed = clocks.KnownAtClosed,
        };

    /// <summary>As one of its revisions, as known at an instant.</summary>
    public static OrganizationBody RevisionOf(Revision<OrganizationContent> r, Instant knownAt) =>
        Of(r) with
        {
            SupersededAt = r.SupersededAt <= knownAt ? r.SupersededAt : null,
        };

    /// <summary>As an item of a list, with its ETag.</summary>
    public static OrganizationBody ItemOf(Revision<OrganizationContent> revision, ReadClocks clocks)
    {
        var body = Of(revision);
        return body with { Etag = EntityTag.OfItem(revision.Number, body.On(clocks), clocks.KnownAt) };
    }
}
