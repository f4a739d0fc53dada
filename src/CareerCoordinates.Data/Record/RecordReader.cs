using System.Collections.Concurrent;
using System.Data.Common;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Data.Record;

/// <summary>The hot reads: prepared commands on read-only connections that are kept open and lent to one reader at a time.</summary>
public sealed class RecordReader(Engine engine) : IDisposable
{
    private readonly ConcurrentBag<RecordConnection> idle = [];

    /// <summary>The whole record of a worker, in one snapshot; null where there is none.</summary>
    public WorkerRecord? ReadWorker(Guid id) => InSnapshot(c => c.ReadWorker(id));

    /// <summary>A worker with his milestones, without affiliations; null where there is none.</summary>
    public WorkerRecord? ReadMilestones(Guid id, bool withContests = false) =>
        InSnapshot(c => c.ReadMilestones(id, withContests));

    /// <summary>All revisions of a worker, without what belongs to him; empty where there is none.</summary>
    public IReadOnlyList<Revision<WorkerContent>> ReadWorkerOnly(Guid id) => OnConnection(c => c.ReadWorkerOnly(id));

    /// <summary>All revisions of an organisation in order; empty where there is none.</summary>
    public IReadOnlyList<Revision<OrganizationContent>> ReadOrganization(Guid id) => InSnapshot(c => c.ReadOrganization(id));

    /// <summary>Runs several reads in one snapshot of the database.</summary>
    public T InSnapshot<T>(Func<RecordConnection, T> read) =>
        OnConnection(connection =>
        {
            engine.BeginSnapshot(connection);
            T result;
            try
            {
                result = read(connection);
            }
            catch
            {
                engine.AbandonSnapshot(connection);
                throw;
            }
            engine.EndSnapshot(connection);
            return result;
        });

    /// <summary>Runs a read by itself; once more where the connection turns out to be lost, as after a restart of the server.</summary>
    public T OnConnection<T>(Func<RecordConnection, T> read)
    {
        try
        {
            return Run(read);
        }
        catch (DbException lost) when (lost.IsTransient)
        {
            Dispose();
            engine.ForgetConnections();
            return Run(read);
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    private T Run<T>(Func<RecordConnection, T> read)
    {
        if (!idle.TryTake(out var connection))
        {
            connection = new RecordConnection(engine, engine.OpenRead());
        }
        try
        {
            var result = read(connection);
            idle.Add(connection);
            return result;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
