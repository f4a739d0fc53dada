using System.Data.Common;
using System.Reflection;
using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Data.Engines;

/// <summary>The tables are not those of this program; the words name the remedy.</summary>
public sealed class TablesOfAnotherVersionException(string message) : InvalidOperationException(message);

/// <summary>
/// Brings a database to the newest version of the tables. A migration is a pair of SQL files kept by hand, one per
/// engine: triggers, STRICT and WITHOUT ROWID are part of what is promised, and no tool writes them.
/// </summary>
public static class Migrator
{
    private const string VersionsSql = """
        CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL)
        """;

    /// <summary>The migrations of an engine in order: number, name, SQL.</summary>
    public static IReadOnlyList<(int Version, string Name, string Sql)> MigrationsOf(Engine engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var suffix = $".{engine.Name}.sql";
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.EndsWith(suffix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                    var name = n[..^suffix.Length].Split('.')[^1];
                    return (int.Parse(name.AsSpan(0, 4)), name, reader.ReadToEnd());
                }),
        ];
    }

    /// <summary>Runs what is missing, all in one transaction.</summary>
    /// <exception cref="TablesOfAnotherVersionException">The database is newer than this program, or older and <paramref name="migrate"/> is false.</exception>
    public static void Bring(RecordConnection connection, bool migrate)
    {
        using var transaction = connection.Connection.BeginTransaction();
        Bring(connection, transaction, migrate);
        transaction.Commit();
    }

    /// <summary>The number of the newest version that this program knows.</summary>
    public static int NewestOf(Engine engine) => MigrationsOf(engine)[^1].Version;

    /// <summary>The version of the tables of a database; 0 where it has none. Within a transaction only where there are some.</summary>
    public static int VersionOf(RecordConnection connection) => Version(connection, connection.Transaction);

    /// <summary>As <see cref="Bring(RecordConnection, bool)"/>, within a transaction that does more.</summary>
    internal static void Bring(RecordConnection connection, DbTransaction transaction, bool migrate)
    {
        var migrations = MigrationsOf(connection.Engine);
        Run(connection, transaction, connection.Engine.LockTreeSql);
        if (migrate)
        {
            Run(connection, transaction, VersionsSql);
        }
        var version = Version(connection, transaction);
        if (version > migrations[^1].Version)
        {
            throw new TablesOfAnotherVersionException(
                $"The database has version {version} of the tables; this program knows {migrations[^1].Version}. Use a newer program."
            );
        }
        var missing = migrations.Where(m => m.Version > version).ToList();
        if (missing.Count > 0 && !migrate)
        {
            throw new TablesOfAnotherVersionException(
                $"The database has version {version} of the tables; this program needs {migrations[^1].Version}. Start once with Database__Migrate=true."
            );
        }
        foreach (var (number, name, sql) in missing)
        {
            Run(connection, transaction, sql);
            Run(connection, transaction, $"INSERT INTO schema_versions (version, name) VALUES ({number}, '{name}')");
        }
    }

    private static int Version(RecordConnection connection, DbTransaction? transaction)
    {
        using var command = connection.Connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT coalesce(max(version), 0) FROM schema_versions";
        try
        {
            return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (DbException)
        {
            return 0;
        }
    }

    private static void Run(RecordConnection connection, DbTransaction transaction, string? sql)
    {
        if (sql is null)
        {
            return;
        }
        using var command = connection.Connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
