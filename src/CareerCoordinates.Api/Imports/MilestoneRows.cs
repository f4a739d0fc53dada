using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Imports;

/// <summary>Milestones of people who are on the record, of one type or of several.</summary>
public sealed class MilestoneRows : ImportRows
{
    public static readonly WarningCode SameIsReturned = new(
        "same-is-returned",
        "The record says so already, but that milestone was returned or rejected, and the row changes nothing of it. Correct it; or void it and import the row again.",
        "记录中已有相同的成长节点，但已被退回或不予认定，本行不会改变它。请更正该节点；或将其作废后重新导入本行。"
    );

    private readonly Framework framework;
    private readonly SignedIn me;
    private readonly PersonOfRow people;
    private readonly MilestoneRowReading reading;
    private readonly string reason;

    /// <param name="only">The type of all rows; null where a column names it.</param>
    /// <param name="reason">Why a milestone is corrected, as its revision keeps it.</param>
    public MilestoneRows(Framework framework, MilestoneType? only, SignedIn me, PersonOfRow people, string reason)
    {
        this.reason = reason;
        this.framework = framework;
        this.me = me;
        this.people = people;
        Columns = MilestoneColumns.Of(framework, only);
        reading = new(framework, only, Columns);
    }

    public override IReadOnlyList<ImportColumn> Columns { get; }

    public override IReadOnlyCollection<Guid> Seen => people.Looked;

    public override object Read(RowReader row) => reading.Read(row);

    public override IReadOnlyList<Refusal> AlsoWrong(RecordTransaction tx, object row, IReadOnlySet<string> refused)
    {
        var (keys, draft, corrected) = (MilestoneRow)row;
        var wrong = new List<Refusal>();
        var worker = PersonOfRow.Nobody;
        if (!MilestoneColumns.Person.Any(column => refused.Contains(column.Code)))
        {
            var found = people.Find(tx, keys);
            if (found.IsRefused)
            {
                wrong.AddRange(found.Refusals);
            }
            else
            {
                worker = found.Value.Revisions[^1].Content;
                tx.Release(found.Value.Id);
            }
        }
        if (!refused.Contains("type") && !refused.Contains(MilestoneColumns.MilestoneId))
        {
            wrong.AddRange(WrongWith(tx, draft, corrected, worker));
        }
        return wrong;
    }

    /// <summary>What is wrong with what the row itself says; of a correction the record says the rest.</summary>
    private static IReadOnlyList<Refusal> WrongWith(
        RecordTransaction tx,
        MilestoneDraft draft,
        CorrectedMilestone? corrected,
        WorkerContent worker
    ) =>
        corrected is null && MilestoneChecks.Check(tx.Framework, draft, worker, tx.Today) is { IsRefused: true } content
            ? content.Refusals
            : [];

    public override void ReadAhead(RecordTransaction tx, IReadOnlyList<object> rows) =>
        people.ReadAhead(tx, [.. rows.Cast<MilestoneRow>().Select(row => row.Person)]);

    public override Outcome<RowDecision> Decide(RecordTransaction tx, object row)
    {
        var (keys, draft, corrected) = (MilestoneRow)row;
        var found = people.Find(tx, keys);
        if (found.IsRefused)
        {
            return found.Refusals.Concat(WrongWith(tx, draft, corrected, PersonOfRow.Nobody)).ToList();
        }
        var warnings = people.Warnings(tx, keys, found.Value);
        if (corrected is { } milestone)
        {
            var correction = Correct(tx, found.Value, milestone, draft, warnings);
            tx.Release(found.Value.Id);
            return correction;
        }
        var opened = MilestoneWrite.Open(tx, me, found.Value);
        var decided = opened.IsRefused
            ? opened.As<MilestoneRevision>()
            : Milestones.RecordMilestone.Decide(opened.Value, draft, onBehalf: false);
        if (decided.IsRefused)
        {
            tx.Release(found.Value.Id);
            return decided.As<RowDecision>();
        }
        var (write, revision) = (opened.Value, decided.Value);
        var content = revision.Content;
        var fact = HashOf(
            $"{write.Record.Id}\n{content.Type}\n{content.OccurredOn}\n{content.Until}\n{content.Attributes.CanonicalJson}"
        );
        tx.Release(write.Record.Id);
        return write.SameAs(content) is { } same
            ? new RowDecision(RowAction.Same, same, null, fact, write.Record)
            {
                Warnings = [.. warnings, .. Returned(write.Record, same)],
            }
            : new RowDecision(
                RowAction.Create,
                null,
                later =>
                {
                    var made = revision with { MilestoneId = later.NewId(), RecordedAt = later.RecordedAt };
                    later.Add(write.Record, made);
                    return [new(made.WorkerId, ImportItem.Milestone, made.MilestoneId, made.Revision)];
                },
                fact,
                write.Record
            )
            {
                Warnings = [.. warnings, .. OfDay(tx, null, content, write.Record)],
            };
    }

