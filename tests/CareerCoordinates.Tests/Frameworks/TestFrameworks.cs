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
}
