using System.Text.Json.Serialization;
using CareerCoordinates.Api.Affiliations;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Workers;

/// <summary>A worker (职工). The values known at an instant hold for all days.</summary>
/// <param name="Number">The district's own number; unique, optional.</param>
/// <param name="Name">Null where the person was erased.</param>
/// <param name="CareerStart">First entry into the trade: years in career count from here. Null where unknown.</param>
/// <param name="IdNumber">The first and the last character, the rest hidden; null where none is recorded.</param>
/// <param name="Erased">True where what identifies the person was erased, in all revisions and for good.</param>
/// <param name="Voided">True where the record was never true: in no count, no list and no coordinate.</param>
/// <param name="Affiliation">The first affiliation, in the answer to its recording.</param>
/// <param name="Standing">In lists and searches: where he stands.</param>
/// <param name="Etag">In lists: what the single thing's ETag would be.</param>
/// <param name="SupersededAt">Among revisions: when the next one was recorded; absent from the newest.</param>
/// <param name="KnownAt">In the answer to a read of the one: the instant whose record was read.</param>
/// <param name="KnownAtClosed">With it: true where that answer can never change again.</param>
public sealed record WorkerBody(
    Guid Id,
    string? Number,
    string? Name,
    DateOnly? CareerStart,
    DateOnly? BirthDate,
    string? Gender,
    bool? MigrantWorker,
    string? IdNumber,
    int Revision,
    bool Voided,
    bool Erased,
    string? Reason,
    Instant RecordedAt,
    string RecordedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AffiliationBody? Affiliation = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WorkerStanding? Standing = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Etag = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? SupersededAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? KnownAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? KnownAtClosed = null
)
{
    public static readonly WorkerBody Example = new(
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01"),
        "CY-000123",
        "马岚",
        new DateOnly(2012, 7, 1),
        new DateOnly(1990, 2, 14),
        "female",
        false,
        "1****************X",
        1,
        false,
        false,
        null,
        new Instant(1_795_327_200_000_000),
        "local"
    );

    public static readonly WorkerBody ReadExample = Example with { KnownAt = Example.RecordedAt, KnownAtClosed = true };

    public static WorkerBody Of(Revision<WorkerContent> r) =>
        new(
            r.Id,
            r.Content.Number,
            r.Content.Erased ? null : r.Content.Name,
            r.Content.CareerStart,
            r.Content.BirthDate,
            r.Content.Gender,
            r.Content.MigrantWorker,
            r.Content.IdNumber?.Masked,
            r.Number,
            r.Voided,
            r.Content.Erased,
            r.Reason,
            r.RecordedAt,
            r.RecordedBy
        );

    /// <summary>As the answer to a read of the one, which says when it holds.</summary>
    public WorkerBody On(ReadClocks clocks) => this with { KnownAt = clocks.KnownAt, KnownAtClosed = clocks.KnownAtClosed };

    /// <summary>As one of its revisions, as known at an instant.</summary>
    public static WorkerBody RevisionOf(Revision<WorkerContent> r, Instant knownAt) =>
        Of(r) with
        {
            SupersededAt = r.SupersededAt <= knownAt ? r.SupersededAt : null,
        };

    /// <summary>As an item of a list, with its ETag.</summary>
    public static WorkerBody ItemOf(Revision<WorkerContent> revision, ReadClocks clocks)
    {
        var body = Of(revision);
        return body with { Etag = EntityTag.OfItem(revision.Number, body.On(clocks), clocks.KnownAt) };
    }
}
