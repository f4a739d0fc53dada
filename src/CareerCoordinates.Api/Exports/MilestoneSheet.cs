using System.Globalization;
using CareerCoordinates.Api.Imports;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Api.Exports;

/// <summary>
/// The columns of milestones: those of an import, among them one for each attribute of the types that there are, then what the record says
/// besides. A header is the name that an import looks for; where types call an attribute differently, or another column would answer to the
/// name, too, its code follows in brackets, by which the import knows it.
/// </summary>
internal sealed class MilestoneSheet
{
    private readonly Framework framework;
    private readonly IReadOnlyList<ImportColumn> imported;
    private readonly List<AttributeColumn> attributes;
    private readonly Dictionary<string, Name> typeNames;
    private readonly Dictionary<string, Name> stages;
    private readonly Dictionary<string, Name> kinds;

    /// <param name="types">Codes of the types that there are; of others the attributes stand in a column of their own, as they are kept.</param>
    public MilestoneSheet(ExportDesk desk, IReadOnlyCollection<string> types)
    {
        framework = desk.Clocks.Framework;
        imported = MilestoneColumns.Of(framework, null);
        stages = framework.Stages.ToDictionary(s => s.Code, s => s.Name);
        kinds = framework.MilestoneKinds.ToDictionary(k => k.Code, k => k.Name);
        typeNames = Readable([.. framework.MilestoneTypes.Values.Select(t => new CodedName(t.Code, t.Name))]);
        attributes =
        [
            .. types
                .Order(StringComparer.Ordinal)
                .Select(framework.MilestoneTypes.GetValueOrDefault)
                .OfType<MilestoneType>()
                .SelectMany(type => type.Attributes.Select(attribute => (type, attribute)))
                .GroupBy(one => one.attribute.Code)
                .Select(same => new AttributeColumn(
                    same.Key,
                    [.. same.Select(one => one.attribute.Name).Distinct()],
                    same.ToDictionary(one => one.type.Code, one => Readable(one.attribute.Allowed))
                )),
        ];
    }

    public IReadOnlyList<ExportColumn<ExportedMilestone>> Columns =>
        [
            PersonColumns.StaffNumber<ExportedMilestone>(m => m.Worker),
            PersonColumns.Name<ExportedMilestone>(m => m.Worker),
            PersonColumns.Number<ExportedMilestone>(m => m.Worker),
            PersonColumns.Organization<ExportedMilestone>(m => m.Worker),
            new(Header("type"), m => typeNames.GetValueOrDefault(m.Body.Type) ?? (object)m.Body.Type),
            new(Header("occurredOn"), m => m.Body.OccurredOn),
            new(Header("until"), m => m.Body.Until),
            .. attributes.Select(a => new ExportColumn<ExportedMilestone>(HeaderOf(a), m => a.ValueOf(m.Body))),
            new(Header("evidence"), m => m.Body.Evidence is [var first, ..] ? first.Reference : null),
            new(Header("evidenceType"), m => m.Body.Evidence is [var first, ..] ? NameOf(first) : null),
            new(Header("note"), m => m.Body.Note),
            // An import takes one proof.
            new(new("更多证明材料", "further evidence"), m => FurtherEvidence(m.Body)),
            // What an older version of the framework had, or a type that came while the file was made.
            new(new("其他属性", "other attributes"), m => OtherAttributes(m.Body)),
            new(new("节点类型代码", "milestone type code"), m => m.Body.Type),
            new(new("节点类别", "kind of milestone"), m => KindOf(m.Body.Type)),
            new(new("记录状态", "record state"), m => ExportWords.Of(m.Body.State)),
            new(new("截至日有效", "in force on the day"), m => m.IsInForce),
            new(new("有异议", "contested"), m => m.Body.Contested),
            new(new("实际终止日", "ended on"), m => m.Body.Ended?.On),
            new(new("终止方式", "how it ended"), m => m.Body.Ended is { } ended ? ExportWords.Of(ended.Kind) : null),
            new(new("终止原因", "why it ended"), m => m.Body.Ended?.Reason),
            new(new("授予台阶", "rungs granted"), m => RungsOf(m.Body, GrantMode.Direct)),
            new(new("支持台阶", "rungs supported"), m => RungsOf(m.Body, GrantMode.Supports)),
            new(new("当时阶段", "stage then"), m => m.Body.Place.Stage is { } code ? stages[code] : null),
            new(new("当时层", "level then"), m => m.Body.Place.Level),
            new(new("登记时间", "recorded at"), m => m.Body.RecordedAt),
            new(new("登记人", "recorded by"), m => m.Body.RecordedBy),
            new(new("核验人", "verified by"), m => m.Body.VerifiedBy),
            new(new("代填", "on behalf"), m => m.Body.OnBehalf),
            new(new("变更原因", "reason of the revision"), m => m.Body.Reason),
            new(new("版次", "revision"), m => m.Body.Revision),
            new(new("生效版次", "counting revision"), m => m.Body.Counting),
            new(new("坐标体系版本", "framework version"), m => m.Body.FrameworkVersion),
            new(new("节点标识", "milestone id"), m => m.Body.Id),
            PersonColumns.Id<ExportedMilestone>(m => m.Worker),
            PersonColumns.OrganizationId<ExportedMilestone>(m => m.Worker),
        ];

