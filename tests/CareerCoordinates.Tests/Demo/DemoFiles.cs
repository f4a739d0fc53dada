using CareerCoordinates.Api.Demo;
using CareerCoordinates.Api.Demo.Population;
using CareerCoordinates.Tests.Contract;

namespace CareerCoordinates.Tests.Demo;

/// <summary>The files of the demo, read and recorded once.</summary>
internal static class DemoFiles
{
    private static readonly Lazy<DemoSeeds> TheSeeds = new(() => DemoSeeds.Read(Folder));
    private static readonly Lazy<DemoDistrict> TheDistrict = new(() => DemoDistrict.Record(TestFrameworks.Chaoyang, Seeds));
    private static readonly Lazy<Believability> TheBelievability = new(() => Believability.Read(Folder));
    private static readonly Lazy<PopulationProfile> TheProfile = new(() => PopulationProfile.Read(Folder));

    public static string Folder => Path.Combine(Repository.Root, "seeds", "demo");

    public static DemoSeeds Seeds => TheSeeds.Value;

    public static DemoDistrict District => TheDistrict.Value;

    public static Believability Believability => TheBelievability.Value;

    public static PopulationProfile Profile => TheProfile.Value;
}
