using System.Globalization;
using CareerCoordinates.Api.Problems;

namespace CareerCoordinates.Api.Imports;

/// <summary>What the command <c>import</c> says, in the language of its line.</summary>
internal sealed class ImportWords(Language language)
{
    public Language Language => language;

    public string Checking => language.Say($"checking", $"预检");

    public string Writing => language.Say($"writing", $"写入");

    public string Undoing => language.Say($"undoing", $"撤销");

    public string Stopped => language.Say($"Stopped. Nothing was written.", $"已停止，未写入任何内容。");

    public string NothingWritten => language.Say($"Nothing was written.", $"未写入任何内容。");

    public string MendAndImportAgain =>
        language.Say($"Mend the refused rows and import the file again.", $"请修改不能导入的行后重新导入。");

    public string MendOrLeaveOut =>
        language.Say(
            $"Mend the refused rows and import the file again, or leave them out by --refused skip.",
            $"请修改不能导入的行后重新导入，或用 --refused skip 略过这些行。"
        );

    public string FinishedFirst =>
        language.Say(
            $"It is written in one piece, and finished first. Ask once more to leave at once.",
            $"写入为一个整体，将先完成；再次中断则立即退出。"
        );

    public string PerhapsMore =>
        language.Say(
            $"… and perhaps more; --output names a file that gets them all.",
            $"……可能还有更多；可用 --output 指定文件，写出全部。"
        );

    public string NoFile(string file) => language.Say($"There is no file {file}.", $"没有文件 {file}。");

    public string LookAt(string problem) => language.Say($"Look at {problem}", $"请留意 {problem}");

    public string NotRead(string header) =>
        language.Say(
            $"The column '{header}' means nothing here, and is left out; --mapping gives it a meaning.",
            $"列“{header}”无法识别，不会导入；可用 --mapping 指明其含义。"
        );

    public string Counts(ImportBody import) =>
        language.Say(
            $"{import.Rows:N0} rows: {import.Create:N0} to create, {import.Change:N0} to change, {import.Same:N0} as the record says already, {import.Refuse:N0} refused.",
            $"共 {import.Rows:N0} 行：新增 {import.Create:N0}，变更 {import.Change:N0}，与记录相同 {import.Same:N0}，不能导入 {import.Refuse:N0}。"
        );

    public string Named(Guid import) =>
        language.Say(
            $"Import {import} begins to write. To take it back later: import --undo {import}",
            $"导入 {import} 开始写入。以后如需撤销：import --undo {import}"
        );

    public string Join(string first, string second) => language == Language.Zh ? first + second : $"{first} {second}";
}
