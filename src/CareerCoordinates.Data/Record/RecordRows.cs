using System.Collections;
using System.Text.Json;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>Between the domain's records and the rows of <see cref="RecordTables"/>, in both directions.</summary>
public static class RecordRows
{
    private const string Active = "active";
    internal const string Voided = "voided";
    private static readonly IReadOnlyList<EvidenceReference> NoEvidence = [];

    public static object?[] Of(Revision<OrganizationContent> r) =>
        [
            r.Id,
            r.Number,
            State(r.Voided),
            r.Content.ParentId,
            Codes<OrganizationKind>.Of(r.Content.Kind),
            r.Content.Name,
            r.Content.CreditCode,
            r.Content.IndustryCode,
            StoredDay.Of(r.Content.From),
            // Before the first recorded day the first parent and industry hold: nobody falls out of the tree.
            r.Number == 1
                ? StoredDay.Of(DateOnly.MinValue)
                : StoredDay.Of(r.Content.From),
            StoredDay.Of(r.Content.UnionFoundedOn),
            JsonSerializer.Serialize(r.Content.Tags),
            r.Content.Phone,
            r.Reason,
            r.RecordedAt.Microseconds,
            r.RecordedBy,
            r.SupersededAt?.Microseconds,
        ];

    public static Revision<OrganizationContent> Organization(Row row)
    {
        var id = row.Id();
        var number = row.Int();
        var voided = row.Text() == Voided;
        var parent = row.IdOrNull();
        var kind = Codes<OrganizationKind>.Parse(row.Text());
        var (name, creditCode, industryCode, from) = (row.Text(), row.TextOrNull(), row.TextOrNull(), row.Day());
        row.Int();
        var (founded, tags) = (row.DayOrNull(), JsonSerializer.Deserialize<string[]>(row.Text())!);
        var content = new OrganizationContent(
            parent,
            kind,
            name,
            creditCode,
            industryCode,
            from,
            founded,
            tags,
            row.TextOrNull()
        );
        return new(id, number, voided, content, row.TextOrNull(), row.Instant(), row.Text(), row.InstantOrNull());
    }

    public static object?[] Of(Revision<WorkerContent> r) =>
        [
            r.Id,
            r.Number,
            State(r.Voided),
            r.Content.Number,
            r.Content.Name,
            StoredDay.Of(r.Content.CareerStart),
            StoredDay.Of(r.Content.BirthDate),
            r.Content.Gender,
            r.Content.MigrantWorker,
            r.Content.IdNumber?.Sealed,
            r.Content.IdNumber?.Shown,
            r.Reason,
            r.RecordedAt.Microseconds,
            r.RecordedBy,
            r.SupersededAt?.Microseconds,
        ];

    public static Revision<WorkerContent> Worker(Row row)
    {
        var (id, number, voided) = (row.Id(), row.Int(), row.Text() == Voided);
        var content = new WorkerContent(
            row.TextOrNull(),
            row.Text(),
            row.DayOrNull(),
            row.DayOrNull(),
            row.TextOrNull(),
            row.FlagOrNull(),
            row.BytesOrNull() is { } sealedNumber ? new SealedIdNumber(sealedNumber, row.Text()) : Skip(row)
        );
        return new(id, number, voided, content, row.TextOrNull(), row.Instant(), row.Text(), row.InstantOrNull());
    }

    /// <summary>Most have none: then the two characters that would be shown are not there either.</summary>
    private static SealedIdNumber? Skip(Row row)
    {
        row.TextOrNull();
        return null;
    }

    public static object?[] Of(Guid workerId, Revision<AffiliationContent> r) =>
        [
            workerId,
            r.Id,
            r.Number,
            State(r.Voided),
            Codes<AffiliationKind>.Of(r.Content.Kind),
            r.Content.OrganizationId,
            r.Content.ExternalName,
            StoredDay.Of(r.Content.From),
            StoredDay.Of(r.Content.Until),
            r.Content.Primary,
            r.Content.StaffNumber,
            r.Content.EmploymentForm,
            r.Content.OccupationCode,
            r.Reason,
            r.RecordedAt.Microseconds,
            r.RecordedBy,
            r.SupersededAt?.Microseconds,
        ];

