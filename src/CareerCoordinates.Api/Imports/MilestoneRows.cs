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
    public static readonly RefusalCode UnknownTypeName = new(
        "unknown-type-name",
        RefusalKind.Rule,
        "There is no milestone type '{0}'. Use a code or a name of the framework, such as {1}.",
        "没有成长节点类型“{0}”。请使用体系中的代码或名称，例如 {1}。"
    );
    public static readonly RefusalCode OtherType = new(
        "other-type-than-chosen",
        RefusalKind.Rule,
        "The row says '{0}', but for the whole file {1} is chosen. Correct the row, or upload the file without a type: then the column says it.",
        "本行写的是“{0}”，而整个文件选定的是{1}。请更正本行；如类型由该列说明，请在上传时不选类型。"
    );
    public static readonly WarningCode SameIsReturned = new(
        "same-is-returned",
        "The record says so already, but that milestone was returned or rejected, and the row changes nothing of it. Correct it; or void it and import the row again.",
        "记录中已有相同的成长节点，但已被退回或不予认定，本行不会改变它。请更正该节点；或将其作废后重新导入本行。"
    );

    private static readonly WorkerContent Nobody = new(null, "", null, null, null, null);

    private readonly Framework framework;
    private readonly MilestoneType? only;
    private readonly SignedIn me;
    private readonly PersonOfRow people;
    private readonly Dictionary<string, MilestoneType> types;
    private readonly string reason;

    /// <summary>Codes of the columns that only some types have.</summary>
    private readonly IReadOnlyList<string> attributes;

    /// <param name="only">The type of all rows; null where a column names it.</param>
    /// <param name="reason">Why a milestone is corrected, as its revision keeps it.</param>
    public MilestoneRows(Framework framework, MilestoneType? only, SignedIn me, PersonOfRow people, string reason)
    {
        this.reason = reason;
        this.framework = framework;
        this.only = only;
        this.me = me;
        this.people = people;
        types = framework
            .MilestoneTypes.Values.SelectMany(t => NamesOf(t).Select(name => (name, t)))
            .DistinctBy(one => one.name)
            .ToDictionary(one => one.name, one => one.t);
        Columns = MilestoneColumns.Of(framework, only);
        attributes = only is null
            ?
            [
                .. framework
                    .MilestoneTypes.Values.Where(t => t.Enabled)
                    .SelectMany(t => t.Attributes)
                    .Select(a => a.Code)
                    .Distinct(),
            ]
            : [];
    }

    public override IReadOnlyList<ImportColumn> Columns { get; }

    public override IReadOnlyCollection<Guid> Seen => people.Looked;

    /// <summary>The type that a text means, by its code or a name; what is switched off too, so that a refusal can say so.</summary>
    public static MilestoneType? Find(Framework framework, string text) =>
        framework.MilestoneTypes.GetValueOrDefault(text)
        ?? framework.MilestoneTypes.Values.FirstOrDefault(t => NamesOf(t).Contains(SheetValue.Alike(text)));

    /// <summary>Why a text is none of the types that can be recorded.</summary>
    public static Refusal NoSuchType(Framework framework, string text, string pointer) =>
        Find(framework, text) is { } off
            ? new(MilestoneChecks.TypeDisabled, pointer, off.Name.WithCode(off.Code), framework.Code)
            : new(UnknownTypeName, pointer, PlainText.Quoted(text), framework.MilestoneTypes.Values[0].Name);

    public override object? Read(RowReader row)
    {
        var person = PersonOfRow.Read(row);
        var type = TypeOf(row);
        var occurredOn = row.Value("occurredOn", SheetValue.Day);
        if (occurredOn is null && !row.Refusals.Exists(refusal => refusal.Pointer == "/occurredOn"))
        {
            row.Refusals.Add(new(Problems.RequestRefusals.Empty, "/occurredOn"));
        }
        var until = row.Value("until", SheetValue.Day);
        var attributes = new Dictionary<string, JsonElement>();
        foreach (var attribute in type?.Attributes ?? [])
        {
            if (ValueOf(row, attribute) is { } value)
            {
                attributes[attribute.Code] = value;
            }
        }
        if (type is not null)
        {
            RefuseOthers(row, type);
        }
        var evidence = row.Text("evidence") is { } reference
            ? [new EvidenceReference(EvidenceType(row) ?? (type is { Evidence: [var usual, ..] } ? usual : ""), reference)]
            : (IReadOnlyList<EvidenceReference>)[];
        var note = row.Text("note");
        var corrected = row.Value(MilestoneColumns.MilestoneId, IdOf) is { } id
            ? new CorrectedMilestone(id, row.Value(MilestoneColumns.Revision, SheetValue.Number))
            : null;
        return new MilestoneRow(
            person,
            new(type?.Code ?? "", occurredOn?.ToString() ?? "", until?.ToString(), attributes, evidence, note),
            corrected
        );
    }

    public override IReadOnlyList<Refusal> AlsoWrong(RecordTransaction tx, object row, IReadOnlySet<string> refused)
    {
        var (keys, draft, corrected) = (MilestoneRow)row;
        var wrong = new List<Refusal>();
        var worker = Nobody;
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
            return found.Refusals.Concat(WrongWith(tx, draft, corrected, Nobody)).ToList();
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
                Warnings = [.. warnings, .. Ahead(tx, null, content)],
            };
    }

    private static IReadOnlyList<Warning> Returned(WorkerRecord record, Guid milestone) =>
        record.RevisionsOf(milestone)[^1].State is MilestoneState.Returned or MilestoneState.Rejected
            ? [new(SameIsReturned, "", milestone)]
            : [];

    private IReadOnlyList<Warning> Ahead(RecordTransaction tx, Guid? id, MilestoneContent content) =>
        MilestoneWarnings.Ahead(framework.MilestoneTypes[content.Type], id, content, tx.Today) is { } ahead ? [ahead] : [];

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
                Warnings = [.. warnings, .. Ahead(tx, milestoneId, content)],
            };
    }

    private static UInt128 HashOf(string fact) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(fact.AsSpan()));

    /// <summary>In a sheet of several types: what stands in a column that the type of the row does not have.</summary>
    private void RefuseOthers(RowReader row, MilestoneType type)
    {
        if (attributes.Count == 0)
        {
            return;
        }
        var own = Columns.Select(c => c.Code).Except(attributes).Concat(type.Attributes.Select(a => a.Code));
        var read = own.Select(row.PlaceOf).ToHashSet();
        foreach (var code in attributes.Where(row.Has).OrderBy(row.PlaceOf).Where(code => read.Add(row.PlaceOf(code))))
        {
            row.Refusals.Add(AttributeChecks.Unknown(type, code));
        }
    }

    private static Dictionary<string, JsonElement> Over(AttributeSet before, IReadOnlyDictionary<string, JsonElement> row)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(before.CanonicalJson)!;
        foreach (var (code, value) in row)
        {
            values[code] = value;
        }
        return values;
    }

    private static Outcome<Guid?> IdOf(SheetCell cell)
    {
        var text = SheetValue.Text(cell);
        return text.IsRefused ? text.As<Guid?>()
            : text.Value is null ? (Guid?)null
            : Guid.TryParse(text.Value, out var id) ? (Guid?)id
            : new Refusal(Problems.RequestRefusals.NotWellFormed, "");
    }

    protected override string ColumnOf(string pointer) =>
        pointer.Split('/') switch
        {
            ["", "attributes", var code] => code,
            ["", "evidence", _, "type"] => "evidenceType",
            ["", "evidence", ..] => "evidence",
            _ => base.ColumnOf(pointer),
        };

    /// <summary>The code that a name means; what is no name stays as it is, and is refused with the list of codes if it is none.</summary>
    private string? EvidenceType(RowReader row) =>
        row.Text("evidenceType") is { } text
            ? RowReader.CodeOf([.. framework.EvidenceTypes.Select(t => new CodedName(t.Key, t.Value))], text) ?? text
            : null;

    private static IEnumerable<string> NamesOf(MilestoneType type) =>
        ((string[])[type.Code, type.Name.Zh, type.Name.En]).Select(SheetValue.Alike);

    private MilestoneType? TypeOf(RowReader row)
    {
        var text = row.Text("type");
        if (only is not null)
        {
            if (text is not null && types.GetValueOrDefault(SheetValue.Alike(text)) != only)
            {
                row.Refusals.Add(new(OtherType, "/type", PlainText.Quoted(text), only.Name.WithCode(only.Code)));
            }
            return only;
        }
        if (text is null)
        {
            row.Refusals.Add(new(Problems.RequestRefusals.Empty, "/type"));
            return null;
        }
        if (types.GetValueOrDefault(SheetValue.Alike(text)) is { } type)
        {
            return type;
        }
        row.Refusals.Add(NoSuchType(framework, text, "/type"));
        return null;
    }

    private static JsonElement? ValueOf(RowReader row, AttributeDefinition attribute)
    {
        switch (attribute.Type)
        {
            case AttributeType.Integer or AttributeType.Decimal:
                return row.Value(attribute.Code, SheetValue.Number) is { } number
                    ? JsonSerializer.SerializeToElement(number)
                    : null;
            case AttributeType.Boolean:
                return row.Value(attribute.Code, SheetValue.Flag) is { } flag ? JsonSerializer.SerializeToElement(flag) : null;
            case AttributeType.Enum:
                if (row.Text(attribute.Code) is not { } text)
                {
                    return null;
                }
                return JsonSerializer.SerializeToElement(RowReader.CodeOf(attribute.Allowed, text) ?? text);
            default:
                return row.Text(attribute.Code) is { } plain ? JsonSerializer.SerializeToElement(plain) : null;
        }
    }

    /// <param name="Corrected">Null for a new one.</param>
    private sealed record MilestoneRow(PersonKeys Person, MilestoneDraft Draft, CorrectedMilestone? Corrected);

    /// <param name="Revision">That the sheet was made from; null where it does not say.</param>
    private sealed record CorrectedMilestone(Guid Id, decimal? Revision);
}
