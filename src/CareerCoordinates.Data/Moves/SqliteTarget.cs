using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Record;
using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Data.Moves;

/// <summary>
/// A SQLite file that is not there yet. The record is written to a file beside it, which takes its name when it is whole and on the disk; what
/// a killed move leaves is that other file, and the next move begins it anew.
/// </summary>
internal sealed class SqliteTarget(string path) : DatabaseTarget
{
    private const string AnotherOne = "Name a file that is not there yet.";
    private const string AnotherOneZh = "请指定一个尚不存在的文件。";

    private readonly string making = path + ".moving";
    private FileStream? fileLock;
    private bool wasThere;

    public override string Name => path;

    public override string Identity => DatabasePlace.IdentityOf(path);

    public override void Check()
    {
        if (Directory.Exists(path))
        {
            throw new MoveException(
                $"{path} is a folder. Name a file, such as \"Data Source={path}/career.db\".",
                $"{path} 是文件夹。请指定文件，例如 \"Data Source={path}/career.db\"。"
            );
        }
        if (IsFilled(path))
        {
            CheckTables();
        }
        // SQLite would take them for a part of the new file.
        if (new[] { path + "-wal", path + "-journal" }.FirstOrDefault(IsFilled) is { } left)
        {
            throw new MoveException(
                $"{left} is left of another database. Move it away, or name another file.",
                $"{left} 是另一个数据库的残留文件。请移走，或指定其他文件。"
            );
        }
    }

    public override void Begin()
    {
        wasThere = File.Exists(path);
        try
        {
            fileLock = SqliteFile.Lock(path);
        }
        catch (DatabaseInUseException e)
        {
            throw new MoveException(
                $"A server, or another command, has {path} open. Stop it, or name another file.",
                $"服务或其他命令正在使用 {path}。请先停止，或指定其他文件。",
                e
            );
        }
        Check();
        RemoveUnfinished();
        SqliteFile.MakeForOwnerOnly(making);
        base.Begin();
    }

    internal override void Complete(IReadOnlyList<TableContent> contents)
    {
        base.Complete(contents);
        using (var file = new FileStream(making, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }
        File.Move(making, path, overwrite: true);
        wasThere = true;
    }

    public override void Dispose()
    {
        base.Dispose();
        if (fileLock is not null)
        {
            RemoveUnfinished();
            if (!wasThere && !IsFilled(path))
            {
                File.Delete(path);
            }
            fileLock.Dispose();
        }
    }

    protected override RecordConnection Open()
    {
        var engine = EngineOf(making);
        return new(engine, engine.OpenUnseen());
    }

    private void CheckTables()
    {
        var engine = EngineOf(path);
        try
        {
            using var connection = new RecordConnection(engine, engine.OpenRead());
            var tables = connection
                .Prepared("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
                .Read(null, row => row.Text());
            if (tables.Count > 0)
            {
                throw TargetTables.NotEmpty(path, connection, tables, AnotherOne, AnotherOneZh);
            }
        }
        catch (SqliteException e)
        {
            throw new MoveException(
                $"{path} is there and is no empty database ({e.Message}). {AnotherOne}",
                $"{path} 已存在，且不是空数据库（{e.Message}）。{AnotherOneZh}",
                e
            );
        }
        finally
        {
            SqliteConnection.ClearAllPools();
        }
    }

    private void RemoveUnfinished()
    {
        foreach (var file in new[] { making, making + "-journal", making + "-wal", making + "-shm" })
        {
            File.Delete(file);
        }
    }

    private static SqliteEngine EngineOf(string file) =>
        new(new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString);

    private static bool IsFilled(string file) => File.Exists(file) && new FileInfo(file).Length > 0;
}
