using System.Text.Json;
using CareerCoordinates.Api.Json;

namespace CareerCoordinates.Api.OpenApi;

/// <summary>What the document's examples say in a framework's codes: data, kept in seeds/examples.</summary>
internal static class Examples
{
    public static T Read<T>(string name)
    {
        using var stream =
            typeof(Examples).Assembly.GetManifestResourceStream($"examples/{name}.json")
            ?? throw new InvalidOperationException($"There is no example '{name}'.");
        return JsonSerializer.Deserialize<T>(stream, ApiJson.Options)!;
    }
}
