using System.Text.Json;
using CareerCoordinates.Tests.Api;
using CareerCoordinates.Tests.Api.Ground;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Contract;

public class OpenApiTests
{
    [Test]
    public async Task CommittedDocument_IsWhatTheEndpointsAre()
    {
        await using var host = await ApiHost.StartAsync(TestEngine.Sqlite);
        using var client = host.CreateClient();

        var generated = await client.GetStringAsync("/openapi.yaml");

        Assert.That(
            Repository.Read("openapi.yaml"),
            Is.EqualTo(generated),
            "Write it anew: dotnet run --project src/CareerCoordinates.Api -- openapi > openapi.yaml"
        );
    }

    [Test]
    public async Task EveryOperation_IsNamedAndDescribed()
    {
        await using var host = await ApiHost.StartAsync(TestEngine.Sqlite);
        using var client = host.CreateClient();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi.json"));

        var bare = OperationsOf(document)
            .Where(o =>
                !new[] { "operationId", "summary", "description", "tags" }.All(member => o.Value.TryGetProperty(member, out _))
            )
            .Select(o => o.Name);

        Assert.That(OperationsOf(document), Is.Not.Empty);
        Assert.That(bare, Is.Empty);
    }

    [Test]
    public async Task Document_SaysWhatTheTypesCannotSay()
    {
        await using var host = await GroundHost.StartAsync();
        using var client = host.CreateClient();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi.json"));
        JsonElement Operation(string name) => OperationsOf(document).Single(o => o.Name == name).Value;
        string[] Parameters(string name) =>
            [.. Operation(name).GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()!)];

        Assert.That(Parameters("get /probes"), Is.EqualTo(["kind", "deep", "limit", "cursor", "count", "If-None-Match"]));
        Assert.That(Parameters("patch /probes/1"), Is.EqualTo(["If-Match"]));
        Assert.That(
            Operation("patch /probes/1").GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(m => m.Name),
            Is.EqualTo(["application/json", "application/merge-patch+json"])
        );
        Assert.That(
            Operation("patch /probes/1").GetProperty("responses").EnumerateObject().Select(r => r.Name),
            Is.SupersetOf(["200", "400", "412", "428", "default"])
        );
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        var patch = schemas.GetProperty("ProbePatch");
        Assert.That(patch.TryGetProperty("required", out _), Is.False);
        Assert.That(patch.GetProperty("additionalProperties").GetBoolean(), Is.False);
        Assert.That(patch.GetProperty("properties").GetProperty("name").GetProperty("type").ToString(), Is.EqualTo("string"));
        Assert.That(patch.GetProperty("properties").GetProperty("nickname").GetProperty("type").ToString(), Does.Contain("null"));
        Assert.That(
            schemas.GetProperty("Probe").GetProperty("required").EnumerateArray().Select(r => r.GetString()),
            Is.EquivalentTo(["name", "size"])
        );
        Assert.That(schemas.GetProperty("ClockEcho").TryGetProperty("additionalProperties", out _), Is.False);
    }

    private static List<(string Name, JsonElement Value)> OperationsOf(JsonDocument document) =>
        [
            .. document
                .RootElement.GetProperty("paths")
                .EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(o => ($"{o.Name} {path.Name}", o.Value))),
        ];
}
