using System.Text.Json.Nodes;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Tests.Contract;

namespace CareerCoordinates.Tests;

/// <summary>
/// The frameworks of the tests, each read once: Chaoyang's as it is shipped, and a small one that shares no code with it.
/// </summary>
public static class TestFrameworks
{
    private static readonly Lazy<Framework> TheChaoyang = new(() => FrameworkFile.Read(ChaoyangJson).Value);
    private static readonly Lazy<Framework> TheHarbour = new(() => FrameworkFile.Read(HarbourJson).Value);

    public static Framework Chaoyang => TheChaoyang.Value;

    public static Framework Harbour => TheHarbour.Value;

    public static string ChaoyangPath => Path.Combine(Repository.Root, "seeds", "frameworks", "chaoyang-12345.json");

    public static string HarbourPath =>
        Path.Combine(Repository.Root, "tests", "CareerCoordinates.Tests", "Frameworks", "harbour.json");

    public static string ChaoyangJson => File.ReadAllText(ChaoyangPath);

    public static string HarbourJson => File.ReadAllText(HarbourPath);

    /// <summary>A framework whose first indicator has more figures.</summary>
    /// <param name="figures">JSON without code, names and unit.</param>
    public static Framework WithFigures(string json, params string[] figures)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        var all = root["indicators"]![0]!["figures"]!.AsArray();
        foreach (var text in figures)
        {
            var figure = JsonNode.Parse(text)!.AsObject();
            figure["code"] = $"more-{all.Count}";
            figure["zh"] = "更多";
            figure["en"] = "more";
            figure["unit"] = all[0]!["unit"]!.DeepClone();
            all.Add(figure);
        }
        return FrameworkFile.Read(root.ToJsonString()).Value;
    }
}
