using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Frameworks;

/// <summary>The framework files do not fit this database; the start stops with these words.</summary>
public sealed class FrameworkMismatchException(string message) : Exception(message);

/// <summary>
/// Publishes a version when the server first loads it: its content and hash are kept for ever, and the standings that
/// it changes are superseded in the same step.
/// </summary>
public static class FrameworkPublication
{
    private static readonly string SelectSql =
        $"SELECT {RecordTables.FrameworkVersions.Names} FROM framework_versions ORDER BY code, version";
    private static readonly string SelectNewerSql =
        $"SELECT {RecordTables.FrameworkVersions.Names} FROM framework_versions WHERE version > @p0 ORDER BY version";

    /// <summary>Takes the versions that are in the database into <paramref name="published"/>.</summary>
    /// <exception cref="FrameworkMismatchException">Another code is served, or a published version has another hash.</exception>
    public static void Load(RecordConnection connection, PublishedFrameworks published, Framework loaded)
    {
        var stored = connection.Prepared(SelectSql).Read(connection.Transaction, StoredVersion.Read);
        foreach (var version in stored)
        {
            if (version.Code != loaded.Code)
            {
                throw new FrameworkMismatchException(
                    $"This database serves the framework '{version.Code}'; the file has '{loaded.Code}'. A database serves one framework."
                );
            }
            if (version.Version == loaded.Version)
            {
                CheckContent(version.Hash, loaded);
            }
            published.Add(new(version.Version == loaded.Version ? loaded : Read(version.Content), version.At));
        }
        if (stored.Count > 0 && stored[^1].Version > loaded.Version)
        {
            throw new FrameworkMismatchException(
                $"Version {stored[^1].Version} of '{loaded.Code}' is published; the file has the older version {loaded.Version}."
            );
        }
    }

    /// <summary>Takes the versions that other processes have published meanwhile.</summary>
    /// <exception cref="StoreUnavailableException">This program cannot read such a version, so it can neither answer nor check by it.</exception>
    public static void LoadNewer(RecordConnection connection, PublishedFrameworks published)
    {
        var newer = connection
            .Prepared(SelectNewerSql, ColumnKind.Int)
            .Read(connection.Transaction, StoredVersion.Read, published.Versions.Count > 0 ? published.Current.Version : 0);
        foreach (var version in newer)
        {
            try
            {
                published.Add(new(Read(version.Content), version.At));
            }
            catch (FrameworkMismatchException e)
            {
                throw new StoreUnavailableException(e.Message, e);
            }
        }
    }

    /// <summary>
    /// Publishes <paramref name="loaded"/> if it is new: one transaction on the writing connection, in which writes
    /// wait and reads still answer with the old version.
    /// </summary>
    public static void Publish(
        RecordConnection connection,
        RecordClock clock,
        PublishedFrameworks published,
        Framework loaded,
        Action<long, long> progress
    )
    {
        using var transaction = connection.Connection.BeginTransaction();
        connection.Transaction = transaction;
        try
        {
            if (connection.Engine.ChangeVersionSql is { } alone)
            {
                connection.Execute(alone);
            }
            LoadNewer(connection, published);
            if (published.Find(loaded.Version) is { } already)
            {
                // Another process was faster.
                CheckContent(already.Hash, loaded);
                return;
            }
            CheckRestricted(published, loaded);
            var at = PublicationInstant(connection, clock);
            if (published.Versions.Count > 0)
            {
                RebuildStandings(connection, loaded, at, progress);
                if (!connection.Engine.HasOneWriter)
                {
                    RecordChangesTable.NoteEverything(connection);
                }
            }
            connection
                .Prepared(RecordTables.FrameworkVersions.InsertSql, RecordTables.FrameworkVersions.Kinds)
                .Execute(connection.Transaction, loaded.Code, loaded.Version, loaded.Hash, loaded.CanonicalJson, at.Microseconds);
            transaction.Commit();
            // Also where the clock stands still meanwhile: who asks from now on is answered by this version.
            clock.Saw(at);
            published.Add(new(loaded, at));
        }
        finally
        {
            connection.Transaction = null;
        }
    }

    private static void CheckContent(string hash, Framework loaded)
    {
        if (hash != loaded.Hash)
        {
            throw new FrameworkMismatchException(
                $"Version {loaded.Version} of '{loaded.Code}' was published with other content (hash {hash[..12]}…, the file has {loaded.Hash[..12]}…). "
                    + "A published version never changes: give the file the next version number."
            );
        }
    }

    /// <summary>
    /// An earlier version goes on answering for its time: what moved or guided people by it cannot be hidden afterwards.
    /// </summary>
    private static void CheckRestricted(PublishedFrameworks published, Framework loaded)
    {
        foreach (var type in loaded.MilestoneTypes.Values.Where(t => t.Sensitivity == Sensitivity.Restricted))
        {
            if (published.Versions.FirstOrDefault(v => v.Framework.ShowsBeyondLists(type.Code)) is { Framework: var earlier })
            {
                throw new FrameworkMismatchException(
                    $"The type '{type.Code}' is restricted in version {loaded.Version}, but version {earlier.Version} lets it grant, requires it or offers it as a measure. "
                        + "Give the restricted type another code."
                );
            }
        }
    }

    /// <summary>Later than all that any process has recorded or closed; nothing is recorded meanwhile.</summary>
    private static Instant PublicationInstant(RecordConnection connection, RecordClock clock)
    {
        ClockReading.CatchUp(connection, clock);
        var now =
            connection.Engine.NowSql is { } sql && clock.Time == TimeProvider.System
                ? ClockReading.Read(connection, sql)
                : clock.ProcessNow;
        return Instant.Max(clock.Check(now), clock.Newest.PlusMicroseconds(1));
    }

    private static void RebuildStandings(
        RecordConnection connection,
        Framework framework,
        Instant at,
        Action<long, long> progress
    )
    {
        var ids = connection
            .Prepared("SELECT worker_id FROM worker_revisions WHERE revision = 1 ORDER BY worker_id")
            .Read(connection.Transaction, row => row.Id());
        for (var i = 0; i < ids.Count; i++)
        {
            if (connection.ReadWorker(ids[i])?.At(Instant.Never) is { } view)
            {
                Standings.Rebuild(connection, ids[i], CareerGrid.Standings(framework, view.Counting), at);
            }
            if (i % 1_000 == 0)
            {
                progress(i, ids.Count);
            }
        }
    }

    private static Framework Read(string content) =>
        FrameworkFile.Read(content).Framework
        ?? throw new FrameworkMismatchException(
            "A published framework version cannot be read by this program. Use the newer program that published it."
        );

    private sealed record StoredVersion(string Code, int Version, string Hash, string Content, Instant At)
    {
        public static StoredVersion Read(Row row) => new(row.Text(), row.Int(), row.Text(), row.Text(), row.Instant());
    }
}
