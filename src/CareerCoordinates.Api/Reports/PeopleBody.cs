using System.Text.Json.Serialization;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Reports;

/// <summary>
/// The people behind a number: a page of them as JSON; as a sheet all of them, or the page if <c>limit</c> or <c>cursor</c> asks for one.
/// </summary>
/// <param name="Workers">The number.</param>
/// <param name="MovedOn">How many of them are not in the caller's scope today, and so are not listed.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
public sealed record PeopleBody(int Workers, int MovedOn, IReadOnlyList<WorkerBody> Items, string? NextCursor) : ReportBody
{
    /// <summary>Of milestones: restricted types, which here are in no number, as who has them is not listed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? NotCounted { get; init; }

    internal override ReportTable ToTable() =>
        new(
            [
                new("number", new("编号", "number")),
                new("name", new("姓名", "name")),
                new("gender", new("性别", "gender")),
                new("birthDate", new("出生日期", "birth date")),
                new("careerStart", new("从业起始日", "career start")),
                new("migrantWorker", new("农民工", "migrant worker")),
                new("idNumber", new("公民身份号码（已隐去）", "ID number (hidden)")),
                new("erased", new("个人信息已删除", "erased")),
                new("id", new("系统标识", "id")),
            ],
            [
                .. Items.Select(
                    IReadOnlyList<object?> (w) =>
                        [w.Number, w.Name, w.Gender, w.BirthDate, w.CareerStart, w.MigrantWorker, w.IdNumber, w.Erased, w.Id]
                ),
            ]
        );

    internal override IReadOnlyList<string> Remarks(ReportNames names, Instant madeAt)
    {
        var zh = names.Language == Language.Zh;
        List<string> remarks =
        [
            zh
                ? $"人数 {Workers}：其中 {Workers - MovedOn} 人目前在您的管理范围内，{MovedOn} 人已转出，不列出。"
                : $"Workers: {Workers}. In your scope today: {Workers - MovedOn}. Moved on, and not listed: {MovedOn}.",
        ];
        if (Items.Count < Workers - MovedOn)
        {
            remarks.Add(
                zh ? $"此表仅为其中一页，共 {Items.Count} 人。" : $"This sheet is one page of them, with {Items.Count} people."
            );
        }
        if (NotCounted is { Count: > 0 } types)
        {
            var left = string.Join(zh ? "、" : ", ", types.Select(type => names.NameOf("type", type)));
            remarks.Add(zh ? $"不含受限节点类型：{left}。" : $"Without the restricted types {left}.");
        }
        return remarks;
    }
}
