using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Data;

namespace CareerCoordinates.Api.Reports;

/// <summary>Reads the columns of the reports when the server starts, and keeps them near the newest commit, so that the next report has little to catch up with.</summary>
public sealed partial class FollowTheRecord(CareerStore store, IHostApplicationLifetime lifetime, ILogger<FollowTheRecord> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first answer is not kept waiting by work for reports.
        var started = new TaskCompletionSource();
        await using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await Task.WhenAny(started.Task, Task.Delay(Timeout.Infinite, stoppingToken));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Run(() => CatchUp(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // Reports say that they are not ready; the next turn tries again.
                Failed(e.Message);
            }
            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void CatchUp(CancellationToken stopping)
    {
        if (store.Projection.IsReady)
        {
            // After a large import most of what was there before has been read anew.
            LargeWork.Done(store.Projection.Follow(stopping));
        }
        else
        {
            store.Projection.Load(stopping);
            // What reading left behind goes back to the system: nothing later needs so much at once.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The columns of the reports were not read: {Why}")]
    private partial void Failed(string why);
}
