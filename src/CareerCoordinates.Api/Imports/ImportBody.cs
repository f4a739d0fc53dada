using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Imports;

/// <summary>How far the work has come.</summary>
/// <param name="Rows">Done so far.</param>
/// <param name="SecondsLeft">Null in the first second.</param>
public sealed record ImportProgressBody(long Rows, long Of, double RowsPerSecond, int? SecondsLeft);

/// <summary>Why a row is refused, or what to look at in one that is taken.</summary>
/// <param name="Sheet">The name of the sheet; null in a CSV.</param>
/// <param name="Row">From 1, as the spreadsheet shows it.</param>
/// <param name="Cell">Such as <c>C17</c>; the first of the row where it is the row as a whole.</param>
/// <param name="Column">The code of the column.</param>
/// <param name="ColumnName">As people call it.</param>
/// <param name="Detail">What is wrong and what to do about it, in the language asked for.</param>
public sealed record RowProblemBody(
    string? Sheet,
    int Row,
    string Cell,
    string? Column,
    string? ColumnName,
    string Code,
    string Detail
);

/// <summary>An import of a sheet.</summary>
/// <param name="Create">Rows that make something new.</param>
/// <param name="Same">Rows that the record says already.</param>
/// <param name="Refuse">Rows that cannot be taken; <c>problems</c> says why.</param>
/// <param name="Encoding">Of a CSV, as it was detected.</param>
/// <param name="NotRead">Headers that mean no column here: what stands below them is left out. Rename them, or send a mapping.</param>
/// <param name="Detail">Why it failed, or came back from a commit or an undoing.</param>
/// <param name="Next">What can be done now, in words; of committed milestones also who is to verify them.</param>
/// <param name="Waiting">Of a committed import of milestones, asked for by itself: how many of them nobody has decided yet. Null for others.</param>
/// <param name="Problems">Why rows are refused: the first 1,000; the result has all.</param>
/// <param name="Warnings">What to look at in rows that are taken, such as a day that lies ahead: the first 1,000; the result has all.</param>
/// <param name="Progress">While something is done.</param>
public sealed record ImportBody(
    Guid Id,
    ImportKind Kind,
    string? Type,
    Guid? Organization,
    string FileName,
    ImportState State,
    int Rows,
    int Create,
    int Change,
    int Same,
    int Refuse,
    string? Encoding,
    IReadOnlyList<string> NotRead,
    string? Detail,
    string Next,
    int? Waiting,
    Instant UploadedAt,
    ImportProgressBody? Progress,
    IReadOnlyList<RowProblemBody> Problems,
    IReadOnlyList<RowProblemBody> Warnings
)
{
    public static readonly ImportBody Example = new(
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d5e01"),
        ImportKind.Milestones,
        null,
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a01"),
        "2025 年技能等级证书.xlsx",
        ImportState.Checked,
        3,
        2,
        0,
        0,
        1,
        null,
        ["车间"],
        null,
        "Look at the refused rows; then commit, mend the file and send it again, or leave it.",
        null,
        new Instant(1_764_115_200_000_000),
        null,
        [
            new(
                "Sheet1",
                4,
                "C4",
                "occurredOn",
                "occurred on",
                "day-impossible",
                "There is no day '2020.02.30' in the calendar. Correct it."
            ),
        ],
        []
    );

    /// <param name="verifiers">Whom committed milestones wait for, where it was asked.</param>
    public static ImportBody Of(
        Import import,
        ImportProgress? progress,
        Language language,
        IReadOnlyList<RowProblem>? problems = null,
        IReadOnlyList<RowProblem>? warnings = null,
        IReadOnlyList<Name>? verifiers = null,
        int? waiting = null
    ) =>
        new(
            import.Id,
            import.Kind,
            import.Type,
            import.OrganizationId,
            import.FileName,
            import.State,
            import.Counts.Rows,
            import.Counts.Create,
            import.Counts.Change,
            import.Counts.Same,
            import.Counts.Refuse,
            import.Encoding,
            import.NotRead,
            language.Say(import.Detail),
            language.Say(NextStep.Of(import, verifiers, waiting))!,
            waiting,
            import.UploadedAt,
            progress is null
                ? null
                : new(progress.Done, progress.Total, Math.Round(progress.RowsPerSecond, 1), progress.SecondsLeft),
            Told(problems ?? [], language),
            Told(warnings ?? [], language)
        );

    private static IReadOnlyList<RowProblemBody> Told(IReadOnlyList<RowProblem> problems, Language language) =>
        [
            .. problems.Select(p => new RowProblemBody(
                p.Sheet,
                p.Row,
                p.Cell,
                p.Column,
                language.Say(p.ColumnName),
                p.Code,
                language.Say(p.Detail)!
            )),
        ];
}

