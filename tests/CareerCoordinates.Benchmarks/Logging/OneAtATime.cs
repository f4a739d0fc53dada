using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Benchmarks.Logging;

/// <summary>The same work on the same tables with a transaction for each request, behind a lock.</summary>
public sealed class OneAtATime(CareerStore store) : IDisposable
{
    private readonly RecordConnection connection = new(store.Engine, store.Engine.OpenWrite());
    private readonly SemaphoreSlim turn = new(1);

    public async Task<Outcome<T>> RunAsync<T>(Func<RecordTransaction, Outcome<T>> write)
    {
        await turn.WaitAsync();
        try
        {
            connection.Execute("BEGIN IMMEDIATE");
            var transaction = new RecordTransaction(connection, store.Clock, store.Frameworks.Current);
            var outcome = write(transaction);
            transaction.Finish();
            connection.Execute("COMMIT");
            return outcome;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        connection.Dispose();
        turn.Dispose();
    }
}
