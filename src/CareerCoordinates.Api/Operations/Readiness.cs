using System.Data.Common;
using CareerCoordinates.Data;

namespace CareerCoordinates.Api.Operations;

public enum ReadinessState
{
    Ready,

    /// <summary>A new framework version is being published: reads answer with the old one, writes wait.</summary>
    Publishing,

    /// <summary>Reads answer; writes fail.</summary>
    NotWriting,

    /// <summary>The database does not answer.</summary>
    NotReading,
}

/// <summary>How far a piece of work is.</summary>
/// <param name="Done">What is done of it.</param>
/// <param name="Total">All of it.</param>
public sealed record Progress(long Done, long Total);

/// <summary>Whether the server can do its work.</summary>
/// <param name="State">What it does at the moment.</param>
/// <param name="Progress">How far that is; null where there is nothing to wait for.</param>
/// <param name="Reports">How many workers are read for the reports, while they are read; null where reports answer. All else does without.</param>
public sealed record ReadinessBody(ReadinessState State, Progress? Progress, Progress? Reports)
{
    public static async Task<ReadinessBody> OfAsync(CareerStore store) =>
        store.Publishing is { } publishing
            ? new(ReadinessState.Publishing, new Progress(publishing.Done, publishing.Total), ReportsOf(store))
            : new(
                !CanRead(store) ? ReadinessState.NotReading
                    : await store.Gate.IsWritingAsync() ? ReadinessState.Ready
                    : ReadinessState.NotWriting,
                null,
                ReportsOf(store)
            );

    private static Progress? ReportsOf(CareerStore store) =>
        store.Projection.IsReady ? null : new(store.Projection.Progress.Done, store.Projection.Progress.Total);

    private static bool CanRead(CareerStore store)
    {
        try
        {
            store.Reader.OnConnection(connection => connection.Prepared("SELECT 1").Scalar(null));
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }
}
