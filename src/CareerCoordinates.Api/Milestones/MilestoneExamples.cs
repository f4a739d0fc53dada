using System.Text.Json;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Milestones;

/// <summary>The milestone of the document's examples, at each point of its life; what it says is data.</summary>
internal static class MilestoneExamples
{
    private static readonly Fact Said = Examples.Read<Fact>("milestone");
    private static readonly Guid WorkerId = Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01");
    private static readonly Guid MilestoneId = Guid.Parse("0199f3a2-9e40-7b21-9c55-6d0e8f1a2b3c");
    private static readonly Instant First = Time("2026-01-05T02:11:09.123456Z");
    private static readonly Instant Later = Time("2026-01-06T01:30:00.000417Z");
    private static readonly DateOnly Day = new(2026, 1, 31);
    private static readonly string[] WhenSubmitted = ["correct", "verify", "return", "reject", "void", "contest"];
    private static readonly string[] WhenVerified = ["correct", "end", "void", "contest"];

    private const string Mistyped = "One digit of the number was mistyped.";

    public static readonly object ToRecord = new
    {
        Said.Type,
        Said.OccurredOn,
        Said.Attributes,
        Said.Evidence,
    };

    public static readonly object Correction = new
    {
        Said.Type,
        Said.OccurredOn,
        Said.Attributes,
        Said.Evidence,
        Reason = Mistyped,
    };

    public static readonly MilestoneBody Recorded = new(
        MilestoneId,
        WorkerId,
        1,
        null,
        MilestoneState.Submitted,
        Said.Type,
        PartialDate.Parse(Said.OccurredOn),
        null,
        null,
        false,
        AttributeSet.FromCanonical(JsonSerializer.Serialize(Said.Attributes)),
        Said.Evidence,
        null,
        null,
        First,
        "local",
        null,
        false,
        [],
        Said.Grants,
        Said.PlaceWithoutIt,
        1,
        WhenSubmitted,
        []
    );

    public static readonly MilestoneBody Verified = Recorded with
    {
        Revision = 2,
        Counting = 2,
        State = MilestoneState.Verified,
        RecordedAt = Later,
        VerifiedBy = "local",
        Place = Said.Place,
        Actions = WhenVerified,
    };

    public static readonly MilestoneBody Corrected = Verified with
    {
        Revision = 3,
        State = MilestoneState.Submitted,
        Reason = Mistyped,
        VerifiedBy = null,
        Actions = ["correct", "verify", "return", "reject", "withdraw", "void", "contest"],
    };

    public static readonly MilestoneBody Returned = Recorded with
    {
        Revision = 2,
        State = MilestoneState.Returned,
        Reason = "The photograph of the certificate cannot be read.",
        RecordedAt = Later,
        Actions = ["correct", "void", "contest"],
    };

    public static readonly MilestoneBody Rejected = Returned with
    {
        State = MilestoneState.Rejected,
        Reason = "The register has no certificate of this number.",
    };

    public static readonly MilestoneBody Ended = Verified with
    {
        Revision = 3,
        Counting = 3,
        Ended = new Ending(new DateOnly(2024, 6, 30), EndKind.Revoked, "Revoked by the issuing centre."),
        Reason = "Revoked by the issuing centre.",
    };

    public static readonly MilestoneBody Voided = Verified with
    {
        Revision = 3,
        Counting = null,
        State = MilestoneState.Voided,
        Reason = "Recorded for a worker of the same name.",
        VerifiedBy = null,
        Place = Said.PlaceWithoutIt,
        Actions = ["contest"],
    };

    public static readonly MilestoneBody Contested = Verified with
    {
        Contested = true,
        Actions = ["correct", "end", "void", "answer"],
        Contests = [new(ContestKind.Contested, "The certificate is not mine.", Later, "local")],
    };

    public static readonly MilestoneBody Answered = Verified with
    {
        Contests =
        [
            .. Contested.Contests,
            new(ContestKind.Answered, "Compared with the register: the name was misspelt there; it is yours.", Later, "local"),
        ],
    };

    public static readonly MilestoneBody Read = Verified with { AsOf = Day, KnownAt = Later, KnownAtClosed = true };

    public static readonly PageBody<MilestoneBody> Page = new(
        [Verified with { Etag = EntityTag.OfItem(2, Read, Later) }],
        null,
        Day,
        Later,
        true,
        Grid.ReadCoordinate.Example.Framework
    );

    public static readonly Revisions<MilestoneRevisionBody> History = new(
        [Row(Recorded) with { SupersededAt = Later }, Row(Verified)],
        Later,
        true
    );

    public static readonly MilestonesToVerify ToVerify = new([new(WorkerId, MilestoneId, EntityTag.Of(1, Recorded))]);

    public static readonly VerificationsBody Verifications = new([
        new(WorkerId, MilestoneId, 200, 2, EntityTag.Of(2, Verified), null, null),
    ]);

    public static readonly object Event = new
    {
        Said.Type,
        Said.OccurredOn,
        Said.Evidence,
        Workers = new[] { new { WorkerId, Said.Attributes } },
    };

    public static readonly RecordingsBody Recordings = new([
        new(WorkerId, 201, MilestoneId, 1, EntityTag.Of(1, Recorded), [], null, null, []),
    ]);

    private static MilestoneRevisionBody Row(MilestoneBody body) =>
        new(
            body.Revision,
            body.State,
            body.Type,
            body.OccurredOn,
            body.Until,
            body.Ended,
            body.Attributes,
            body.Evidence,
            body.Note,
            body.Reason,
            body.RecordedAt,
            body.RecordedBy,
            body.VerifiedBy,
            body.OnBehalf,
            body.FrameworkVersion,
            null
        );

    private static Instant Time(string text) => Instant.TryParse(text, out var instant) ? instant : default;

    private sealed record Fact(
        string Type,
        string OccurredOn,
        Dictionary<string, JsonElement> Attributes,
        IReadOnlyList<EvidenceReference> Evidence,
        IReadOnlyList<GrantBody> Grants,
        PlaceBody Place,
        PlaceBody PlaceWithoutIt
    );
}
