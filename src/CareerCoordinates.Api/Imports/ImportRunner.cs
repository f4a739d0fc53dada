using System.Collections.Concurrent;
using System.Threading.Channels;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Time;
using Name = CareerCoordinates.Domain.Frameworks.Name;

namespace CareerCoordinates.Api.Imports;

/// <summary>
/// Works at the imports, one after the other, and looks after those that a stopped process has left: what was only checked has failed, what
/// was being written was not, since it is one transaction.
/// </summary>
public sealed partial class ImportRunner(CareerStore store, ILogger<ImportRunner> log) : BackgroundService
{
    private const int MostWaiting = 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Where processes write side by side, one that has said nothing for so long has stopped.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    private readonly Channel<Work> queue = Channel.CreateBounded<Work>(MostWaiting);
    private readonly ConcurrentDictionary<Guid, Work> running = [];

    /// <summary>How far it has come; null where this process does not work at it.</summary>
    public ImportProgress? ProgressOf(Guid import) => running.GetValueOrDefault(import)?.Progress;

    /// <summary>Takes an import that is <c>checking</c>, <c>committing</c> or <c>undoing</c>.</summary>
    public bool TryStart(Import import, SignedIn me)
    {
        var work = new Work(import, me, new ImportProgress(import.Counts.Rows), new CancellationTokenSource());
        // What was done before has told its end, though it may not be off the list yet.
        running[import.Id] = work;
        if (queue.Writer.TryWrite(work))
        {
            return true;
        }
        running.TryRemove(new(import.Id, work));
        return false;
    }

    public static int Waiting => MostWaiting;

    /// <summary>Stops a dry run; what is being written is written to its end.</summary>
    public void Cancel(Guid import) => running.GetValueOrDefault(import)?.Stop.Cancel();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looking = LookAfterAsync(stoppingToken);
        try
        {
            await foreach (var work in queue.Reader.ReadAllAsync(stoppingToken))
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, work.Stop.Token);
                await Task.Run(() => RunAsync(work, stop.Token), CancellationToken.None);
                running.TryRemove(new(work.Import.Id, work));
                work.Stop.Dispose();
                LargeWork.Done(work.Import.Counts.Rows);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
        await looking;
    }

    private async Task RunAsync(Work work, CancellationToken stopping)
    {
        var import = work.Import;
        try
        {
            switch (import.State)
            {
                case ImportState.Checking:
                    await ImportRun.CheckAsync(store, work.Me, import, work.Progress, stopping);
                    return;
                case ImportState.Committing:
                    var written = await ImportRun.CommitAsync(store, work.Me, import, work.Progress, stopping);
                    if (written.IsRefused)
                    {
                        await CheckAgainAsync(work, written.Refusals[0], stopping);
                    }
                    return;
                case ImportState.Undoing:
                    var undone = await UndoImport.RunAsync(store, work.Me, import, work.Progress);
                    if (undone.IsRefused)
                    {
                        await MoveAsync(import, import.State, ImportState.Committed, Said(undone.Refusals[0]));
                    }
                    return;
                default:
                    throw new InvalidOperationException($"Nothing to do for {import.State}.");
            }
        }
        catch (OperationCanceledException) when (work.Stop.IsCancellationRequested)
        {
            await MoveAsync(import, ImportState.Checking, ImportState.Cancelled, null);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The server stops; the next start says so.
        }
        catch (Exception e)
        {
            Failed(import.Id, e);
            await GiveUpAsync(import);
        }
    }

    private async Task CheckAgainAsync(Work work, Refusal why, CancellationToken stopping)
    {
        var import = work.Import with { State = ImportState.Checking, Detail = Said(why) };
        await store.Gate.RunAsync<bool>(tx => tx.Change(import, ImportState.Committing), cancellation: stopping);
        await ImportRun.CheckAsync(store, work.Me, import, new ImportProgress(import.Counts.Rows), stopping);
    }

    private async Task GiveUpAsync(Import import)
    {
        try
        {
            await MoveAsync(import, import.State, After(import.State), Said(new(ImportRefusals.Failed, "")));
        }
        catch (StoreUnavailableException)
        {
            // It is looked after later.
        }
    }

    /// <summary>Says of what this process works at that it does, and moves on what another one has left.</summary>
    private async Task LookAfterAsync(CancellationToken stopping)
    {
        var isStart = true;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var now = Instant.From(store.Clock.Time.GetUtcNow());
                // One process writes to a file: at its start nobody works at anything.
                var silent = isStart && store.Engine.HasOneWriter ? now : now.Plus(-LongestSilence);
                foreach (
                    var left in store.Reader.OnConnection(c => c.ListSilentImports(silent)).Where(i => !running.ContainsKey(i.Id))
                )
                {
                    var why = left.State == ImportState.Checking ? ImportRefusals.Stopped : ImportRefusals.Interrupted;
                    await MoveAsync(left, left.State, After(left.State), Said(new(why, "")));
                }
                foreach (var mine in store.Engine.HasOneWriter ? [] : running.Keys)
                {
                    await store.Gate.RunAsync<bool>(
                        tx =>
                        {
                            tx.Beat(mine);
                            return true;
                        },
                        cancellation: stopping
                    );
                }
                isStart = false;
            }
            catch (Exception e) when (e is StoreUnavailableException or System.Data.Common.DbException)
            {
                // The next look may find the database there again.
            }
            await Task.Delay(Every, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task MoveAsync(Import import, ImportState from, ImportState to, Name? detail) =>
        store.Gate.RunAsync<bool>(tx =>
            tx.Connection.FindImport(import.Id) is { } now && tx.Change(now with { State = to, Detail = detail }, from)
        );

    private static ImportState After(ImportState state) =>
        state switch
        {
            ImportState.Committing => ImportState.Checked,
            ImportState.Undoing => ImportState.Committed,
            _ => ImportState.Failed,
        };

    private static Name Said(Refusal refusal) => new(refusal.Zh, refusal.En);

    [LoggerMessage(LogLevel.Error, "Import {Import} failed.")]
    private partial void Failed(Guid import, Exception why);

    private sealed record Work(Import Import, SignedIn Me, ImportProgress Progress, CancellationTokenSource Stop);
}