    /// <summary>The names of codes by which an import knows them again; the code where two have a name in common.</summary>
    private static Dictionary<string, Name> Readable(IReadOnlyList<CodedName> named)
    {
        var owners = named
            .SelectMany(one => Texts(one).Distinct().Select(text => (text, one.Code)))
            .ToLookup(one => one.text, one => one.Code);
        return named.ToDictionary(one => one.Code, one => new Name(Own(one, one.Name.Zh), Own(one, one.Name.En)));

        string Own(CodedName one, string text) => owners[SheetValue.Alike(text)].Count() == 1 ? text : one.Code;

        static IEnumerable<string> Texts(CodedName one) => new[] { one.Code, one.Name.Zh, one.Name.En }.Select(SheetValue.Alike);
    }

    private Name NameOf(EvidenceReference proof) =>
        framework.EvidenceTypes.GetValueOrDefault(proof.Type) ?? new(proof.Type, proof.Type);

    private Name? FurtherEvidence(MilestoneBody body)
    {
        var further = body.Evidence.Skip(1).Select(proof => (Type: NameOf(proof), proof.Reference)).ToList();
        return further.Count == 0
            ? null
            : new(
                string.Join("；", further.Select(f => $"{f.Type.Zh} {f.Reference}")),
                string.Join("; ", further.Select(f => $"{f.Type.En} {f.Reference}"))
            );
    }

    private Name Header(string code) => PersonColumns.HeaderOf(imported, code);

    private Name HeaderOf(AttributeColumn attribute)
    {
        var shown = attributes.Select(a => a.Code).ToHashSet();
        var absent = framework
            .MilestoneTypes.Values.SelectMany(t => t.Attributes)
            .Select(a => a.Code)
            .Where(code => !shown.Contains(code))
            .ToHashSet();
        var others = imported
            .Where(c => c.Code != attribute.Code && !absent.Contains(c.Code))
            .SelectMany(c => c.Known.Names.Append(c.Code))
            .Select(SheetValue.Alike)
            .ToHashSet();
        return new(
            Own(attribute.Names.Select(n => n.Zh), "／", "（{0}）"),
            Own(attribute.Names.Select(n => n.En), " / ", " ({0})")
        );

        string Own(IEnumerable<string> names, string between, string inBrackets)
        {
            string[] own = [.. names.Distinct()];
            var isPlain = own is [var only] && !others.Contains(SheetValue.Alike(only));
            return string.Join(between, own)
                + (isPlain ? "" : string.Format(CultureInfo.InvariantCulture, inBrackets, attribute.Code));
        }
    }

    private Name? KindOf(string type) =>
        framework.MilestoneTypes.GetValueOrDefault(type) is { } known ? kinds.GetValueOrDefault(known.Kind) : null;

    private Name? RungsOf(MilestoneBody body, GrantMode mode)
    {
        var rungs = body.Grants.Where(g => g.Mode == mode).Select(g => framework.FindRung(g.Channel, g.Rung)!.Name).ToList();
        return rungs.Count == 0
            ? null
            : new(string.Join("、", rungs.Select(r => r.Zh)), string.Join(", ", rungs.Select(r => r.En)));
    }

    private string? OtherAttributes(MilestoneBody body)
    {
        var others = body.Attributes.Values.Where(a =>
            !attributes.Exists(c => c.Code == a.Key && c.Values.ContainsKey(body.Type))
        );
        return AttributeSet.Of(others) is { Values.Count: > 0 } set ? set.CanonicalJson : null;
    }

    /// <param name="Names">As the types call it that have it.</param>
    /// <param name="Values">For each type that has the attribute the names of its codes, if it has such.</param>
    private sealed record AttributeColumn(
        string Code,
        IReadOnlyList<Name> Names,
        Dictionary<string, Dictionary<string, Name>> Values
    )
    {
        public object? ValueOf(MilestoneBody body) =>
            !Values.TryGetValue(body.Type, out var names) || !body.Attributes.TryGet(Code, out var value) ? null
            : value.IsNumber ? value.Number
            : value.IsFlag ? value.Flag
            : names.GetValueOrDefault(value.Text) ?? (object)value.Text;
    }
}
