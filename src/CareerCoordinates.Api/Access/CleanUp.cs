using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;

namespace CareerCoordinates.Api.Access;

/// <summary>At the start and every hour: what is of no use any more is deleted.</summary>
public sealed partial class CleanUp(CareerStore store, TimeProvider time, ILogger<CleanUp> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await store.DeleteLeftoversAsync(Gatekeeper.LongestPause);
            }
            catch (Exception e)
            {
                // Nothing depends on it: the next hour tries again.
                Failed(e.Message);
            }
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Ended sign-ins and codes were not deleted: {Why}")]
    private partial void Failed(string why);
}
