using System.Globalization;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using Spectre.Console;

namespace CareerCoordinates.Api.Demo;

/// <summary>What <c>demo</c> and <c>demo --workers</c> do with an opened database.</summary>
public static class DemoCommands
{
    private const ulong DefaultSeed = 12345;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "seeds", "demo");

    public static Task District(CareerStore store) =>
        WorkProgress.Show(
            AnsiConsole.Console,
            Language.En,
            told => DemoLoad.District(store, store.Frameworks.Current, Folder, told)
        );

    public static Task Population(CareerStore store, IConfiguration configuration, int workers)
    {
        var seed = SeedOf(configuration["seed"]);
        return WorkProgress.Show(
            AnsiConsole.Console,
            Language.En,
            told => DemoLoad.Population(store, store.Frameworks.Current, Folder, workers, seed, told)
        );
    }

    private static ulong SeedOf(string? text) =>
        text is null ? DefaultSeed
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed
        : throw new DemoDataException($"--seed takes a whole number from 0, not '{text}'.");
}
