using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;

namespace CareerCoordinates.Api.Imports;

/// <summary>Why a file is not taken, or an import does not go on.</summary>
public static class ImportRefusals
{
    public static readonly RefusalCode NoImport = new(
        "no-such-import",
        RefusalKind.NotFound,
        "There is no such import of yours. An import is seen by its account only, and kept for 30 days.",
        "没有您的这次导入。导入仅上传账号可见，保留 30 天。"
    );
    public static readonly RefusalCode NotMultipart = new(
        "not-multipart",
        RefusalKind.Shape,
        "Send multipart/form-data with the fields 'file' and 'kind'.",
        "请以 multipart/form-data 发送，包含字段 file 和 kind。"
    );
    public static readonly RefusalCode FormBroken = new(
        "form-broken",
        RefusalKind.Shape,
        "The form cannot be read: its parts do not follow each other as multipart/form-data has them. Send it again with a library that makes forms.",
        "表单无法读取：各部分不符合 multipart/form-data 格式。请使用能生成表单的程序库重新发送。"
    );
    public static readonly RefusalCode FieldMissing = new(
        "field-missing",
        RefusalKind.Shape,
        "The field '{0}' is missing. Send multipart/form-data with 'file' and 'kind'.",
        "缺少字段“{0}”。请以 multipart/form-data 发送 file 和 kind。"
    );
    public static readonly RefusalCode UnknownField = new(
        "unknown-field",
        RefusalKind.Shape,
        "There is no field '{0}'. Possible: file, kind, type, organization, mapping.",
        "没有字段“{0}”。可用：file、kind、type、organization、mapping。"
    );
    public static readonly RefusalCode FieldTwice = new(
        "field-twice",
        RefusalKind.Shape,
        "The field '{0}' is given several times. Give it once.",
        "字段“{0}”重复，请只保留一个。"
    );
    public static readonly RefusalCode BadMapping = new(
        "bad-mapping",
        RefusalKind.Shape,
        "'mapping' is a JSON object that gives for a header the code of its column, such as {0}.",
        "mapping 应为 JSON 对象，为表头指明列代码，例如 {0}。"
    );
    public static readonly RefusalCode FileTooLarge = new(
        "file-too-large",
        RefusalKind.Shape,
        "The file is larger than {0} MB. Split it.",
        "文件超过 {0} MB，请拆分后再上传。"
    );
    public static readonly RefusalCode KeyNeeded = new(
        "protection-key-needed",
        RefusalKind.Conflict,
        "Uploaded files are kept sealed, and no protection key is set here. Ask who runs the system to set Protection:KeyFile.",
        "上传的文件须加密保存，而本系统尚未设置保护密钥。请联系运维人员设置 Protection:KeyFile。"
    );
    public static readonly RefusalCode TypeOnlyForMilestones = new(
        "type-only-for-milestones",
        RefusalKind.Shape,
        "'type' belongs to kind 'milestones'. Leave it out.",
        "type 仅用于 kind=milestones，请去掉。"
    );
    public static readonly RefusalCode TooManyRunning = new(
        "too-many-imports",
        RefusalKind.Conflict,
        "{0} imports are waiting already. Come again in some minutes.",
        "已有 {0} 个导入在等待，请稍后再试。"
    );
    public static readonly RefusalCode NotNow = new(
        "import-not-now",
        RefusalKind.Conflict,
        "The import is {0}; this is possible only when it is {1}.",
        "该导入现在是“{0}”，只有在“{1}”时才能这样做。"
    );

    public static readonly RefusalCode FinishedFirst = new(
        "import-not-now",
        RefusalKind.Conflict,
        "What is being written or taken back is all or nothing, and is finished first. What was written can be undone afterwards.",
        "正在写入或撤销的内容为一个整体，须先完成；写入后可以撤销。"
    );

