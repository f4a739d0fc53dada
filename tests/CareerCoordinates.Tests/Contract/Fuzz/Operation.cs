using System.Text.Json;
using System.Text.Json.Nodes;

namespace CareerCoordinates.Tests.Contract.Fuzz;

/// <summary>One operation as the document of the running server describes it.</summary>
/// <param name="Path">The template, such as <c>/api/v1/workers/{workerId}</c>.</param>
public sealed record Operation(
    string Id,
    string Method,
    string Path,
    IReadOnlyList<QueryParameter> Query,
    bool NeedsIfMatch,
    bool TakesKey,
    RequestBody? Body
)
{
    public bool Writes => Method != "GET";

    /// <summary>The template of the single thing on which this operates: up to its last parameter; empty where there is none.</summary>
    public string Thing => Path[..(Path.LastIndexOf('}') + 1)];

    public static IReadOnlyList<Operation> AllOf(JsonElement document) =>
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            where operation.Value.TryGetProperty("operationId", out _)
            select Of(path.Name, operation.Name.ToUpperInvariant(), operation.Value),
        ];

    public override string ToString() => $"{Method} {Path}";

    /// <summary>The query with what must be given, but for one parameter; with its question mark, or empty.</summary>
    public string NeededQuery(string? without = null)
    {
        var needed = Query.Where(p => p.Needed is not null && p.Name != without).ToList();
        return needed.Count == 0 ? "" : "?" + string.Join('&', needed.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Needed!)}"));
    }

    private static Operation Of(string path, string method, JsonElement said)
    {
        var parameters = said.TryGetProperty("parameters", out var listed)
            ? [.. listed.EnumerateArray()]
            : new List<JsonElement>();
        bool HasHeader(string name) => parameters.Any(p => p.GetProperty("name").GetString() == name);
        return new Operation(
            said.GetProperty("operationId").GetString()!,
            method,
            path,
            [
                .. parameters
                    .Where(p => p.GetProperty("in").GetString() == "query")
                    .Select(p => new QueryParameter(
                        p.GetProperty("name").GetString()!,
                        p.GetProperty("schema"),
                        p.TryGetProperty("required", out var required) && required.GetBoolean()
                            ? p.GetProperty("example").ToString()
                            : null
                    )),
            ],
            HasHeader("If-Match"),
            HasHeader("Idempotency-Key"),
            said.TryGetProperty("requestBody", out var body) ? RequestBody.Of(body.GetProperty("content")) : null
        );
    }
}

/// <param name="Needed">Where it must be given, the value that the document shows.</param>
public sealed record QueryParameter(string Name, JsonElement Schema, string? Needed);

public sealed record RequestBody(IReadOnlyList<string> MediaTypes, JsonElement Schema, JsonNode? Example)
{
    public static RequestBody Of(JsonElement content)
    {
        var first = content.EnumerateObject().First().Value;
        return new RequestBody(
            [.. content.EnumerateObject().Select(media => media.Name)],
            first.GetProperty("schema"),
            first.TryGetProperty("example", out var example) ? JsonNode.Parse(example.GetRawText()) : null
        );
    }
}

/// <summary>What the document says about the shape of JSON.</summary>
public sealed class Schemas(JsonElement document)
{
    /// <summary>The schema itself and whatever it refers to or lets choose from.</summary>
    public IEnumerable<JsonElement> Branches(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            foreach (var branch in Branches(document.GetProperty("components").GetProperty("schemas").GetProperty(name)))
            {
                yield return branch;
            }
            yield break;
        }
        if (schema.TryGetProperty("oneOf", out var choices) || schema.TryGetProperty("anyOf", out choices))
        {
            foreach (var branch in choices.EnumerateArray().SelectMany(Branches))
            {
                yield return branch;
            }
            yield break;
        }
        yield return schema;
    }

    /// <summary>The JSON types that a value may have; empty where the document leaves that open.</summary>
    public HashSet<string> TypesOf(JsonElement schema)
    {
        var types = new HashSet<string>();
        foreach (var branch in Branches(schema))
        {
            if (!branch.TryGetProperty("type", out var type))
            {
                return [];
            }
            types.UnionWith(
                type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!]
            );
        }
        return types;
    }

    public JsonElement Member(JsonElement schema, string name) =>
        Branches(schema)
            .Select(branch => branch.TryGetProperty("properties", out var p) && p.TryGetProperty(name, out var m) ? m : default)
            .FirstOrDefault(member => member.ValueKind != JsonValueKind.Undefined);

    public JsonElement Items(JsonElement schema) =>
        Branches(schema)
            .Select(branch => branch.TryGetProperty("items", out var items) ? items : default)
            .FirstOrDefault(items => items.ValueKind != JsonValueKind.Undefined);

    public IReadOnlyList<string> Members(JsonElement schema) =>
        [
            .. Branches(schema)
                .Where(branch => branch.TryGetProperty("properties", out _))
                .SelectMany(branch => branch.GetProperty("properties").EnumerateObject().Select(p => p.Name)),
        ];

    public bool IsRequired(JsonElement schema, string member) =>
        Branches(schema)
            .Any(b => b.TryGetProperty("required", out var r) && r.EnumerateArray().Any(name => name.GetString() == member));

    public bool IsClosed(JsonElement schema) =>
        Branches(schema)
            .Any(b => b.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False);
}
