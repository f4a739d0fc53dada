using System.Text.Json;
using System.Text.Json.Nodes;
using CareerCoordinates.Tests.Api.Protection;

namespace CareerCoordinates.Tests.Contract.Fuzz;

/// <summary>Things that exist on the server, so that a request can reach past the first check, and valid bodies about them.</summary>
public sealed class World(FuzzTarget target, IReadOnlyList<Operation> operations, Schemas schemas, Random random)
{
    private const string Words = "as the register says";

    private readonly Dictionary<string, List<string>> known = [];
    private readonly List<JsonElement> types = [];
    private readonly HashSet<Operation> reached = [];
    private int made;
    private string idNumber = "";

    /// <summary>Whether a valid request carried the operation out.</summary>
    public bool Reached(Operation operation) => reached.Contains(operation);

    public async Task ReadFrameworkAsync(string path)
    {
        Learn(path);
        Learn(path + "/versions/1");
        var framework = (await target.GetAsync(path)).Json;
        types.AddRange(
            framework.GetProperty("milestoneTypes").EnumerateArray().Where(t => t.GetProperty("enabled").GetBoolean())
        );
    }

    /// <summary>Something newer than all others of everything that can be made: a place, a person, facts at each point of their lives.</summary>
    public async Task GrowAsync()
    {
        await CallAsync("recordOrganization");
        await CallAsync("recordWorker");
        await CallAsync("recordMilestone");
        foreach (var next in new[] { null, "correctMilestone", "contestMilestone", "returnMilestone", "endMilestone" })
        {
            await CallAsync("recordMilestone");
            if (next is not "returnMilestone")
            {
                await CallAsync("verifyMilestone", newest: true);
            }
            if (next is not null)
            {
                await CallAsync(next, newest: true);
            }
        }
        await CallAsync("recordAffiliation");
        await CallAsync("askErasure");
        await CallAsync("recordEnteredFigure");
        // Nobody is at the first of these two: it can be voided.
        await CallAsync("recordOrganization");
        await CallAsync("recordOrganization");
    }

    public void Learn(string? location)
    {
        if (location is null)
        {
            return;
        }
        foreach (var template in operations.Select(o => o.Thing).Where(t => Matches(t, location)).Distinct())
        {
            known.TryAdd(template, []);
            known[template].Add(location);
        }
    }

    /// <summary>The path of an operation on something that exists; mostly on one of the newest.</summary>
    public string PathOf(Operation operation, bool newest = false)
    {
        if (operation.Thing.Length == 0 || !known.TryGetValue(operation.Thing, out var things))
        {
            return operation.Path;
        }
        var back = newest ? 1 : random.Next(1, Math.Min(things.Count, random.Next(5) == 0 ? things.Count : 6) + 1);
        return things[^back] + operation.Path[operation.Thing.Length..];
    }

    /// <summary>The single thing at the path, or null where the operation is on none.</summary>
    public async Task<FuzzAnswer?> ThingAsync(Operation operation, string path) =>
        operation.NeedsIfMatch
            ? await target.GetAsync(path[..(path.Length - (operation.Path.Length - operation.Thing.Length))])
            : null;

    public async Task<JsonObject?> BodyOfAsync(Operation operation, string path, FuzzAnswer? thing)
    {
        if (operation.Body is not { } asked)
        {
            return null;
        }
        if (operation.Method == "PUT" && thing is { IsGood: true })
        {
            return Again(asked, JsonNode.Parse(thing.Text)!.AsObject());
        }
        if (schemas.Members(asked.Schema).Contains("attributes") && random.Next(3) > 0)
        {
            return OfSomeType();
        }
        var body = asked.Example?.DeepClone().AsObject() ?? Filled(asked.Schema);
        await MakeRealAsync(body, path);
        return body;
    }

    /// <summary>A valid request; its answer, if good, is learnt.</summary>
    public async Task<FuzzAnswer> CallAsync(string id, bool newest = false)
    {
        var operation = operations.Single(o => o.Id == id);
        var path = PathOf(operation, newest);
        var thing = await ThingAsync(operation, path);
        var body = await BodyOfAsync(operation, path, thing);
        var request = new FuzzRequest("valid", operation.Method, path + operation.NeededQuery())
        {
            Body = body is null ? null : () => JsonSerializer.SerializeToUtf8Bytes(body),
            MediaType = operation.Body?.MediaTypes[0],
            Headers = thing?.Etag is { } etag ? [("If-Match", etag)] : [],
        };
        var answer = await target.AskAsync(request);
        if (answer.IsGood)
        {
            reached.Add(operation);
        }
        if (answer.Status == 201)
        {
            Learn(answer.Location);
        }
        return answer;
    }

