using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Reports;

public static class ReadMilestones
{
    public static readonly RefusalCode SpanTooLong = new(
        "report-span-too-long",
        RefusalKind.Shape,
        "A report covers at most {0} years. Ask for a shorter span, or for several one after the other.",
        "一次统计最多覆盖 {0} 年，请缩短时段或分几次查询。"
    );
    public static readonly RefusalCode FirstOfMonthOnly = new(
        "first-of-month-only",
        RefusalKind.Shape,
        "Protected counts of a period begin on the first of a month, not on {0}. Ask for {1}.",
        "受保护的统计时段须从某月 1 日开始，不能从 {0} 开始，请改用 {1}。"
    );
    public static readonly RefusalCode UnknownType = new(
        "unknown-type-of-report",
        RefusalKind.Shape,
        "The framework has no milestone type '{0}'. Its types: {1}.",
        "坐标体系中没有节点类型“{0}”。可用类型：{1}。"
    );
    public static readonly RefusalCode UnknownKind = new(
        "unknown-kind-of-report",
        RefusalKind.Shape,
        "The framework has no milestone kind '{0}'. Its kinds: {1}.",
        "坐标体系中没有节点类别“{0}”。可用类别：{1}。"
    );
    public static readonly RefusalCode TypeNotOfKind = new(
        "type-not-of-kind",
        RefusalKind.Shape,
        "The type '{0}' is of the kind '{2}', not '{1}'. Leave one of the two out.",
        "节点类型“{0}”属于类别“{2}”，不属于“{1}”，请去掉其中一个条件。"
    );
    public static readonly RefusalCode NotSummable = new(
        "attribute-not-summable",
        RefusalKind.Shape,
        "No milestone that is counted has a number called '{0}'. Numbers that can be added up here: {1}.",
        "所统计的成长节点没有名为“{0}”的数值属性。此处可合计的属性：{1}。"
    );
    public static readonly RefusalCode RestrictedHere = new(
        "restricted-type-not-counted",
        RefusalKind.Shape,
        "Milestones of the type '{0}' are counted for a street or more together, without filters on workers. Widen the question.",
        "节点类型“{0}”只按街道及以上范围统计，且不能按职工筛选，请扩大统计范围。"
    );

    private static readonly Name None = new("无", "none");

    internal static readonly MilestonesBody Example = Examples.Read<MilestonesBody>("milestones");

    public static async Task<Results<ReportAnswer<MilestonesBody>, Problem>> Handle(
        Query<MilestonesQuery> query,
        MinDataVersion version,
        SignedIn me,
        CareerStore store,
        CancellationToken cancellation
    )
    {
        var asked = query.Value;
        IReadOnlyList<MilestoneGrouping> groupBy = [];
        IReadOnlyList<MilestoneType> types = [];
        var opened = await ReportDesk.OpenAsync(
            me,
            store,
            asked.Wish,
            version,
            [("to", asked.To)],
            (framework, refusals) =>
            {
                CheckDays(asked, refusals);
                groupBy = asked.GroupBy.Groupings(refusals);
                types = TypesOf(asked, framework, refusals);
            },
            cancellation,
            counts => counts == CountsKind.Protected && asked.From is { Day: not 1 } from ? NotFirstOfMonth(from) : null
        );
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        Say(desk, asked, groupBy);
        var leftOut = desk.RestrictedLeftOut(groupBy.FirstOrDefault(g => g.Dimension == MilestoneDimension.Organization));
        if (asked.Type is { } wanted && leftOut.Contains(wanted))
        {
            return Problem.Of(RestrictedHere, wanted);
        }
        leftOut = [.. leftOut.Where(t => types.Any(known => known.Code == t))];
        var question = QuestionOf(asked, desk, groupBy, types, leftOut);
        if (new MilestoneReports(desk.Columns).Count(question) is not { } counted)
        {
            return Problem.Of(ReportRefusals.TooManyCells, ReadPositions.MostCells);
        }
        types = [.. types.Where(t => !leftOut.Contains(t.Code))];
        var rows = Rows(desk, question, types, counted);
        return new ReportAnswer<MilestonesBody>(
            _ => new MilestonesBody(question.From, question.To, rows, leftOut) { GroupBy = groupBy },
            desk
        );
    }

    /// <param name="leftOut">Types that do not count.</param>
    internal static MilestoneQuestion QuestionOf(
        MilestonesQuery asked,
        ReportDesk desk,
        IReadOnlyList<MilestoneGrouping> groupBy,
        IReadOnlyList<MilestoneType> types,
        IReadOnlyList<string> leftOut
    )
    {
        var isPart = asked.Type is not null || asked.Kind is not null;
        return new(
            desk.Population,
            asked.From!.Value,
            asked.To!.Value,
            groupBy,
            isPart ? [.. types.Select(t => t.Code)] : null,
            leftOut,
            asked.Sum,
            desk.Counts == CountsKind.Exact
                ? []
                : [.. types.Where(t => t.Sensitivity == Sensitivity.Restricted).Select(t => t.Code)],
            ReadPositions.MostCells
        );
    }

