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
public sealed record TemplateWish(string? Type, TemplateForm? Format) : IQuery<TemplateWish>
{
    public static TemplateWish Read(QueryReader query) =>
        new(query.Text("type", "The milestone type of all rows."), query.OneOf<TemplateForm>("format", "By default xlsx."));
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
        if (wish.Type is not { } type)
        {
            return Problem.Of(new Refusal(RequestRefusals.Empty, "?type"));
        }
        if (framework.MilestoneTypes.GetValueOrDefault(type) is not { Enabled: true })
        {
            return Problem.Of(
                new Refusal(
                    MilestoneRows.UnknownTypeName,
                    "?type",
                    PlainText.Quoted(type),
                    framework.MilestoneTypes.Values[0].Code
                )
            );
        }
        var zh = Languages.Of(context) == Language.Zh;
        var rows = ImportRun.RowsOf(ImportKind.Milestones, type, null, me, framework, store.Key);
        var name = type;
        var file = new MemoryStream();
        if (wish.Format == TemplateForm.Csv)
        {
            CsvSheet.Write(
                file,
                new Sheet(
                    name,
                    [.. rows.Columns.Select(c => zh ? c.Zh : c.En)],
                    [
                        [.. rows.Columns.Select(c => (object?)c.Example)],
                    ]
                ),
                context.RequestAborted
            );
        }
        else
        {
            TemplateFile.Write(file, [.. rows.Columns.Select(c => Column(c, zh))], zh ? Chinese : English);
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
            ? new(column.Zh, (column.Required ? "必填。" : "") + column.ExplanationZh, column.Example, column.AllowedZh)
            : new(column.En, (column.Required ? "Needed. " : "") + column.ExplanationEn, column.Example, column.AllowedEn);

    private static readonly TemplateWords Chinese = new(
        "填写",
        "说明",
        "选项",
        ("列", "填写内容", "可选值", "示例"),
        ["示例行请删除后再上传。", "同一文件重复上传不会重复登记。", "导入的记录为“已提交”，核验后坐标才会变化。"]
    );

    private static readonly TemplateWords English = new(
        "To fill in",
        "Explanations",
        "Lists",
        ("Column", "What belongs there", "Allowed values", "Example"),
        [
            "Delete the example row before you send the file.",
            "The same file sent twice records nothing twice.",
            "What is imported is submitted; coordinates move when it is verified.",
        ]
    );
}
