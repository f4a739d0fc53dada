using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Record;
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

    /// <summary>Takes the versions that are in the database into <paramref name="published"/>.</summary>
    /// <exception cref="FrameworkMismatchException">Another code is served, or a published version has another hash.</exception>
    public static void Load(RecordConnection connection, PublishedFrameworks published, Framework loaded)
    {
        var stored = connection
            .Prepared(SelectSql)
            .Read(
                connection.Transaction,
                row => (Code: row.Text(), Version: row.Int(), Hash: row.Text(), Content: row.Text(), At: row.Instant())
            );
        foreach (var version in stored)
        {
            if (version.Code != loaded.Code)
            {
                throw new FrameworkMismatchException(
                    $"This database serves the framework '{version.Code}'; the file has '{loaded.Code}'. A database serves one framework."
                );
            }
            if (version.Version == loaded.Version && version.Hash != loaded.Hash)
            {
                throw new FrameworkMismatchException(
                    $"Version {version.Version} of '{version.Code}' was published with other content (hash {version.Hash[..12]}…, the file has {loaded.Hash[..12]}…). "
                        + "A published version never changes: give the file the next version number."
                );
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
        if (published.Find(loaded.Version) is not null)
        {
            return;
        }
        using var transaction = connection.Connection.BeginTransaction();
        connection.Transaction = transaction;
        try
        {
            var at = Instant.Max(clock.Check(clock.ProcessNow), clock.Newest.PlusMicroseconds(1));
            if (published.Versions.Count > 0)
            {
                RebuildStandings(connection, loaded, at, progress);
            }
            connection
                .Prepared(RecordTables.FrameworkVersions.InsertSql, RecordTables.FrameworkVersions.Kinds)
                .Execute(connection.Transaction, loaded.Code, loaded.Version, loaded.Hash, loaded.CanonicalJson, at.Microseconds);
            transaction.Commit();
            published.Add(new(loaded, at));
        }
        finally
        {
            connection.Transaction = null;
        }
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
}
