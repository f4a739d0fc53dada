using System.Globalization;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Reports;

/// <summary>
/// What a report says in codes, in words for people: in a table a column of names stands beside each column of codes that have names. The
/// names are those of the report's framework and of its <c>knownAt</c>.
/// </summary>
internal sealed class ReportNames(
    Framework framework,
    Func<Guid, string?> nameOf,
    IReadOnlyDictionary<string, string> question,
    Language language
)
{
    private static readonly Dictionary<string, Name> Words = new()
    {
        [ReportCodes.None] = new("无", "none"),
        [ReportCodes.Unknown] = new("不详", "unknown"),
        [ReportCodes.Absent] = new("不在统计范围", "not counted on that day"),
        [TimeToRungQuery.CareerStart] = new("从业起始", "career start"),
        ["all"] = new("全部", "all"),
        ["0"] = new("无", "none"),
    };

    private static readonly Dictionary<string, Name> Sections = new()
    {
        [Codes<AnnualSection>.Of(AnnualSection.MainLine)] = new("主线", "main line"),
        [Codes<AnnualSection>.Of(AnnualSection.Goal)] = new("目标", "goal"),
        [Codes<AnnualSection>.Of(AnnualSection.Initiative)] = new("行动", "initiative"),
        [Codes<AnnualSection>.Of(AnnualSection.Channel)] = new("通道", "channel"),
        [Codes<AnnualSection>.Of(AnnualSection.Service)] = new("服务", "service"),
        [Codes<AnnualSection>.Of(AnnualSection.Other)] = new("其他", "other"),
        [Codes<AnnualSection>.Of(AnnualSection.Programme)] = new("行动计划", "programme"),
    };

    private static readonly Dictionary<string, Name> Sources = new()
    {
        [Codes<FigureSource>.Of(FigureSource.Computed)] = new("系统计算", "computed"),
        [Codes<FigureSource>.Of(FigureSource.Entered)] = new("单位填报", "entered"),
    };

    private static readonly Dictionary<string, Name> TimeUnits = new()
    {
        ["days"] = new("天", "days"),
        ["years"] = new("年", "years"),
    };

    private static readonly Dictionary<string, Name> Genders = new()
    {
        [WorkerRules.Genders[0]] = new("女", "female"),
        [WorkerRules.Genders[1]] = new("男", "male"),
    };

    public Language Language => language;

    public string Of(Name name) => language.Say(name);

    /// <summary>An instant as the clocks of the framework's place show it.</summary>
    public string At(Instant instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), framework.TimeZone);
        return string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd HH:mm:ss} ({framework.TimeZone.Id})");
    }

    /// <summary>Which restricted types are in no number, as a remark; none where all are counted.</summary>
    public IReadOnlyList<string> NotCounted(IReadOnlyList<string> types) =>
        types.Count == 0
            ? []
            :
            [
                Of(
                    new(
                        "未计入受限类型（只在街道及以上、且不加职工条件时计数）：",
                        "not counted (restricted types, for streets and above only, and without filters on workers): "
                    )
                ) + string.Join(Of(new("、", ", ")), types.Select(type => NameOf("type", type))),
            ];

    /// <summary>What an attribute of milestones is called; its code where no type has it.</summary>
    public string OfAttribute(string code) =>
        framework.MilestoneTypes.Values.Select(t => t.FindAttribute(code)).OfType<AttributeDefinition>().FirstOrDefault()
            is { } found
            ? Of(found.Name)
            : code;

    /// <summary>Whether the codes of a column or a parameter have names.</summary>
    public bool HasNames(string member) => Lookup(member) is not null;

    /// <summary>The name of a code; empty where it has none.</summary>
    /// <param name="member">The column or the parameter.</param>
    /// <param name="channel">That to which a rung belongs.</param>
    public string NameOf(string member, string code, string? channel = null) =>
        (Lookup(member)?.Invoke(code, channel ?? question.GetValueOrDefault("channel")) ?? Words.GetValueOrDefault(code))
            is { } name
            ? Of(name)
            : "";

    public Sheet SheetOf(string title, ReportTable table)
    {
        var columns = table.Columns;
        var channelAt = columns.ToList().FindIndex(c => c.Code == "channel");
        var named = columns.Select(c => HasNames(c.Code)).ToArray();
        var headers = columns.SelectMany(
            (c, i) =>
                named[i] ? [Of(new Name(c.Name.Zh + "代码", c.Name.En + " code")), Of(c.Name)]
                : c.Code == "sum" && question.GetValueOrDefault("sum") is { } sum
                    ? [Of(c.Name) + Of(new("：", ": ")) + OfAttribute(sum)]
                : new[] { Of(c.Name) }
        );
        return new(title, [.. headers], table.Rows.Select(RowOf));

        IReadOnlyList<object?> RowOf(IReadOnlyList<object?> row)
        {
            var cells = new List<object?>(row.Count * 2);
            var channel = channelAt < 0 ? null : row[channelAt]?.ToString();
            for (var i = 0; i < row.Count; i++)
            {
                cells.Add(Cell(row[i]));
                if (named[i])
                {
                    var code = Convert.ToString(row[i], CultureInfo.InvariantCulture);
                    cells.Add(string.IsNullOrEmpty(code) ? null : NameOf(columns[i].Code, code, channel));
                }
            }
            return cells;
        }
    }

    /// <summary>A count that may be hidden is a number where it is shown, and else a text such as <c>&lt;10</c>.</summary>
    private object? Cell(object? value) =>
        value is string hidden && hidden == ReportNumber.Hidden.Instead ? Of(new Name("不显示", "hidden"))
        : value is bool flag ? Of(flag ? new Name("是", "yes") : new Name("否", "no"))
        : value is null or string or int or long or decimal or double or DateOnly or bool or Share ? value
        : decimal.TryParse(value.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number
        : value.ToString();

    /// <summary>How the codes of a member are named, given the channel; null where they are not.</summary>
    private Func<string, string?, Name?>? Lookup(string member) =>
        member switch
        {
            "channel" => (code, _) => framework.FindChannel(code)?.Name,
            "rung" or "fromRung" or "toRung" => (code, channel) =>
                channel is null ? null : framework.FindRung(channel, code)?.Name,
            "stage" => (code, _) => framework.Stages.FirstOrDefault(s => s.Code == code)?.Name,
            "level" => (code, _) =>
                framework.Levels.FirstOrDefault(l => l.Number.ToString(CultureInfo.InvariantCulture) == code)?.Name,
            "employmentForm" => (code, _) => framework.EmploymentForms.GetValueOrDefault(code),
            "organization" => (code, _) => Guid.TryParse(code, out var id) && nameOf(id) is { } name ? new(name, name) : null,
            "type" => (code, _) => framework.MilestoneTypes.GetValueOrDefault(code)?.Name,
            "kind" => (code, _) => framework.MilestoneKinds.FirstOrDefault(k => k.Code == code)?.Name,
            "keyNode" => (code, _) => framework.KeyNodes.FirstOrDefault(k => k.Code == code)?.Name,
            "indicator" => (code, _) => framework.Indicators.FirstOrDefault(i => i.Code == code)?.Name,
            "mainLine" or "goal" or "initiative" or "service" => (code, _) =>
                framework.ProgrammeParts.FirstOrDefault(p => p.Code == code)?.Name,
            "section" => (code, _) => Sections.GetValueOrDefault(code),
            "gender" => (code, _) => Genders.GetValueOrDefault(code),
            "unit" => (code, _) => framework.Units.GetValueOrDefault(code) ?? TimeUnits.GetValueOrDefault(code),
            "source" => (code, _) => Sources.GetValueOrDefault(code),
            // The group of a report that is told apart by one dimension.
            "key" => question.GetValueOrDefault("groupBy") is { } dimension and not "key"
                ? Lookup(dimension)
                : (code, _) => Words.GetValueOrDefault(code),
            _ => null,
        };
}
