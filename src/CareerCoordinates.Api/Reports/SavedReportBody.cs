using System.Reflection;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Reports;

/// <summary>A saved question.</summary>
/// <param name="Name">As its account calls it.</param>
/// <param name="Parameters">All parameters with their values; the days and `knownAt` are those to which it is pinned.</param>
/// <param name="Language">Of the texts in the answer.</param>
/// <param name="KnownAt">The closed instant whose record answers.</param>
/// <param name="Framework">The version that answered.</param>
/// <param name="Program">The version of the program that answered.</param>
/// <param name="Sha256">Of the answer as JSON, in hexadecimal: the same each time it is opened.</param>
public sealed record SavedReportBody(
    Guid Id,
    string Name,
    string Report,
    IReadOnlyDictionary<string, string> Parameters,
    string Language,
    Instant KnownAt,
    FrameworkReference Framework,
    string Program,
    string Sha256,
    Instant SavedAt
)
{
    internal static readonly SavedReportBody Example = new(
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4f10"),
        SaveReport.Example.Name,
        SaveReport.Example.Report,
        ReadGrid.Example.Question,
        Problems.Language.Zh.Tag(),
        ReadGrid.Example.KnownAt,
        ReadGrid.Example.Framework,
        "1.0.0",
        "0c3767012a7ba340e35a5211a2ac4ce6eab918ebdd232c3102a8e6c06862da38",
        ReadGrid.Example.KnownAt
    );

    internal static SavedReportBody Of(SavedReport saved, CareerStore store) =>
        new(
            saved.Id,
            saved.Name,
            saved.Report,
            saved.Parameters,
            saved.Language,
            saved.KnownAt,
            new(store.Frameworks.Current.Code, saved.FrameworkVersion),
            saved.Program,
            Convert.ToHexStringLower(saved.AnswerHash),
            saved.SavedAt
        );
}

/// <summary>What an answer depends on beside its question.</summary>
internal static class AnswerGround
{
    /// <summary>The version of this program with its build.</summary>
    public static readonly string Program = typeof(AnswerGround)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion;

    /// <summary>The roots of a scope in a fixed order.</summary>
    public static string TextOf(Scope scope) =>
        scope.Everything ? "everything" : string.Join(' ', scope.Roots.Select(id => id.ToString()).Order(StringComparer.Ordinal));
}

/// <summary>What saved reports refuse.</summary>
public static class SavedReportRefusals
{
    public static readonly RefusalCode Unknown = new(
        "unknown-saved-report",
        RefusalKind.NotFound,
        "You have no saved report {0}. List them for their ids.",
        "您没有已保存的统计 {0}，请先查询列表。"
    );
    public static readonly RefusalCode NotClosed = new(
        "saved-known-at-not-closed",
        RefusalKind.Shape,
        "What is saved must never change: knownAt must be closed, that is {0} or earlier. Leave it out to take that.",
        "所保存的统计不得再变化：knownAt 须为已封闭的时刻，即不晚于 {0}；省略即取该时刻。"
    );
    public static readonly RefusalCode TooMany = new(
        "too-many-saved-reports",
        RefusalKind.Conflict,
        "An account has at most {0} saved reports. Delete one.",
        "每个账号最多保存 {0} 份统计，请先删除一份。"
    );
    public static readonly RefusalCode Differs = new(
        "saved-result-differs",
        RefusalKind.Conflict,
        "Computed again, this report is not the one that was saved, so it is not shown: {0}. Save the question anew for the figures of now.",
        "重新计算的结果与所保存的不同，故不显示：{0}。如需现在的数字，请重新保存。"
    );
    public static readonly RefusalCode Unanswerable = new(
        "saved-report-unanswerable",
        RefusalKind.Conflict,
        "This saved report cannot be answered any more: {0}",
        "该已保存的统计现已无法得出：{0}"
    );
}
