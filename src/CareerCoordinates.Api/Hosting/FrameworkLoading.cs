using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Hosting;

/// <summary>The framework file, checked whole before anything else starts.</summary>
public static class FrameworkLoading
{
    /// <exception cref="FrameworkFileException">There is no such file, or it is faulty.</exception>
    public static Framework Load(IConfiguration configuration)
    {
        var path = configuration["Framework:File"] is { Length: > 0 } given ? given : TheOneInSeeds();
        var reading = File.Exists(path)
            ? FrameworkFile.Read(File.ReadAllText(path))
            : throw new FrameworkFileException(path, ["the file does not exist"]);
        return reading.Faults.Count == 0
            ? reading.Value
            : throw new FrameworkFileException(path, [.. reading.Faults.Select(fault => fault.ToString())]);
    }

    private static string TheOneInSeeds()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "seeds", "frameworks");
        var files = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.json").Where(f => !f.EndsWith(".schema.json", StringComparison.Ordinal)).ToArray()
            : [];
        return files.Length == 1
            ? files[0]
            : throw new FrameworkFileException(folder, [$"{files.Length} framework files here; name one by Framework:File"]);
    }
}

/// <summary>A framework file that cannot be served, with every fault and its place.</summary>
public sealed class FrameworkFileException(string path, IReadOnlyList<string> faults)
    : Exception($"The framework file {path} is faulty:{string.Concat(faults.Select(fault => "\n  " + fault))}");
