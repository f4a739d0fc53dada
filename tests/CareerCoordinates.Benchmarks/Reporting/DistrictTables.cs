using System.Data.Common;
using System.Globalization;
using CareerCoordinates.Data.Engines;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CareerCoordinates.Benchmarks.Reporting;

/// <summary>The tables of a district on either engine, with the relations of <see cref="ReportSql"/> as views over them.</summary>
internal abstract class DistrictTables(DbConnection connection, string idType, string idPrefix) : IDisposable
{
    public static DistrictTables Of(Engine engine, string connectionString) =>
        engine is PostgresEngine ? new OfPostgres(connectionString) : new OfSqlite(connectionString);

    public abstract string Name { get; }

    /// <summary>An id in hexadecimal, as <see cref="DistrictCopy.Hex"/> writes it.</summary>
    public abstract string HexOf(string column);

    public abstract Guid ReadId(DbDataReader reader);

    public void Open()
    {
        connection.Open();
        Execute(
            "CREATE TEMP VIEW w AS SELECT worker_id AS w, career_start AS cs, gender AS g, state = 'active' AS active, recorded_at AS k, superseded_at AS u FROM worker_revisions"
        );
        Execute(
            "CREATE TEMP VIEW a AS SELECT worker_id AS w, organization_id AS o, from_day AS f, coalesce(until_day + 1, 2147483647) AS e, occupation_code AS oc, recorded_at AS k, superseded_at AS u FROM affiliation_revisions WHERE state = 'active' AND organization_id IS NOT NULL"
        );
        Execute(
            """
            CREATE TEMP VIEW m AS SELECT worker_id AS w, type AS t, occurred_day AS d, until_day AS y, ended_on AS z, occurred_on AS g, attributes AS j,
                recorded_at AS k,
                (SELECT min(l.recorded_at) FROM milestone_revisions l WHERE l.worker_id = r.worker_id AND l.milestone_id = r.milestone_id
                    AND l.revision > r.revision AND l.state IN ('verified', 'voided')) AS u
            FROM milestone_revisions r WHERE state = 'verified'
            """
        );
        Execute(
            "CREATE TEMP VIEW s AS SELECT worker_id AS w, channel AS c, rung AS r, level AS l, from_day AS f, end_day AS e, recorded_at AS k, superseded_at AS u FROM standings"
        );
        Execute($"CREATE TEMP TABLE inside (o {idType} PRIMARY KEY)");
    }

    public void Put(IReadOnlyList<Guid> inside)
    {
        Execute("DELETE FROM inside");
        foreach (var some in inside.Chunk(500))
        {
            Execute("INSERT INTO inside VALUES " + string.Join(',', some.Select(o => $"({idPrefix}'{DistrictCopy.Hex(o)}')")));
        }
    }

    /// <summary>An instant by which half of the standings were recorded.</summary>
    public long Past()
    {
        using var command = Command("SELECT (min(recorded_at) + max(recorded_at)) / 2 FROM organization_revisions");
        using var newest = Command("SELECT max(recorded_at) FROM milestone_revisions");
        return ((long)command.ExecuteScalar()! + (long)newest.ExecuteScalar()!) / 2;
    }

    public List<string> Ask(string sql)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(
                string.Join(
                    ' ',
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))
                )
            );
        }
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    public DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return command;
    }

    public void Dispose() => connection.Dispose();

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private sealed class OfSqlite(string connectionString)
        : DistrictTables(new SqliteConnection(connectionString + ";Mode=ReadOnly;Pooling=False"), "BLOB", "x")
    {
        public override string Name => "SQLite";

        public override string HexOf(string column) => $"hex({column})";

        public override Guid ReadId(DbDataReader reader)
        {
            Span<byte> id = stackalloc byte[16];
            using var bytes = reader.GetStream(0);
            bytes.ReadExactly(id);
            return new(id, bigEndian: true);
        }
    }

    private sealed class OfPostgres(string connectionString)
        : DistrictTables(new NpgsqlConnection(connectionString + ";Pooling=false"), "uuid", "uuid ")
    {
        public override string Name => "PostgreSQL";

        public override string HexOf(string column) => $"upper(replace({column}::text, '-', ''))";

        public override Guid ReadId(DbDataReader reader) => reader.GetGuid(0);
    }
}
