using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Moves;

/// <summary>
/// A new folder with a record as text. It is written beside its place and takes its name when it is whole and on the disk; what a killed move
/// leaves is that other folder, and the next move begins it anew. Folder and files are for their owner only.
/// </summary>
/// <param name="about">The manifest but for the tables.</param>
public sealed class FolderTarget(string path, MoveManifest about) : MoveTarget
{
    private readonly string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    private bool begun;

    public override string Name => path;

    public override string Identity => DatabasePlace.IdentityOf(path);

    private string Making => path + ".moving";

    public override void Check()
    {
        if (File.Exists(path))
        {
            throw new MoveException(
                $"{path} is a file. Name a folder that is not there yet.",
                $"{path} 是文件。请指定一个尚不存在的文件夹。"
            );
        }
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            var count = Directory.EnumerateFileSystemEntries(path).Count();
            throw new MoveException(
                $"{path} is not empty: it has {count:N0} entries. Name a folder that is not there yet.",
                $"{path} 不是空文件夹，其中有 {count:N0} 项。请指定一个尚不存在的文件夹。"
            );
        }
        if (Directory.Exists(Making))
        {
            CheckLeftover();
        }
    }

    public override void Begin()
    {
        Check();
        RemoveUnfinished();
        begun = true;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Making);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Directory.CreateDirectory(Making, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    internal override TableContent Take(MovedTable table, MoveSource source, MoveWatch watch)
    {
        using var file = RecordFolder.Create(RecordFolder.FileOf(Making, table.Name));
        var read = source.Read(table, watch, (_, line) => file.Write(line));
        file.Flush(flushToDisk: true);
        return read;
    }

    internal override TableContent Read(MovedTable table, MoveWatch watch)
    {
        using var digest = new TableContent.Digest(table.Name);
        RecordFolder.ReadLines(
            RecordFolder.FileOf(Making, table.Name),
            (line, _) =>
            {
                digest.Add(line);
                watch.Row();
            }
        );
        return digest.Content();
    }

    internal override void Complete(IReadOnlyList<TableContent> contents)
    {
        using (var file = RecordFolder.Create(Path.Combine(Making, MoveManifest.FileName)))
        {
            file.Write((about with { Tables = contents }).ToJson());
            file.Flush(flushToDisk: true);
        }
        if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }
        Directory.Move(Making, path);
    }

    public override void Dispose()
    {
        if (begun)
        {
            RemoveUnfinished();
        }
    }

    private void RemoveUnfinished()
    {
        if (Directory.Exists(Making))
        {
            CheckLeftover();
            Directory.Delete(Making, recursive: true);
        }
    }

    /// <summary>Nothing is deleted but what such a move has written.</summary>
    private void CheckLeftover()
    {
        var others = Directory
            .EnumerateFileSystemEntries(Making)
            .Where(entry =>
                Directory.Exists(entry)
                || (Path.GetExtension(entry) != ".ndjson" && Path.GetFileName(entry) != MoveManifest.FileName)
            );
        if (others.FirstOrDefault() is { } other)
        {
            throw new MoveException(
                $"{other} is in the way: {Making} is where the folder is written. Move it away, or name another folder.",
                $"{Making} 用于写入该文件夹，但其中有 {other}。请移走，或指定其他文件夹。"
            );
        }
    }
}
