using System.Text.Json;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Data.Moves;

/// <summary>A folder with a record as text. Before a row of it is taken, every file has the hash that the manifest says.</summary>
public sealed class FolderSource : MoveSource
{
    private readonly string path;

    private FolderSource(string path, MoveManifest manifest)
    {
        this.path = path;
        Manifest = manifest;
    }

    public override string Name => path;

    public override string Identity => DatabasePlace.IdentityOf(path);

    public MoveManifest Manifest { get; }

    public override long Size => Manifest.Tables.Sum(t => t.Bytes);

    /// <param name="engine">Of the target: the tables of both have one version.</param>
    /// <exception cref="MoveException">There is no record, or one of another version.</exception>
    public static FolderSource Open(string path, Engine engine)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var file = Path.Combine(path, MoveManifest.FileName);
        if (!File.Exists(file))
        {
            throw Directory.Exists(path)
                ? new MoveException(
                    $"{path} has no {MoveManifest.FileName}: it is no record, or one that was not written to its end. Write it again with --to-file.",
                    $"{path} 中没有 {MoveManifest.FileName}：不是记录，或未写完。请用 --to-file 重新写出。"
                )
                : new MoveException(
                    $"There is no folder {path}. Name one that --to-file has written.",
                    $"没有文件夹 {path}。请指定 --to-file 写出的文件夹。"
                );
        }
        MoveManifest manifest;
        try
        {
            manifest = MoveManifest.Read(File.ReadAllBytes(file));
        }
        catch (JsonException e)
        {
            throw Damaged(
                file,
                $"it cannot be read (line {(e.LineNumber ?? 0) + 1:N0})",
                $"无法读取（第 {(e.LineNumber ?? 0) + 1:N0} 行）"
            );
        }
        if (manifest.Format != MoveManifest.CurrentFormat)
        {
            throw new MoveException(
                $"{file} has the format '{manifest.Format}'; this program reads '{MoveManifest.CurrentFormat}'. Use the program that wrote it ({manifest.Program}).",
                $"{file} 的格式为“{manifest.Format}”，本程序读取“{MoveManifest.CurrentFormat}”。请使用写出它的程序（{manifest.Program}）。"
            );
        }
        var known = Migrator.NewestOf(engine);
        if (manifest.TablesVersion != known)
        {
            throw new MoveException(
                $"{path} was written from version {manifest.TablesVersion} of the tables by the program {manifest.Program}; this one reads version {known}. "
                    + "Read it in with that program, and start this one on the database then, which brings the tables to its version.",
                $"{path} 由程序 {manifest.Program} 按表结构版本 {manifest.TablesVersion} 写出，本程序读取版本 {known}。请先用该程序读入，再用本程序启动该数据库，表结构会升级到本版本。"
            );
        }
        if (!manifest.Tables.Select(t => t.Table).SequenceEqual(MovedTables.All.Select(t => t.Name)))
        {
            throw Damaged(file, "its list of tables is not that of a record", "表清单与记录不符");
        }
        return new FolderSource(path, manifest);
    }

    /// <summary>Reads every file once and compares it with the manifest.</summary>
    /// <exception cref="MoveException">A file is missing, cut, or not as it was written; the words name it and the lines.</exception>
    public void Verify(MoveWatch watch)
    {
        watch.Begin(MoveStep.Checking, Manifest.Tables.Sum(t => t.Rows));
        foreach (var written in Manifest.Tables)
        {
            watch.Table(written.Table);
            var file = RecordFolder.FileOf(path, written.Table);
            if (!File.Exists(file))
            {
                throw Damaged(file, "it is missing", "文件缺失");
            }
            using var digest = new TableContent.Digest(written.Table);
            var isWhole = true;
            RecordFolder.ReadLines(
                file,
                (line, _) =>
                {
                    digest.Add(line);
                    isWhole = line[^1] == '\n';
                    watch.Row();
                }
            );
            var found = digest.Content();
            if (Difference(written, found, isWhole) is { } difference)
            {
                throw Damaged(file, difference.En, difference.Zh);
            }
        }
    }

    /// <summary>How a file is not as it was written, with its lines; null where it is.</summary>
    private static Name? Difference(TableContent written, TableContent found, bool isWhole)
    {
        if (written.FirstDifference(found) is not var (from, to))
        {
            return null;
        }
        if (to < found.Rows || found.Rows == written.Rows)
        {
            return isWhole || to < found.Rows
                ? new(
                    $"第 {from:N0} 至 {to:N0} 行之间与写出时不同",
                    $"between line {from:N0} and line {to:N0} it is not as it was written"
                )
                : new($"末行（第 {found.Rows:N0} 行）不完整", $"its last line, {found.Rows:N0}, does not end");
        }
        return found.Rows < written.Rows
            ? new(
                $"在第 {found.Rows:N0} 行{(isWhole ? "之后" : "中间")}结束，而写出了 {written.Rows:N0} 行",
                $"it ends {(isWhole ? "after" : "within")} line {found.Rows:N0}, and {written.Rows:N0} were written"
            )
            : new(
                $"有 {found.Rows:N0} 行，而写出了 {written.Rows:N0} 行",
                $"it has {found.Rows:N0} lines, and {written.Rows:N0} were written"
            );
    }

    public override void Begin() { }

    public override IReadOnlyList<long> CountRows() => [.. Manifest.Tables.Select(t => t.Rows)];

    internal override TableContent Read(MovedTable table, MoveWatch watch, MovedRow tell)
    {
        var file = RecordFolder.FileOf(path, table.Name);
        using var digest = new TableContent.Digest(table.Name);
        var text = new RowText(table.Columns);
        var values = new object?[table.Columns.Kinds.Length];
        RecordFolder.ReadLines(
            file,
            (line, number) =>
            {
                try
                {
                    text.Read(line.TrimEnd((byte)'\n'), values);
                }
                catch (FormatException e)
                {
                    throw Damaged(
                        file,
                        $"line {number:N0} is no row of this table: {e.Message}",
                        $"第 {number:N0} 行不是本表的行：{e.Message}"
                    );
                }
                digest.Add(line);
                tell(values, line);
                watch.Row();
            }
        );
        var read = digest.Content();
        return Manifest.Tables.Any(t => t.Table == read.Table && t.Sha256 == read.Sha256)
            ? read
            : throw Damaged(file, "it was changed while it was read", "读取期间文件被改动");
    }

    public override void Dispose() { }

    internal static MoveException Damaged(string file, string why, string whyZh) =>
        new(
            $"{file} is damaged or was changed: {why}. Nothing was read in. Take another copy of the folder, or write it again with --to-file.",
            $"{file} 已损坏或被改动：{whyZh}。未读入任何内容。请使用该文件夹的另一份副本，或用 --to-file 重新写出。"
        );
}
