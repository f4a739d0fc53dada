using System.Diagnostics;

namespace CareerCoordinates.Tests.Contract;

/// <summary>The source tree that the tests were built from.</summary>
public static class Repository
{
    private static readonly Lazy<IReadOnlyList<string>> Tracked = new(ListTracked);

    public static string Root { get; } = FindRoot();

    /// <summary>Paths below the root, with forward slashes, of all files under version control that exist in the work tree.</summary>
    public static IReadOnlyList<string> TrackedFiles => Tracked.Value;

    public static IEnumerable<string> TrackedTextFiles => TrackedFiles.Where(IsText);

    public static IEnumerable<string> SourceFiles(string folder) =>
        TrackedFiles.Where(path =>
            path.StartsWith(folder + "/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal)
        );

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Every line that the pattern is found in, as <c>path:line: text</c>.</summary>
    public static IEnumerable<string> LinesWith(IEnumerable<string> paths, System.Text.RegularExpressions.Regex pattern) =>
        from path in paths
        from line in Read(path).Split('\n').Select((text, index) => (text, number: index + 1))
        where pattern.IsMatch(line.text)
        select $"{path}:{line.number}: {line.text.Trim()}";

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CareerCoordinates.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("CareerCoordinates.sln is in no folder above the tests' output.");
    }

    private static List<string> ListTracked()
    {
        // The work tree may belong to another user than the one who runs the tests.
        string[] arguments = ["-c", "safe.directory=*", "-C", Root, "ls-files", "-z"];
        using var git = Process.Start(
            new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var error = git.StandardError.ReadToEndAsync();
        var listed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? [.. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Root, path)))]
            : throw new InvalidOperationException($"git ls-files failed, so nothing can be said about the tree: {error.Result}");
    }

    private static bool IsText(string path)
    {
        using var file = File.OpenRead(Path.Combine(Root, path));
        var start = new byte[8_000];
        return !start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)).Contains((byte)0);
    }
}