/// <summary>What can be done now.</summary>
internal static class NextStep
{
    public static Name Of(Import import, IReadOnlyList<Name>? verifiers, int? waiting) =>
        import.State switch
        {
            ImportState.Checking => new("正在预检，尚未写入。", "The rows are being checked; nothing is written."),
            ImportState.Checked when import.NotRead.Count > 0 => And(
                Checked(import),
                new(
                    " notRead 所列的列不会导入；其中应当导入的，请改用可识别的列名，或随文件指定对应关系。",
                    " What stands in the columns of notRead is left out; if one of them should be read, rename it or send a mapping."
                )
            ),
            ImportState.Checked => Checked(import),
            ImportState.Committing => new("正在写入。", "The rows are being written."),
            ImportState.Committed when import.Detail is not null => new(
                "已写入；撤销未完成，原因见 detail。",
                "It is written; why it was not undone stands in detail."
            ),
            ImportState.Committed when waiting == 0 => new(
                "已写入，其中已没有待核验的成长节点，因此不能整体撤销。个别有误的请逐条更正；已核验的由有权核验的人员作废。",
                "It is written, and none of it waits for a verifier any more: it cannot be undone as a whole. Correct single entries; what was verified is voided by who may verify it."
            ),
            ImportState.Committed when import.Kind == ImportKind.Milestones => Submitted(verifiers),
            ImportState.Committed => new("已写入，可撤销本次导入。", "It is written, and can be undone."),
            ImportState.Undoing => new("正在撤销。", "It is being undone."),
            ImportState.Undone => new("已撤销，可修改文件后重新上传。", "It is undone; mend the file and send it again."),
            ImportState.Cancelled => new("已取消，未写入任何内容。", "It was cancelled; nothing was written."),
            _ => new("未写入任何内容。", "Nothing was written."),
        };

    private static Name Checked(Import import) =>
        import.Counts switch
        {
            { Create: 0, Change: 0, Refuse: > 0 } => new(
                "没有可以写入的行。请查看不能导入的行，修改文件后重新上传。",
                "Nothing can be written. Look at the refused rows, mend the file and send it again."
            ),
            { Create: 0, Change: 0 } => new("没有需要写入的行。", "There is nothing to write."),
            { Refuse: > 0 } => new(
                "请查看不能导入的行；可修改文件后重新上传，或仅提交其余行（\"refused\": \"skip\"）。",
                "Look at the refused rows; then mend the file and send it again, or commit the others (\"refused\": \"skip\")."
            ),
            _ => new("可以提交。", "It can be committed."),
        };

    private static Name Submitted(IReadOnlyList<Name>? verifiers) =>
        verifiers switch
        {
            null => new(
                "已写入。待核验的部分，核验后坐标才会变化；尚未核验或变更的，可撤销本次导入。",
                "It is written. What still waits for verification moves coordinates after that; as long as nothing of it was verified or changed it can be undone."
            ),
            [] => new(
                "已提交，但目前无人有权核验。请联系管理员为所在单位或其上级授予核验权限；核验后坐标才会变化。可撤销本次导入。",
                "Submitted, but nobody may verify it yet: ask an administrator to grant the role of verifier for the unit or one above it. Coordinates move after verification. It can be undone."
            ),
            _ => new(
                $"已提交，待{string.Join('、', verifiers.Select(v => v.Zh))}核验；核验后坐标才会变化。可撤销本次导入。",
                $"Submitted, waiting for verification by {string.Join("; ", verifiers.Select(v => v.En))}; coordinates move after that. It can be undone."
            ),
        };

    private static Name And(Name first, Name second) => new(first.Zh + second.Zh, first.En + second.En);
}