    public static Revision<AffiliationContent> Affiliation(Row row)
    {
        row.Id();
        var (id, number, voided) = (row.Id(), row.Int(), row.Text() == Voided);
        var content = new AffiliationContent(
            Codes<AffiliationKind>.Parse(row.Text()),
            row.IdOrNull(),
            row.TextOrNull(),
            row.Day(),
            row.DayOrNull(),
            row.Flag(),
            row.TextOrNull(),
            row.TextOrNull(),
            row.TextOrNull()
        );
        return new(id, number, voided, content, row.TextOrNull(), row.Instant(), row.Text(), row.InstantOrNull());
    }

    public static object?[] Of(MilestoneRevision r, IdempotencyKey? request = null) =>
        [
            r.WorkerId,
            r.MilestoneId,
            r.Revision,
            Codes<MilestoneState>.Of(r.State),
            r.Content.Type,
            r.Content.OccurredOn.ToString(),
            StoredDay.Of(r.Content.OccurredOn.Last),
            r.Content.Until?.ToString(),
            StoredDay.Of(r.Content.Until?.Last),
            StoredDay.Of(r.Content.Ended?.On),
            r.Content.Ended is { } ended ? Codes<EndKind>.Of(ended.Kind) : null,
            r.Content.Ended?.Reason,
            r.Content.Attributes.CanonicalJson,
            EvidenceText(r.Content.Evidence),
            r.Content.Note,
            r.VerifiedBy,
            r.OnBehalf,
            r.FrameworkVersion,
            r.Reason,
            r.RecordedAt.Microseconds,
            r.RecordedBy,
            r.SupersededAt?.Microseconds,
            request?.Key,
            request?.RequestHash,
        ];

    public static MilestoneRevision Milestone(Row row)
    {
        var (workerId, milestoneId, number) = (row.Id(), row.Id(), row.Int());
        var state = Codes<MilestoneState>.Parse(row.Text());
        var type = row.Text();
        var occurredOn = PartialDate.Parse(row.Text());
        row.Int();
        var until = row.TextOrNull();
        row.DayOrNull();
        var (endedOn, endedKind, endedReason) = (row.DayOrNull(), row.TextOrNull(), row.TextOrNull());
        var content = new MilestoneContent(
            type,
            occurredOn,
            until is null ? null : PartialDate.Parse(until),
            endedOn is { } on ? new Ending(on, Codes<EndKind>.Parse(endedKind!), endedReason!) : null,
            AttributeSet.FromCanonical(row.Text()),
            Evidence(row.Text()),
            row.TextOrNull()
        );
        var (verifiedBy, onBehalf, frameworkVersion, reason) = (row.TextOrNull(), row.Flag(), row.Int(), row.TextOrNull());
        var (recordedAt, recordedBy, supersededAt) = (row.Instant(), row.Text(), row.InstantOrNull());
        return new(
            workerId,
            milestoneId,
            number,
            state,
            content,
            reason,
            recordedAt,
            recordedBy,
            verifiedBy,
            frameworkVersion,
            supersededAt
        )
        {
            OnBehalf = onBehalf,
        };
    }

    public static object?[] Of(Guid workerId, MilestoneContest c) =>
        [
            workerId,
            c.MilestoneId,
            c.Sequence,
            c.IsAnswer ? "answered" : "contested",
            c.Reason,
            c.RecordedAt.Microseconds,
            c.RecordedBy,
        ];

    public static MilestoneContest Contest(Row row)
    {
        row.Id();
        return new(row.Id(), row.Int(), row.Text() == "answered", row.Text(), row.Instant(), row.Text());
    }

    internal static string State(bool voided) => voided ? Voided : Active;

    private static string EvidenceText(IReadOnlyList<EvidenceReference> evidence) =>
        evidence.Count == 0 ? "[]" : JsonSerializer.Serialize(evidence);

    private static IReadOnlyList<EvidenceReference> Evidence(string text) => text == "[]" ? NoEvidence : new StoredEvidence(text);

    /// <summary>Read only when somebody asks: the grid and most decisions never do.</summary>
    private sealed class StoredEvidence(string text) : IReadOnlyList<EvidenceReference>
    {
        private EvidenceReference[]? read;

        private EvidenceReference[] Items => read ??= JsonSerializer.Deserialize<EvidenceReference[]>(text)!;

        public int Count => Items.Length;

        public EvidenceReference this[int index] => Items[index];

        public IEnumerator<EvidenceReference> GetEnumerator() => Items.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
