using System.Globalization;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using Spectre.Console;

namespace CareerCoordinates.Api.Reports;

/// <summary>
/// The command <c>standings rebuild</c>: the table from which lists and reports are made is compared with the record, and mended where it
/// differs.
/// </summary>
public static class RebuildStandings
{
    private const string By = "command line";
    private const int Differs = 1;

    /// <param name="checkOnly">Compare, and change nothing.</param>
    /// <returns>The exit code: 1 where it was stopped, or some differ and nothing was to be changed.</returns>
    public static async Task<int> RunAsync(CareerStore store, bool checkOnly)
    {
        using var stopping = new Interruption();
        var state = new ComparedStandings();
        try
        {
            await WorkProgress.Show(
                AnsiConsole.Console,
                Language.En,
                show =>
                    StandingsRebuild.RunAsync(
                        store,
                        checkOnly ? null : By,
                        told =>
                        {
                            state = told;
                            show(new(told.Workers, told.OfWorkers, told.Rows, 0, 0));
                        },
                        stopping.Token
                    )
            );
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Stopped. {Text(state, checkOnly)} Run it again for the rest.");
            return Differs;
        }
        await Console.Error.WriteLineAsync(Text(state, checkOnly));
        return checkOnly && state.Differing > 0 ? Differs : 0;
    }

    private static string Text(ComparedStandings state, bool checkOnly)
    {
        var outcome =
            state.Differing == 0 ? "all standings are what the record says."
            : checkOnly
                ? $"the standings of {Number(state.Differing)} are not what the record says; 'standings rebuild' mends them."
            : $"the standings of {Number(state.Differing)} were not what the record says, and are mended; the audit trail names them.";
        return $"{Number(state.Workers)} of {Number(state.OfWorkers)} workers compared, {Number(state.Rows)} rows: {outcome}";
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
