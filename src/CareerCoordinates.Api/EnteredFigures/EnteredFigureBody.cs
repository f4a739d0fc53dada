using System.Text.Json.Serialization;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.EnteredFigures;

/// <summary>What an organisation reports of a year and no milestone counts (填报数): entered, never mixed with what is computed.</summary>
/// <param name="Indicator">An indicator of the framework that is entered.</param>
/// <param name="Figure">One of its figures; the framework names its unit.</param>
/// <param name="YearKind">`calendar`: 1 January to 31 December. `october`: 1 October to 30 September, named after the year in which it ends.</param>
/// <param name="Number">In the figure's unit.</param>
/// <param name="Source">Where the number comes from.</param>
/// <param name="Voided">True where it was never true: in no sum and no list but <c>include=voided</c>.</param>
/// <param name="Reason">Why this revision was made.</param>
/// <param name="Etag">In lists: what the single thing's ETag would be.</param>
/// <param name="SupersededAt">Among revisions: when the next one was recorded; absent from the newest.</param>
/// <param name="KnownAt">In the answer to a read of the one: the instant whose record was read.</param>
/// <param name="KnownAtClosed">With it: true where that answer can never change again.</param>
public sealed record EnteredFigureBody(
    Guid Id,
    Guid OrganizationId,
    string Indicator,
    string Figure,
    YearKind YearKind,
    int Year,
    decimal Number,
    string Source,
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
    public static readonly EnteredFigureBody Example = new(
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a05"),
        RecordEnteredFigure.Example.OrganizationId,
        RecordEnteredFigure.Example.Indicator,
        RecordEnteredFigure.Example.Figure,
        RecordEnteredFigure.Example.YearKind,
        RecordEnteredFigure.Example.Year,
        RecordEnteredFigure.Example.Number,
        RecordEnteredFigure.Example.Source,
        1,
        false,
        null,
        new Instant(1_795_327_200_000_000),
        "officer-district"
    );

    public static readonly EnteredFigureBody ReadExample = Example with { KnownAt = Example.RecordedAt, KnownAtClosed = true };

    public static EnteredFigureBody Of(Revision<EnteredFigureContent> r) =>
        new(
            r.Id,
            r.Content.OrganizationId,
            r.Content.Indicator,
            r.Content.Figure,
            r.Content.Year.Kind,
            r.Content.Year.Number,
            r.Content.Number,
            r.Content.Source,
            r.Number,
            r.Voided,
            r.Reason,
            r.RecordedAt,
            r.RecordedBy
        );

    /// <summary>As the answer to a read of the one, which says when it holds.</summary>
    public EnteredFigureBody On(ReadClocks clocks) =>
        this with
        {
            KnownAt = clocks.KnownAt,
            KnownAtClosed = clocks.KnownAtClosed,
        };

    /// <summary>As one of its revisions, as known at an instant.</summary>
    public static EnteredFigureBody RevisionOf(Revision<EnteredFigureContent> r, Instant knownAt) =>
        Of(r) with
        {
            SupersededAt = r.SupersededAt <= knownAt ? r.SupersededAt : null,
        };

    /// <summary>As an item of a list, with its ETag.</summary>
    public static EnteredFigureBody ItemOf(Revision<EnteredFigureContent> revision, ReadClocks clocks)
    {
        var body = Of(revision);
        return body with { Etag = EntityTag.OfItem(revision.Number, body.On(clocks), clocks.KnownAt) };
    }
}
