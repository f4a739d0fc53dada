using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Data.Engines;

/// <summary>Another process writes to this database file.</summary>
public sealed class DatabaseInUseException(string path)
    : OperatorException(
        $"Another process has {path} open for writing. Stop it first, or send what you want through its API.",
        $"另一个进程正在写入 {path}。请先停止该进程，或通过其 API 操作。"
    );

/// <summary>There can be no database at this path; the words say why, and what to do.</summary>
public sealed class DatabaseFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The file of a SQLite database before it is opened: who may have it, and what is wrong with it.</summary>
public static class SqliteFile
{
    // What .NET has no name for: EWOULDBLOCK where locks are advisory, else ERROR_SHARING_VIOLATION.
    private const int HeldOnLinux = 11;
    private const int HeldOnMacOs = 35;
    private const int HeldOnWindows = unchecked((int)0x80070020);

    private const int ReadOnly = 8;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int Corrupt = 11;

    /// <summary>Makes the folder and the file where needed, and keeps a second process from writing until it is disposed.</summary>
    /// <exception cref="DatabaseInUseException">Another process has it.</exception>
    /// <exception cref="DatabaseFileException">The file or its folder cannot be written.</exception>
    public static FileStream Lock(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DatabaseFileException(
                $"{path} is a folder. Name a file in ConnectionStrings:Career, such as \"Data Source={path}/career.db\"."
            );
        }
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            held = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            MakeForOwnerOnly(path);
            return held;
        }
        catch (IOException e) when (e.HResult is HeldOnLinux or HeldOnMacOs or HeldOnWindows)
        {
            throw new DatabaseInUseException(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw CannotBeWritten(path, e);
        }
    }

    /// <summary>What SQLite said when it opened the file, in words for whoever chose it.</summary>
    public static DatabaseFileException Explain(string path, SqliteException e) =>
        e.SqliteErrorCode switch
        {
            NotADatabase or Corrupt => new(
                $"{path} is no database, or a damaged one ({e.Message}). Name another file in ConnectionStrings:Career, or put a copy of the database in its place.",
                e
            ),
            ReadOnly or CannotOpen => CannotBeWritten(path, e),
            _ => new($"The database {path} cannot be opened: {e.Message}", e),
        };

    /// <summary>
    /// Other users of the machine may not read a new database; SQLite gives what it makes beside it (<c>-wal</c>, <c>-shm</c>) the same mode. A
    /// file that is there keeps the mode that its owner gave it. An empty file is a new database to SQLite.
    /// </summary>
    internal static void MakeForOwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            ).Dispose();
        }
    }

    private static DatabaseFileException CannotBeWritten(string path, Exception e) =>
        new(
            $"The database {path} cannot be written ({e.Message}). Let this user write the file and its folder, or name another file in ConnectionStrings:Career.",
            e
        );
}