    private static readonly Dictionary<ImportState, string> InChinese = new()
    {
        [ImportState.Checking] = "正在预检",
        [ImportState.Checked] = "已预检",
        [ImportState.Committing] = "正在写入",
        [ImportState.Committed] = "已写入",
        [ImportState.Undoing] = "正在撤销",
        [ImportState.Undone] = "已撤销",
        [ImportState.Cancelled] = "已取消",
        [ImportState.Failed] = "未成功",
    };

    /// <summary>That something is possible in other states only.</summary>
    public static Refusal NotIn(ImportState state, params IReadOnlyList<ImportState> possible) =>
        new(
            NotNow,
            "",
            NameOf(state),
            new Name(
                string.Join("、", possible.Select(one => InChinese[one])),
                string.Join(", ", possible.Select(Codes<ImportState>.Of))
            )
        );

    private static Name NameOf(ImportState state) => new(InChinese[state], Codes<ImportState>.Of(state));

    public static readonly RefusalCode RowsRefused = new(
        "rows-refused",
        RefusalKind.Conflict,
        "{0} rows are refused. Mend the file and send it again, or commit the others with \"refused\": \"skip\".",
        "有 {0} 行不能导入。请修改文件后重新上传，或以 \"refused\": \"skip\" 提交其余行。"
    );
    public static readonly RefusalCode NothingToDo = new(
        "nothing-to-commit",
        RefusalKind.Conflict,
        "No row would be created or changed. Mend the refused rows and send the file again, or leave it.",
        "没有需要新增或变更的行；如有不能导入的行，请修改后重新上传。"
    );
    public static readonly RefusalCode ChangedSince = new(
        "changed-since-checked",
        RefusalKind.Conflict,
        "Row {0}: what the dry run saw has changed since. Nothing was written; the rows are checked again: look at them and commit once more.",
        "第 {0} 行：预检之后相关记录已有变化。未写入任何内容，各行须重新预检，完成后请查看并再次提交。"
    );
    public static readonly RefusalCode LaterWork = new(
        "later-work",
        RefusalKind.Conflict,
        "Later work stands on what this import wrote: {0}. Take that work back first: a milestone that was returned or rejected is voided; one that was verified is voided by who may verify it. Then undo the rest, mend the file and import it again. Or correct single entries.",
        "本次导入写入的内容之后又有新的操作：{0}。请先撤销这些操作（被退回或不予认定的成长节点须作废；已核验的须由有权核验的人员作废），再撤销其余内容，修改文件后重新导入；也可逐条更正。"
    );
    public static readonly RefusalCode Interrupted = new(
        "import-interrupted",
        RefusalKind.Conflict,
        "The server stopped before this was done. Nothing of it was written: start it again.",
        "服务在完成前停止，本次操作未写入任何内容，请重新执行。"
    );
    public static readonly RefusalCode TwiceInFile = new(
        "twice-in-file",
        RefusalKind.Rule,
        "The same stands in row {0} already. Delete one of the two.",
        "与第 {0} 行重复，请删除其一。"
    );
    public static readonly RefusalCode TooManyElsewhere = new(
        "too-many-elsewhere",
        RefusalKind.Conflict,
        "More than {0} people of this file are on record at units outside your scope; nothing was written. Ask an officer whose scope covers both units to import it: with 调入 / transfer in a row that person moves here.",
        "文件中有超过 {0} 人已登记在您管理范围之外的单位，未写入任何内容。请由管理范围同时覆盖两单位的工作人员导入；在“调入”列填“是”，该职工即调入本单位。"
    );
    public static readonly RefusalCode Stopped = new(
        "server-stopped",
        RefusalKind.Conflict,
        "The server stopped while the rows were checked. Nothing was written: send the file again.",
        "预检过程中服务停止，未写入任何内容，请重新上传文件。"
    );
    public static readonly RefusalCode Failed = new(
        "import-failed",
        RefusalKind.Conflict,
        "Something went wrong on the server. Nothing was written: try again, and if it happens again tell who runs the system.",
        "服务器出现故障，未写入任何内容。请重试；如再次出现，请联系运维人员。"
    );
}
