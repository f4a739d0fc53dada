using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Api.Imports;

/// <summary>Milestone types by what people call them in sheets and forms.</summary>
internal static class MilestoneTypeNames
{
    public static readonly RefusalCode UnknownTypeName = new(
        "unknown-type-name",
        RefusalKind.Rule,
        "There is no milestone type '{0}'. Use a code or a name of the framework, such as {1}.",
        "没有成长节点类型“{0}”。请使用体系中的代码或名称，例如 {1}。"
    );

    /// <summary>The type that a text means, by its code or a name; what is switched off too, so that a refusal can say so.</summary>
    public static MilestoneType? Find(Framework framework, string text) =>
        framework.MilestoneTypes.GetValueOrDefault(text)
        ?? framework.MilestoneTypes.Values.FirstOrDefault(t => Of(t).Contains(SheetValue.Alike(text)));

    /// <summary>Why a text is none of the types that can be recorded.</summary>
    public static Refusal NoSuchType(Framework framework, string text, string pointer) =>
        Find(framework, text) is { } off
            ? new(MilestoneChecks.TypeDisabled, pointer, off.Name.WithCode(off.Code), framework.Code)
            : new(UnknownTypeName, pointer, PlainText.Quoted(text), Nearest(framework, text).Name);

    /// <summary>The type whose name has the most in common with a text: whoever wrote a part of a name is shown the whole.</summary>
    private static MilestoneType Nearest(Framework framework, string text)
    {
        var pairs = Pairs(text);
        return framework
            .MilestoneTypes.Values.Where(t => t.Enabled)
            .MaxBy(t => Of(t).Max(name => Pairs(name).Count(pairs.Contains)))!;
    }

    private static HashSet<string> Pairs(string text)
    {
        var alike = SheetValue.Alike(text);
        return [.. Enumerable.Range(0, Math.Max(0, alike.Length - 1)).Select(i => alike.Substring(i, 2))];
    }

    /// <summary>By which a type is known, as they are compared.</summary>
    public static IEnumerable<string> Of(MilestoneType type) =>
        ((string[])[type.Code, type.Name.Zh, type.Name.En]).Select(SheetValue.Alike);
}
