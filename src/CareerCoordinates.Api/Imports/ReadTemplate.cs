using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Imports;

public enum TemplateForm
{
    Xlsx,
    Csv,
}

/// <summary>Which sheet somebody wants to fill in.</summary>
public sealed record TemplateWish(ImportKind Kind, string? Type, TemplateForm? Format) : IQuery<TemplateWish>
{
    public static TemplateWish Read(QueryReader query) =>
        new(
            query.OneOf<ImportKind>("kind", "What the rows are; by default milestones.") ?? ImportKind.Milestones,
            query.Text("type", "The milestone type of all rows; needed for milestones."),
            query.OneOf<TemplateForm>("format", "By default xlsx.")
        );
}

/// <summary>An empty sheet with the headers that an import finds, drop-downs, an example and explanations.</summary>
public static class ReadTemplate
{
    public static Results<FileStreamHttpResult, Problem> Handle(
        Query<TemplateWish> query,
        HttpContext context,
        SignedIn me,
        CareerStore store
    )
    {
        var wish = query.Value;
        var framework = store.Frameworks.Current;
        if (wish is { Type: not null, Kind: not ImportKind.Milestones })
        {
            return Problem.Of(new Refusal(ImportRefusals.TypeOnlyForMilestones, "?type"));
        }
        if (wish is { Type: null, Kind: ImportKind.Milestones })
        {
            // Columns of several types have names in common: which is meant, the sheet could not say.
            return Problem.Of(new Refusal(RequestRefusals.Empty, "?type"));
        }
        var type = wish.Type is { } text ? MilestoneTypeNames.Find(framework, text) : null;
        if (wish.Type is not null && type is not { Enabled: true })
        {
            return Problem.Of(MilestoneTypeNames.NoSuchType(framework, wish.Type, "?type"));
        }
        var zh = Languages.Of(context) == Language.Zh;
        var rows = ImportRun.RowsOf(wish.Kind, type?.Code, null, me, framework, store.Key);
        var columns = rows.Columns.Where(c => !c.IsOfExports).ToList();
        var name = type?.Code ?? Codes<ImportKind>.Of(wish.Kind);
        var file = new MemoryStream();
        if (wish.Format == TemplateForm.Csv)
        {
            CsvSheet.Write(
                file,
                new Sheet(
                    name,
                    [.. columns.Select(c => zh ? c.Zh : c.En)],
                    [
                        [.. columns.Select(c => (object?)c.ExampleIn(zh))],
                    ]
                ),
                context.RequestAborted
            );
        }
        else
        {
            TemplateFile.Write(
                file,
                [.. columns.Select(c => Column(c, zh))],
                (zh ? Chinese : English) with
                {
                    Notes = Notes(wish.Kind, zh),
                }
            );
        }
        file.Position = 0;
        return TypedResults.File(
            file,
            wish.Format == TemplateForm.Csv ? SheetForms.Csv : SheetForms.Xlsx,
            $"{name}.{(wish.Format == TemplateForm.Csv ? "csv" : "xlsx")}"
        );
    }

    private static TemplateColumn Column(ImportColumn column, bool zh) =>
        zh
            ? new(column.Zh, (column.Required ? "必填。" : "") + column.ExplanationZh, column.ExampleIn(zh), column.AllowedZh)
            : new(column.En, (column.Required ? "Needed. " : "") + column.ExplanationEn, column.ExampleIn(zh), column.AllowedEn);

    private static readonly TemplateWords Chinese = new("填写", "说明", "选项", ("列", "填写内容", "可选值", "示例"), "、", []);

    private static readonly TemplateWords English = new(
        "To fill in",
        "Explanations",
        "Lists",
        ("Column", "What belongs there", "Allowed values", "Example"),
        ", ",
        []
    );

    private static string[] Notes(ImportKind kind, bool zh) =>
        [
            zh ? "示例行不会导入，可保留或删除。" : "The example row is not imported; it may stay.",
            zh ? "同一文件重复上传不会重复登记。" : "The same file sent twice records nothing twice.",
            kind == ImportKind.Milestones
                ? zh
                    ? "导入的记录为“已提交”，核验后坐标才会变化。"
                    : "What is imported is submitted; coordinates move when it is verified."
                : zh
                    ? "在册的职工或单位，只更改已填写且与在册不同的单元格；空白单元格不作更改。"
                    : "Of who is on the record already, filled cells change what they say otherwise; an empty cell changes nothing.",
        ];
}
