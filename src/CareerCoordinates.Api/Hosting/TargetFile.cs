namespace CareerCoordinates.Api.Hosting;

/// <summary>A file that gets its name when it is whole, and that only its owner reads; standard output where none is named.</summary>
internal sealed class TargetFile(string? path) : IDisposable
{
    private readonly string? part = path is null ? null : path + ".part";
    private Stream? stream;

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
