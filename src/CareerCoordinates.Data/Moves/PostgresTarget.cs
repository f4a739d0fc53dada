using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Frameworks;
using Npgsql;

namespace CareerCoordinates.Data.Moves;

/// <summary>An empty database of a PostgreSQL server: tables, rows and indexes are one transaction, so that a move which does not end leaves it empty.</summary>
internal sealed class PostgresTarget(PostgresEngine engine) : DatabaseTarget
{
    private const string EmptyOne = "Make an empty database (CREATE DATABASE …) and name that.";
    private const string EmptyOneZh = "请新建空数据库（CREATE DATABASE …）并指定它。";

    public override string Name => engine.Place;

    public override string Identity
    {
        get
        {
            using var connection = Connect();
            return DatabasePlace.IdentityOf(connection);
        }
    }

    public override void Check()
    {
        using var connection = Connect();
        if (Text(connection, "SHOW server_encoding") is var encoding and not "UTF8")
        {
            throw new MoveException(
                $"{Name} keeps texts as {encoding}. Make a database with ENCODING 'UTF8'.",
                $"{Name} 的文本编码为 {encoding}。请以 ENCODING 'UTF8' 新建数据库。"
            );
        }
        if (Text(connection, "SELECT current_schema()::text") is not { } schema)
        {
            throw new MoveException(
                $"{Name} has no schema in which this user may look for tables. Make one and grant it: CREATE SCHEMA …; GRANT ALL ON SCHEMA … TO …",
                $"{Name} 中没有该用户可用的 schema。请新建并授权：CREATE SCHEMA …; GRANT ALL ON SCHEMA … TO …"
            );
        }
        CheckEmpty(connection);
        if (Text(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')::text") != "true")
        {
            var user = Text(connection, "SELECT current_user::text");
            throw new MoveException(
                $"The user {user} may not make tables in {Name}. As the owner of that database: GRANT ALL ON SCHEMA {schema} TO {user}, or make {user} the owner.",
                $"用户 {user} 无权在 {Name} 中建表。请由数据库所有者执行：GRANT ALL ON SCHEMA {schema} TO {user}，或将所有者改为 {user}。"
            );
        }
        if (Text(connection, "SELECT pg_is_in_recovery()::text") == "true")
        {
            throw new MoveException(
                $"{Name} is a standby and takes no writes. Name its primary.",
                $"{Name} 是只读备库，不能写入。请指定其主库。"
            );
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        engine.ForgetConnections();
    }

    protected override IReadOnlyList<string> LastSteps => [engine.AfterBulkLoadSql];

    protected override RecordConnection Open() => new(engine, engine.OpenWrite());

    protected override void MakeTables(RecordConnection connection)
    {
        // Under the lock under which a starting server makes its tables: it sees none of ours, or all.
        connection.Execute(engine.LockTreeSql!);
        CheckEmpty(connection);
        base.MakeTables(connection);
    }

    private void CheckEmpty(RecordConnection connection)
    {
        var found = MovedTables
            .All.Select(t => t.Name)
            .Concat(MovedTables.LeftOut.Keys)
            .Where(table =>
                connection.Prepared(engine.TableExistsSql, ColumnKind.Text).Scalar(connection.Transaction, table) is not null
            )
            .ToList();
        if (found.Count > 0)
        {
            throw TargetTables.NotEmpty(Name, connection, found, EmptyOne, EmptyOneZh);
        }
    }

    private RecordConnection Connect()
    {
        try
        {
            return new(engine, engine.OpenRead());
        }
        catch (NpgsqlException e)
        {
            var isMissing = e is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName };
            throw new MoveException(
                $"{Name} cannot be reached: {e.Message.TrimEnd('.')}. Check the connection string, and that the server runs and lets this user in."
                    + (isMissing ? " " + EmptyOne : ""),
                $"无法连接 {Name}：{e.Message.TrimEnd('.')}。请检查连接字符串，并确认服务正在运行且允许该用户连接。"
                    + (isMissing ? EmptyOneZh : ""),
                e
            );
        }
    }

    private static string? Text(RecordConnection connection, string sql) =>
        connection.Prepared(sql).Scalar(connection.Transaction) as string;
}

/// <summary>What a target holds that is not empty.</summary>
internal static class TargetTables
{
    private const int MostNamed = 8;

    /// <param name="remedy">What to name instead.</param>
    public static MoveException NotEmpty(
        string name,
        RecordConnection connection,
        IReadOnlyList<string> tables,
        string remedy,
        string remedyZh
    )
    {
        var held = Describe(connection, tables);
        return new(
            $"{name} is not empty: {held.En}. A record is moved into an empty database only. {remedy}",
            $"{name} 不是空数据库：{held.Zh}。记录只能迁移到空数据库。{remedyZh}"
        );
    }

    private static Name Describe(RecordConnection connection, IReadOnlyList<string> tables)
    {
        var version = tables.Contains("schema_versions") ? Migrator.VersionOf(connection) : 0;
        var full = tables
            .Where(table => table != "schema_versions")
            .Select(table =>
                (
                    Table: table,
                    Rows: Convert.ToInt64(
                        connection.Prepared($"SELECT count(*) FROM \"{table}\"").Scalar(connection.Transaction),
                        System.Globalization.CultureInfo.InvariantCulture
                    )
                )
            )
            .Where(t => t.Rows > 0)
            .OrderByDescending(t => t.Rows)
            .ToList();
        var rows = string.Join(", ", full.Take(MostNamed).Select(t => FormattableString.Invariant($"{t.Table} {t.Rows:N0}")));
        var isMore = full.Count > MostNamed;
        var more = isMore ? $" and {full.Count - MostNamed} more tables" : "";
        var moreZh = isMore ? $" 及另外 {full.Count - MostNamed} 个表" : "";
        return new(
            (version > 0 ? $"含本程序版本 {version} 的表" : $"含 {tables.Count} 个表")
                + (full.Count > 0 ? $"，其中有数据的：{rows}{moreZh}" : "，均无数据"),
            (version > 0 ? $"it has version {version} of this program's tables" : $"it has {tables.Count} tables")
                + (full.Count > 0 ? $", with rows in {rows}{more}" : ", without rows")
        );
    }
}