    /// <summary>A fact of a type taken by lot, with attributes that the framework allows.</summary>
    private JsonObject OfSomeType()
    {
        var type = types[random.Next(types.Count)];
        var attributes = new JsonObject();
        foreach (var attribute in type.GetProperty("attributes").EnumerateArray())
        {
            var needed = attribute.TryGetProperty("required", out var r) && r.GetBoolean();
            if ((needed || random.Next(2) == 0) && ValueOf(attribute) is { } value)
            {
                attributes[attribute.GetProperty("code").GetString()!] = value;
            }
        }
        var body = new JsonObject
        {
            ["type"] = type.GetProperty("code").GetString(),
            ["occurredOn"] = $"{random.Next(2013, 2025)}-0{random.Next(1, 10)}-1{random.Next(0, 10)}",
            ["attributes"] = attributes,
            ["note"] = Words,
        };
        if (type.GetProperty("period").GetString() == "term")
        {
            body["until"] = "2029-12-31";
        }
        return body;
    }

    private JsonNode? ValueOf(JsonElement attribute) =>
        attribute.GetProperty("type").GetString() switch
        {
            "enum" when attribute.GetProperty("allowed") is var allowed => allowed[random.Next(allowed.GetArrayLength())]
                .GetProperty("code")
                .GetString(),
            "string" when attribute.TryGetProperty("format", out _) => null,
            "string" => $"No. {++made}",
            "integer" => random.Next(1, 12),
            "decimal" => 12.5m,
            "boolean" => random.Next(2) == 0,
            _ => null,
        };

    /// <summary>What is recorded, as a correction that changes nothing.</summary>
    private JsonObject Again(RequestBody asked, JsonObject recorded)
    {
        var body = new JsonObject { ["reason"] = Words };
        foreach (var member in schemas.Members(asked.Schema).Where(m => m != "reason" && recorded.ContainsKey(m)))
        {
            body[member] = recorded[member]?.DeepClone();
        }
        return body;
    }

    private JsonObject Filled(JsonElement schema) =>
        new(
            schemas
                .Members(schema)
                .Where(member => schemas.TypesOf(schemas.Member(schema, member)).Contains("string"))
                .Select(member => KeyValuePair.Create(member, (JsonNode?)Words))
        );

    /// <summary>Replaces the ids and numbers of an example by such that exist, or are free.</summary>
    private async Task MakeRealAsync(JsonObject body, string path)
    {
        foreach (var (name, value) in body.ToList())
        {
            switch (name)
            {
                case "parentId" when known.FirstOrDefault(IsOrganizations).Value is not [_, ..]:
                    body.Remove(name);
                    body["kind"] = "district-federation";
                    break;
                case "parentId":
                    body[name] = known.First(IsOrganizations).Value[0].Split('/')[^1];
                    break;
                case "organizationId":
                    body[name] = Known("/organizations/{", among: 1).Split('/')[^1];
                    break;
                case "number" or "staffNumber" when value?.GetValueKind() == JsonValueKind.String:
                    body[name] = $"F-{random.Next()}-{++made}";
                    break;
                case "birthDate" when random.Next(2) == 0:
                    // In the number's place: it says the same, and the two must agree.
                    body.Remove(name);
                    body["idNumber"] = idNumber = Invented.IdNumber();
                    break;
                case "idNumber":
                    body[name] = idNumber;
                    break;
                case "workerId":
                    body[name] = Known("/workers/{", among: 4).Split('/')[^1];
                    break;
                case "creditCode":
                case "transfer" when random.Next(2) == 0:
                    body.Remove(name);
                    break;
                case "milestoneId":
                    var fact = Known("/milestones/{", among: 4);
                    body["workerId"] = fact.Split('/')[^3];
                    body["milestoneId"] = fact.Split('/')[^1];
                    body["etag"] = (await target.GetAsync(fact)).Etag;
                    break;
                case "alsoEnd"
                    when known.Keys.FirstOrDefault(k => k.Contains("/milestones/{", StringComparison.Ordinal)) is { } k:
                    var worker = string.Join('/', path.Split('/')[..5]);
                    body[name] = new JsonArray([
                        .. known[k]
                            .Where(f => f.StartsWith(worker, StringComparison.Ordinal))
                            .TakeLast(1)
                            .Select(f => JsonValue.Create(f.Split('/')[^1])),
                    ]);
                    break;
            }
            foreach (var below in value is JsonArray items ? [.. items.OfType<JsonObject>()] : new[] { value as JsonObject })
            {
                if (below is not null)
                {
                    await MakeRealAsync(below, path);
                }
            }
        }
    }

    private static bool IsOrganizations(KeyValuePair<string, List<string>> things) =>
        things.Key.Contains("/organizations/{", StringComparison.Ordinal);

    /// <summary>One of the newest.</summary>
    private string Known(string part, int among)
    {
        var things = known.FirstOrDefault(k => k.Key.Contains(part, StringComparison.Ordinal)).Value;
        return things is null ? "/none/none/none/none" : things[^random.Next(1, Math.Min(among, things.Count) + 1)];
    }

    private static bool Matches(string template, string location)
    {
        var (expected, given) = (template.Split('/'), location.Split('/'));
        return expected.Length == given.Length && expected.Zip(given).All(p => p.First.StartsWith('{') || p.First == p.Second);
    }
}
