using System.Globalization;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Moves;

/// <summary>
/// The command <c>move</c>: the whole record from one database into an empty one, into a folder of text, or from such a folder. What was moved
/// goes to standard output, how it goes to standard error.
/// </summary>
public static class MoveCommand
{
    private static readonly Name Table = new("表", "table");
    private static readonly Name Rows = new("行数", "rows");
    private static readonly Name SourceHash = new("来源 SHA-256", "source, SHA-256");
    private static readonly Name Target = new("目标", "target");
    private static readonly Name Stopped = new("已停止，目标中未保留任何内容。", "Stopped. Nothing was kept in the target.");

    /// <returns>The exit code: 0 where all was moved and is equal, or would be taken.</returns>
    /// <exception cref="MoveException">It cannot be moved, or was not, and nothing stays in the target.</exception>
    public static async Task<int> RunAsync(IServiceProvider services, Command.Move asked)
    {
        using var stopping = new Interruption();
        var language = asked.Language;
        try
        {
            var configuration = services.GetRequiredService<IConfiguration>();
            var time = services.GetRequiredService<TimeProvider>();
            using var move = asked.FromFile is null
                ? PreparedMove.FromDatabase(configuration, time, asked)
                : PreparedMove.FromFolder(configuration, time, asked);
            if (asked.IsDryRun)
            {
                await Shown(watch => move.CheckWhole(watch));
                RecordMove.Check(move.Source, move.Target);
                move.Source.Begin();
                Tell(move, language);
                return ExitCodes.Done;
            }
            IReadOnlyList<TableContent> contents = [];
            await Shown(watch =>
            {
                move.CheckWhole(watch);
                contents = move.Run(watch);
            });
            Tell(move, contents, language);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(language.Say(Stopped));
            return ExitCodes.Refused;
        }

        Task Shown(Action<MoveWatch> work) =>
            MoveProgress.ShowAsync(language, told => Task.Run(() => work(new MoveWatch(told, stopping.Token))));
    }

    private static void Tell(PreparedMove move, Language language)
    {
        var rows = move.Source.CountRows();
        Console.Out.WriteLine($"{language.Say(Table), -28} {language.Say(Rows), 15}");
        foreach (var (table, count) in MovedTables.All.Zip(rows))
        {
            Console.Out.WriteLine($"{table.Name, -28} {Number(count), 15}");
        }
        var (tables, all, size) = (MovedTables.All.Count, Number(rows.Sum()), Size(move.Source.Size));
        Console.Out.WriteLine(
            language.Say(
                $"{tables} tables, {all} rows, {size} in {move.Source.Name}.",
                $"{move.Source.Name} 中共 {tables} 个表，{all} 行，{size}。"
            )
        );
        Console.Error.WriteLine(
            language.Say(
                $"{move.Target.Name} would take them. Nothing was written.",
                $"{move.Target.Name} 可以接收。未写入任何内容。"
            )
        );
    }

    private static void Tell(PreparedMove move, IReadOnlyList<TableContent> contents, Language language)
    {
        Console.Out.WriteLine(
            $"{language.Say(Table), -28} {language.Say(Rows), 15}  {language.Say(SourceHash), -16}  {language.Say(Target)}"
        );
        foreach (var content in contents)
        {
            // It was compared, or we would not be here.
            var hash = content.Sha256[..16];
            Console.Out.WriteLine($"{content.Table, -28} {Number(content.Rows), 15}  {hash}  {hash}");
        }
        var (rows, size) = (Number(contents.Sum(c => c.Rows)), Size(contents.Sum(c => c.Bytes)));
        Console.Out.WriteLine(
            language.Say(
                $"{contents.Count} tables, {rows} rows, {size} as text: equal on both sides.",
                $"共 {contents.Count} 个表，{rows} 行，文本 {size}：两侧一致。"
            )
        );
        foreach (var advice in move.Advice(contents))
        {
            Console.Error.WriteLine(language.Say(advice));
        }
    }

    private static string Size(long bytes) => $"{Number((bytes + 500_000) / 1_000_000)} MB";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
