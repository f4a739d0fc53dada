using System.Globalization;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Data.Moves;

namespace CareerCoordinates.Api.Moves;

/// <summary>
/// The command <c>move</c>: the whole record from one database into an empty one, into a folder of text, or from such a folder. What was moved
/// goes to standard output, how it goes to standard error.
/// </summary>
public static class MoveCommand
{
    private const int Failed = 1;

    /// <returns>The exit code: 0 where all was moved and is equal, or would be taken.</returns>
    /// <exception cref="MoveException">It cannot be moved, or was not, and nothing stays in the target.</exception>
    public static async Task<int> RunAsync(IServiceProvider services, Command.Move asked)
    {
        using var stopping = new Interruption();
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
                Tell(move);
                return 0;
            }
            IReadOnlyList<TableContent> contents = [];
            await Shown(watch =>
            {
                move.CheckWhole(watch);
                contents = move.Run(watch);
            });
            Tell(move, contents);
            return 0;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. Nothing was kept in the target.");
            return Failed;
        }

        Task Shown(Action<MoveWatch> work) =>
            MoveProgress.ShowAsync(told => Task.Run(() => work(new MoveWatch(told, stopping.Token))));
    }

    private static void Tell(PreparedMove move)
    {
        var rows = move.Source.CountRows();
        Console.Out.WriteLine($"{"table", -28} {"rows", 15}");
        foreach (var (table, count) in MovedTables.All.Zip(rows))
        {
            Console.Out.WriteLine($"{table.Name, -28} {Number(count), 15}");
        }
        Console.Out.WriteLine(
            $"{MovedTables.All.Count} tables, {Number(rows.Sum())} rows, {Size(move.Source.Size)} in {move.Source.Name}."
        );
        Console.Error.WriteLine($"{move.Target.Name} would take them. Nothing was written.");
    }

    private static void Tell(PreparedMove move, IReadOnlyList<TableContent> contents)
    {
        Console.Out.WriteLine($"{"table", -28} {"rows", 15}  {"source, SHA-256", -16}  target");
        foreach (var content in contents)
        {
            // It was compared, or we would not be here.
            var hash = content.Sha256[..16];
            Console.Out.WriteLine($"{content.Table, -28} {Number(content.Rows), 15}  {hash}  {hash}");
        }
        Console.Out.WriteLine(
            $"{contents.Count} tables, {Number(contents.Sum(c => c.Rows))} rows, {Size(contents.Sum(c => c.Bytes))} as text: equal on both sides."
        );
        foreach (var line in move.Advice(contents))
        {
            Console.Error.WriteLine(line);
        }
    }

    private static string Size(long bytes) => $"{Number((bytes + 500_000) / 1_000_000)} MB";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