    private static IReadOnlyList<Warning> Returned(WorkerRecord record, Guid milestone) =>
        record.RevisionsOf(milestone)[^1].State is MilestoneState.Returned or MilestoneState.Rejected
            ? [new(SameIsReturned, "", milestone)]
            : [];

    private List<Warning> OfDay(RecordTransaction tx, Guid? id, MilestoneContent content, WorkerRecord worker) =>
        MilestoneWarnings.OfDay(
            framework.MilestoneTypes[content.Type],
            id,
            content,
            tx.Today,
            worker.Revisions[^1].Content.CareerStart,
            worker.Revisions[^1].Content.BirthDate
        );

    /// <summary>What the row says of a milestone that is there. A cell that is empty or not there leaves what the record says.</summary>
    private Outcome<RowDecision> Correct(
        RecordTransaction tx,
        WorkerRecord record,
        CorrectedMilestone corrected,
        MilestoneDraft row,
        IReadOnlyList<Warning> warnings
    )
    {
        var milestoneId = corrected.Id;
        var revision = record.RevisionsOf(milestoneId) is [.., var last] ? last.Revision : 0;
        var opened = MilestoneWrite.Open(tx, me, record.Id, milestoneId, revision);
        if (opened.IsRefused)
        {
            return opened.Refusals.Select(r => r with { Pointer = "/" + MilestoneColumns.MilestoneId }).ToList();
        }
        var write = opened.Value;
        var newest = write.History[^1];
        var before = newest.Content;
        var checkedContent = write.Check(
            row with
            {
                Until = row.Until ?? before.Until?.ToString(),
                Attributes = Over(before.Attributes, row.Attributes),
                Evidence = row.Evidence is [var first] ? [first, .. before.Evidence.Skip(1)] : before.Evidence,
                Note = row.Note ?? before.Note,
            }
        );
        if (checkedContent.IsRefused)
        {
            return checkedContent.As<RowDecision>();
        }
        var content = checkedContent.Value with { Ended = before.Ended };
        if (content with { Evidence = before.Evidence } == before && content.Evidence.SequenceEqual(before.Evidence))
        {
            return new RowDecision(RowAction.Same, milestoneId, null, HashOf($"{milestoneId}"), write.Record)
            {
                Warnings = warnings,
            };
        }
        if (corrected.Revision is { } exported && exported != revision)
        {
            return new Refusal(Problems.RequestRefusals.Stale, "/" + MilestoneColumns.Revision, revision);
        }
        var next = MilestoneDecisions.Correct(
            write.History,
            new Domain.Milestones.CorrectMilestone(content, tx.Framework.Version, EndedChange.Keep, reason),
            write.Decision
        );
        return next.IsRefused
            ? next.As<RowDecision>()
            : new RowDecision(
                RowAction.Change,
                milestoneId,
                later =>
                {
                    var made = next.Value with { RecordedAt = later.RecordedAt };
                    later.Add(write.Record, made);
                    return [new(made.WorkerId, ImportItem.Milestone, made.MilestoneId, made.Revision)];
                },
                HashOf($"{milestoneId}"),
                write.Record,
                newest.Revision
            )
            {
                Warnings = [.. warnings, .. Changes(milestoneId, before, content), .. OfDay(tx, milestoneId, content, record)],
            };
    }

    private List<Warning> Changes(Guid milestone, MilestoneContent before, MilestoneContent after)
    {
        var type = framework.MilestoneTypes[after.Type];
        Warning? Changed(string column, object? from, object? to) =>
            Columns.Any(c => c.Code == column) ? ChangedCell.Of(Columns, milestone, column, from, to) : null;
        return
        [
            .. new[]
            {
                Changed("occurredOn", before.OccurredOn.ToString(), after.OccurredOn.ToString()),
                Changed("until", before.Until?.ToString(), after.Until?.ToString()),
            }
                .Concat(type.Attributes.Select(a => Changed(a.Code, Said(a, before), Said(a, after))))
                .Append(Changed("note", before.Note, after.Note))
                .OfType<Warning>(),
        ];
    }

    private static object? Said(AttributeDefinition attribute, MilestoneContent content) =>
        !content.Attributes.TryGet(attribute.Code, out var value) ? null
        : attribute.Allowed.FirstOrDefault(a => a.Code == value.ToString()) is { } named ? named.Name
        : value.ToString();

    private static UInt128 HashOf(string fact) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(fact.AsSpan()));

    private static Dictionary<string, JsonElement> Over(AttributeSet before, IReadOnlyDictionary<string, JsonElement> row)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(before.CanonicalJson)!;
        foreach (var (code, value) in row)
        {
            values[code] = value;
        }
        return values;
    }

    protected override string ColumnOf(string pointer) =>
        pointer.Split('/') switch
        {
            ["", "attributes", var code] => code,
            ["", "evidence", _, "type"] => "evidenceType",
            ["", "evidence", ..] => "evidence",
            _ => base.ColumnOf(pointer),
        };
}
