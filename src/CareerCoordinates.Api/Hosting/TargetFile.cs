using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Hosting;

/// <summary>A file that gets its name when it is whole, and that only its owner reads; standard output where none is named.</summary>
internal sealed class TargetFile(string? path) : IDisposable
{
    private readonly string? part = path is null ? null : path + ".part";
    private Stream? stream;

    /// <summary>Why there can be no file of that name; null where there can, and where none is named.</summary>
    public static Name? WhyNot(string? path) =>
        path is null ? null
        : Directory.Exists(path)
            ? new($"{path} 是文件夹，请用 --output 指定其中的文件。", $"{path} is a folder: name a file in it by --output.")
        : Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)
            ? new(
                $"没有文件夹 {folder}，请先建立，或在 --output 中改用已有的文件夹。",
                $"There is no folder {folder}: make it, or name another by --output."
            )
        : null;

    public Stream Open() =>
        stream = part is null
            ? Console.OpenStandardOutput()
            : new FileStream(
                part,
                OperatingSystem.IsWindows()
                    ? new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write }
                    : new FileStreamOptions
                    {
                        Mode = FileMode.Create,
                        Access = FileAccess.Write,
                        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    }
            );

    public void Complete()
    {
        stream?.Dispose();
        if (part is not null)
        {
            File.Move(part, path!, overwrite: true);
        }
        stream = null;
    }

    /// <summary>What was opened and not completed goes.</summary>
    public void Dispose()
    {
        stream?.Dispose();
        if (stream is not null && part is not null)
        {
            File.Delete(part);
        }
    }
}
