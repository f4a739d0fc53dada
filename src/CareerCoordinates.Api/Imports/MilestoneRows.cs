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
    private readonly Framework framework;
    private readonly MilestoneType? only;
    private readonly SignedIn me;
    private readonly PersonOfRow people;
    private readonly Dictionary<string, MilestoneType> types = [];

    public MilestoneRows(Framework framework, MilestoneType? only, SignedIn me, PersonOfRow people)
    {
        this.framework = framework;
        this.only = only;
        this.me = me;
        this.people = people;
        foreach (var type in framework.MilestoneTypes.Values.Where(t => t.Enabled))
        {
            foreach (var name in (string[])[type.Code, type.Name.Zh, type.Name.En])
            {
                types[SheetValue.Alike(name)] = type;
            }
        }
        Columns = [.. ColumnsOf(framework, only)];
    }

    public override IReadOnlyList<ImportColumn> Columns { get; }

    public override IReadOnlyCollection<Guid> Seen => people.Looked;

    public override object? Read(RowReader row)
    {
        var person = PersonOfRow.Read(row);
        var type = only ?? TypeOf(row);
        var occurredOn = row.Value("occurredOn", SheetValue.Day);
        if (occurredOn is null && row.Refusals.Count == 0)
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
        var evidence = row.Text("evidence") is { } reference
            ? [new EvidenceReference(row.Text("evidenceType") ?? (type is { Evidence: [var usual, ..] } ? usual : ""), reference)]
            : (IReadOnlyList<EvidenceReference>)[];
        var note = row.Text("note");
        return row.Refusals.Count > 0 || type is null
            ? null
            : new MilestoneRow(
                person,
                new(type.Code, occurredOn!.Value.ToString(), until?.ToString(), attributes, evidence, note)
            );
    }

    public override Outcome<RowDecision> Decide(RecordTransaction tx, object row)
    {
        var (keys, draft) = (MilestoneRow)row;
        var found = people.Find(tx, keys);
        if (found.IsRefused)
        {
            return found.As<RowDecision>();
        }
        var decided = Milestones.RecordMilestone.Decide(tx, me, found.Value.Id, draft, onBehalf: false);
        if (decided.IsRefused)
        {
            tx.Release(found.Value.Id);
            return decided.As<RowDecision>();
        }
        var (write, revision) = decided.Value;
        var content = revision.Content;
        var fact = (
            write.Record.Id,
            content.Type,
            content.OccurredOn.ToString(),
            content.Until?.ToString(),
            content.Attributes.CanonicalJson
        );
        tx.Release(write.Record.Id);
        return SameAs(write.Record, content) is { } same
            ? new RowDecision(RowAction.Same, same, null, fact, write.Record)
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
            );
    }

    public override string ColumnOf(string pointer) =>
        pointer.Split('/') switch
        {
            ["", "attributes", var code] => code,
            ["", "evidence", _, "type"] => "evidenceType",
            ["", "evidence", ..] => "evidence",
            _ => base.ColumnOf(pointer),
        };

    /// <summary>A milestone that says the same and is not voided, whatever its proofs and its note.</summary>
    private static Guid? SameAs(WorkerRecord record, MilestoneContent content)
    {
        var revisions = record.MilestoneRevisions;
        for (var i = 0; i < revisions.Count; i++)
        {
            var isNewest = i + 1 == revisions.Count || revisions[i + 1].MilestoneId != revisions[i].MilestoneId;
            var other = revisions[i].Content;
            if (
                isNewest
                && revisions[i].State != MilestoneState.Voided
                && other.Type == content.Type
                && other.OccurredOn == content.OccurredOn
                && other.Until == content.Until
                && other.Attributes.Equals(content.Attributes)
            )
            {
                return revisions[i].MilestoneId;
            }
        }
        return null;
    }

    private MilestoneType? TypeOf(RowReader row)
    {
        if (row.Text("type") is not { } text)
        {
            row.Refusals.Add(new(Problems.RequestRefusals.Empty, "/type"));
            return null;
        }
        if (types.GetValueOrDefault(SheetValue.Alike(text)) is { } type)
        {
            return type;
        }
        row.Refusals.Add(new(UnknownTypeName, "/type", PlainText.Quoted(text), types.Values.First().Name));
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
                return JsonSerializer.SerializeToElement(Choice(attribute.Allowed, text) ?? text);
            default:
                return row.Text(attribute.Code) is { } plain ? JsonSerializer.SerializeToElement(plain) : null;
        }
    }

    /// <summary>The code of what a text means: a code or a name; of a name such as 三级/高级工 also one of its parts, if nothing else has it.</summary>
    internal static string? Choice(IReadOnlyList<CodedName> allowed, string text)
    {
        var alike = SheetValue.Alike(text);
        foreach (var one in allowed)
        {
            if (
                SheetValue.Alike(one.Code) == alike
                || SheetValue.Alike(one.Name.Zh) == alike
                || SheetValue.Alike(one.Name.En) == alike
            )
            {
                return one.Code;
            }
        }
        var partly = allowed.Where(a => a.Name.Zh.Split('/', '（', '(').Any(part => SheetValue.Alike(part) == alike)).ToList();
        return partly is [var only] ? only.Code : null;
    }

    private static IEnumerable<ImportColumn> ColumnsOf(Framework framework, MilestoneType? only)
    {
        foreach (var column in PersonColumns)
        {
            yield return column;
        }
        if (only is null)
        {
            var enabled = framework
                .MilestoneTypes.Values.Where(t => t.Enabled)
                .OrderBy(t => t.Code, StringComparer.Ordinal)
                .ToList();
            yield return new(
                "type",
                "节点类型",
                "milestone type",
                true,
                "成长节点类型的名称或代码",
                "The milestone type, by name or code",
                enabled[0].Name.Zh,
                [.. enabled.Select(t => t.Name.Zh)],
                [.. enabled.Select(t => t.Name.En)],
                "类型",
                "成长节点类型",
                "type"
            );
        }
        yield return new(
            "occurredOn",
            "发生日期",
            "occurred on",
            true,
            "日期 2020-11-30；只知道月或年时写 2020-11 或 2020",
            "A day 2020-11-30; a month 2020-11 or a year 2020 where only that is known",
            "2020-11-30",
            [],
            [],
            "日期",
            "取得日期",
            "发证日期",
            "date"
        );
        if (only?.Period is not MilestonePeriod.Point)
        {
            yield return new(
                "until",
                "截止日期",
                "until",
                only?.Period == MilestonePeriod.Term,
                "最后一日（含当日）；任期制的须填写",
                "The last day in force, inclusive; needed for a term",
                "",
                [],
                [],
                "终止日期",
                "到期日期"
            );
        }
        var attributes = (only is null ? framework.MilestoneTypes.Values.Where(t => t.Enabled) : [only])
            .SelectMany(t => t.Attributes)
            .GroupBy(a => a.Code);
        foreach (var same in attributes)
        {
            var first = same.First();
            var allowed = same.SelectMany(a => a.Allowed).DistinctBy(a => a.Code).ToList();
            yield return new(
                first.Code,
                first.Name.Zh,
                first.Name.En,
                only is not null && first.Required,
                first.Name.Zh,
                first.Name.En,
                allowed.Count > 0 ? allowed[0].Name.Zh : "",
                [.. allowed.Select(a => a.Name.Zh)],
                [.. allowed.Select(a => a.Name.En)],
                [.. same.SelectMany(a => (string[])[a.Name.Zh, a.Name.En]).Distinct()]
            );
        }
        yield return new(
            "evidence",
            "证明材料",
            "evidence",
            false,
            "证明材料的编号或存放处",
            "Where the proof is kept, or its number",
            "",
            [],
            [],
            "证明材料编号"
        );
        yield return new(
            "evidenceType",
            "证明材料类型",
            "evidence type",
            false,
            "证明材料的种类",
            "The kind of proof",
            "",
            [.. framework.EvidenceTypes.Keys.Order(StringComparer.Ordinal)],
            [.. framework.EvidenceTypes.Keys.Order(StringComparer.Ordinal)]
        );
        yield return new("note", "备注", "note", false, "至多 2000 字", "At most 2,000 characters", "", [], []);
    }

    /// <summary>By these a row says who it is about.</summary>
    public static readonly IReadOnlyList<ImportColumn> PersonColumns =
    [
        new(
            "staffNumber",
            "工号",
            "staff number",
            false,
            "所在单位的工号，前导零保留",
            "At the organisation; leading zeros are kept",
            "0042",
            [],
            [],
            "职工号",
            "员工编号"
        ),
        new("name", "姓名", "name", false, "与工号等一并核对", "Compared with the staff number", "马岚", [], [], "职工姓名"),
        new(
            "birthDate",
            "出生日期",
            "birth date",
            false,
            "无工号时与姓名一并用于查找",
            "Finds the person together with the name where there is no staff number",
            "",
            [],
            [],
            "出生年月日",
            "生日"
        ),
        new(
            "idNumber",
            "公民身份号码",
            "ID number",
            false,
            "可代替工号",
            "In place of a staff number",
            "",
            [],
            [],
            "身份证号",
            "身份证号码"
        ),
        new("number", "职工编号", "number", false, "区内统一编号", "The district's own number", "", [], []),
        new(
            "organization",
            "单位",
            "organisation",
            false,
            "名称或统一社会信用代码",
            "By name or unified social credit code",
            "",
            [],
            [],
            "所在单位",
            "单位名称",
            "organization"
        ),
    ];

    private sealed record MilestoneRow(PersonKeys Person, MilestoneDraft Draft);
}
