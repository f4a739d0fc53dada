using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CareerCoordinates.Tests.Contract.Fuzz;

/// <param name="MustRefuse">By the schema, or since no text may hold it, the request is bad whatever the store holds.</param>
public sealed record BodyMutation(string What, Func<byte[]> Body, bool MustRefuse);

/// <summary>One thing wrong, or strange, in a body that is valid otherwise.</summary>
public sealed class BodyMutations(Schemas schemas)
{
    private const string Mark = "@@here@@";

    public IEnumerable<BodyMutation> Of(JsonNode valid, JsonElement schema)
    {
        var text = valid.ToJsonString();
        foreach (var (what, body) in Hostile.Bodies)
        {
            yield return new(what, () => body(text), true);
        }
        foreach (var (path, at) in NodesOf(valid, schema, []))
        {
            foreach (var mutation in AtNode(valid, path, at))
            {
                yield return mutation;
            }
        }
    }

    private IEnumerable<BodyMutation> AtNode(JsonNode valid, object[] path, JsonElement schema)
    {
        var where = "/" + string.Join('/', path);
        var types = schemas.TypesOf(schema);
        if (path.Length > 0)
        {
            foreach (var (type, json) in Hostile.Values)
            {
                var fits = types.Count == 0 || types.Contains(type) || (type == "integer" && types.Contains("number"));
                yield return new($"{where} := {Short(json)}", () => With(valid, path, json), !fits);
            }
            foreach (var json in Hostile.BrokenTexts)
            {
                yield return new($"{where} := {json}", () => With(valid, path, json), true);
            }
        }
        if (Find(valid, path) is not JsonObject members)
        {
            yield break;
        }
        foreach (var (name, value) in members)
        {
            var required = schemas.IsRequired(schema, name);
            yield return new($"{where} without {name}", () => Changed(valid, path, o => o.Remove(name)), required);
            var twice = $"{JsonSerializer.Serialize(name)}:{value?.ToJsonString() ?? "null"},";
            yield return new($"{where} with {name} twice", () => Inserted(valid, path, twice), true);
            if (schemas.IsClosed(schema))
            {
                var capital = char.ToUpperInvariant(name[0]) + name[1..];
                yield return new($"{where} with {capital}", () => Inserted(valid, path, $"\"{capital}\":null,"), true);
            }
        }
        if (schemas.IsClosed(schema))
        {
            foreach (var name in new[] { "unknown", "", "__proto__", "id", "\\u0000", "\\u202e", new string('n', 5000) })
            {
                yield return new($"{where} with \"{Short(name)}\"", () => Inserted(valid, path, $"\"{name}\":1,"), true);
            }
        }
        foreach (var name in schemas.Members(schema).Where(name => !members.ContainsKey(name)))
        {
            var type = schemas.TypesOf(schemas.Member(schema, name));
            foreach (var (kind, json) in Hostile.Values.Where((_, i) => i % 3 == name.Length % 3))
            {
                var fits = type.Count == 0 || type.Contains(kind) || (kind == "integer" && type.Contains("number"));
                var added = $"{JsonSerializer.Serialize(name)}:{json},";
                yield return new($"{where} with {name} {Short(json)}", () => Inserted(valid, path, added), !fits);
            }
        }
    }

    private IEnumerable<(object[] Path, JsonElement Schema)> NodesOf(JsonNode? node, JsonElement schema, object[] path)
    {
        yield return (path, schema);
        var below = node switch
        {
            JsonObject o => o.SelectMany(m => NodesOf(m.Value, schemas.Member(schema, m.Key), [.. path, m.Key])),
            JsonArray a => a.SelectMany((item, i) => NodesOf(item, schemas.Items(schema), [.. path, i])),
            _ => [],
        };
        foreach (var found in below)
        {
            yield return found;
        }
    }

    private static byte[] With(JsonNode valid, object[] path, string json) =>
        Text(
            valid,
            clone =>
            {
                var parent = Find(clone, path[..^1])!;
                if (path[^1] is int index)
                {
                    parent.AsArray()[index] = Mark;
                }
                else
                {
                    parent.AsObject()[(string)path[^1]] = Mark;
                }
            },
            $"\"{Mark}\"",
            json
        );

    private static byte[] Changed(JsonNode valid, object[] path, Action<JsonObject> change) =>
        Text(valid, clone => change(Find(clone, path)!.AsObject()), Mark, Mark);

    /// <summary>Puts text before the first member of an object.</summary>
    private static byte[] Inserted(JsonNode valid, object[] path, string members) =>
        Text(valid, clone => Find(clone, path)!.AsObject().Insert(0, Mark, 0), $"\"{Mark}\":0,", members);

    private static byte[] Text(JsonNode valid, Action<JsonNode> change, string old, string replacement)
    {
        var clone = valid.DeepClone();
        change(clone);
        return Encoding.UTF8.GetBytes(clone.ToJsonString().Replace(old, replacement, StringComparison.Ordinal));
    }

    private static JsonNode? Find(JsonNode node, object[] path) =>
        path.Aggregate((JsonNode?)node, (at, key) => key is int index ? at![index] : at![(string)key]);

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..40]}… ({text.Length} characters)";
}
