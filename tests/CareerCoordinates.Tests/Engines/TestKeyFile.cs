namespace CareerCoordinates.Tests.Engines;

/// <summary>The protection key of the hosts on PostgreSQL, which has no place of its own for one.</summary>
internal static class TestKeyFile
{
    private static readonly Lazy<string> Made = new(() =>
    {
        var path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("career-key-").FullName, "career.key");
        File.WriteAllText(path, Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return path;
    });

    public static string Path => Made.Value;

    public static void Remove()
    {
        if (Made.IsValueCreated)
        {
            Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
        }
    }
}