    internal static void CheckDays(MilestonesQuery asked, List<Refusal> refusals)
    {
        if (asked.From > asked.To)
        {
            refusals.Add(new(RequestRefusals.FromAfterTo, "?from", Days.Iso(asked.From!.Value), Days.Iso(asked.To!.Value)));
        }
        else if (
            asked.From is { } from
            && from.Year + RequestLimits.ReportYears <= DateOnly.MaxValue.Year
            && asked.To >= from.AddYears(RequestLimits.ReportYears)
        )
        {
            refusals.Add(new(SpanTooLong, "?to", RequestLimits.ReportYears));
        }
    }

    private static Refusal NotFirstOfMonth(DateOnly from)
    {
        return new(FirstOfMonthOnly, "?from", Days.Iso(from), Days.Iso(new DateOnly(from.Year, from.Month, 1)));
    }

    internal static List<MilestoneType> TypesOf(MilestonesQuery asked, Framework framework, List<Refusal> refusals)
    {
        var all = framework.MilestoneTypes.Values.OrderBy(t => t.Code, StringComparer.Ordinal).ToList();
        var type = asked.Type is null ? null : all.Find(t => t.Code == asked.Type);
        if (asked.Type is not null && type is null)
        {
            var names = Name.List(all.Select(t => KeyValuePair.Create(t.Code, t.Name)));
            refusals.Add(new(UnknownType, "?type", asked.Type, names));
        }
        if (asked.Kind is { } kind && framework.MilestoneKinds.All(k => k.Code != kind))
        {
            var names = Name.List(framework.MilestoneKinds.Select(k => KeyValuePair.Create(k.Code, k.Name)));
            refusals.Add(new(UnknownKind, "?kind", kind, names));
        }
        else if (asked.Kind is { } its && type is not null && type.Kind != its)
        {
            refusals.Add(new(TypeNotOfKind, "?kind", type.Code, its, type.Kind));
        }
        var selected = all.FindAll(t => (type is null || t == type) && (asked.Kind is not { } k || t.Kind == k));
        if (asked.Sum is { } attribute && refusals.Count == 0 && !selected.Exists(t => IsNumber(t.FindAttribute(attribute))))
        {
            var numbers = selected
                .SelectMany(t => t.Attributes)
                .Where(IsNumber)
                .DistinctBy(a => a.Code)
                .OrderBy(a => a.Code, StringComparer.Ordinal)
                .Select(a => KeyValuePair.Create(a.Code, a.Name))
                .ToList();
            refusals.Add(new(NotSummable, "?sum", attribute, numbers.Count == 0 ? None : Name.List(numbers)));
        }
        return selected;
    }

    private static bool IsNumber(AttributeDefinition? attribute) =>
        attribute is { Type: AttributeType.Integer or AttributeType.Decimal };

    internal static void Say(ReportDesk desk, MilestonesQuery asked, IReadOnlyList<MilestoneGrouping> groupBy)
    {
        desk.Say("from", Days.Iso(asked.From!.Value));
        if (groupBy.Count > 0)
        {
            desk.Say("groupBy", string.Join(',', groupBy.Select(g => MilestoneGroupWish.WordOf(g.Dimension))));
        }
        desk.Say("organizationKind", asked.GroupBy.Kind is { } kind ? Codes<OrganizationKind>.Of(kind) : null);
        desk.Say("sum", asked.Sum);
        desk.Say("type", asked.Type);
        desk.Say("kind", asked.Kind);
    }

    private static List<MilestoneRow> Rows(
        ReportDesk desk,
        MilestoneQuestion question,
        IReadOnlyList<MilestoneType> types,
        IReadOnlyList<CountedMilestones> counted
    )
    {
        var groupBy = question.GroupBy;
        var found = counted.ToDictionary(c => string.Join('\n', c.Codes));
        var known = new HashSet<string>();
        if (desk.Counts == CountsKind.Protected)
        {
            // An empty row is a row like any other, so that what is hidden does not tell whether anything is there.
            foreach (var codes in MilestoneRows.Known(question, types, desk.Framework))
            {
                known.Add(string.Join('\n', codes));
                found.TryAdd(string.Join('\n', codes), new(codes, new(), new()));
            }
        }
        return
        [
            .. MilestoneRows
                .InOrder(found.Values, groupBy, desk.Framework)
                .Select(c =>
                {
                    var sensitive = MilestoneRows.IsSensitive(c.Codes, groupBy, types, desk.Framework);
                    return (
                        IsKnown: known.Contains(string.Join('\n', c.Codes)),
                        Row: MilestoneRow.Of(
                            groupBy,
                            c.Codes,
                            desk.ShowNumber(c.Milestones, sensitive),
                            desk.Show(c.Milestones.Workers, sensitive),
                            question.Sum is null ? null : desk.ShowSum(c.Sum, sensitive)
                        )
                    );
                })
                .Where(r => desk.Counts == CountsKind.Exact || r.IsKnown || r.Row.Workers.Number is not null)
                .Select(r => r.Row),
        ];
    }
}
