using System.Text.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Json;

/// <summary>
/// Reads a body strictly. First the text by itself (syntax, depth, duplicates, halves of characters), then its members
/// against the type. The second look is taken only when the serializer refused, and finds every fault with its pointer.
/// </summary>
public static class StrictJson
{
    public static Outcome<T> Read<T>(ReadOnlyMemory<byte> utf8)
    {
        if (TextFault(utf8.Span, out var hasNull) is { } fault)
        {
            return fault;
        }
        try
        {
            // The serializer lets null into lists whose items may not be null.
            if (hasNull && Compare(typeof(T), utf8) is { Count: > 0 } faults)
            {
                return faults;
            }
            if (JsonSerializer.Deserialize<T>(utf8.Span, ApiJson.Options) is { } value)
            {
                return value;
            }
        }
        catch (JsonException)
        {
            return Compare(typeof(T), utf8) is { Count: > 0 } found ? found : new Refusal(RequestRefusals.NotWellFormed, "");
        }
        return new Refusal(RequestRefusals.NotAnObject, "");
    }

    private static List<Refusal> Compare(Type type, ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return BodyFaults.Of(type, document.RootElement);
    }

    /// <summary>The first fault of the text as JSON, or null.</summary>
    private static Refusal? TextFault(ReadOnlySpan<byte> utf8, out bool hasNull)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = RequestLimits.JsonDepth + 1 });
        var place = new Stack<Frame>();
        hasNull = false;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                {
                    place.Pop();
                    continue;
                }
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    var added = place.Peek().Enter(name);
                    if (name.Contains('\0'))
                    {
                        return new Refusal(RequestRefusals.InvalidText, PointerOf(place));
                    }
                    if (!added)
                    {
                        return new Refusal(RequestRefusals.DuplicateMember, PointerOf(place), name);
                    }
                    continue;
                }
                hasNull |= reader.TokenType == JsonTokenType.Null;
                if (place.TryPeek(out var parent))
                {
                    parent.NextItem();
                }
                if (reader.TokenType == JsonTokenType.String && reader.GetString()!.Contains('\0'))
                {
                    return new Refusal(RequestRefusals.InvalidText, PointerOf(place));
                }
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    if (reader.CurrentDepth >= RequestLimits.JsonDepth)
                    {
                        return new Refusal(RequestRefusals.TooDeep, PointerOf(place), RequestLimits.JsonDepth);
                    }
                    place.Push(new Frame(reader.TokenType == JsonTokenType.StartArray));
                }
            }
            return null;
        }
        catch (JsonException malformed)
        {
            return new Refusal(
                RequestRefusals.MalformedJson,
                PointerOf(place),
                malformed.LineNumber + 1,
                malformed.BytePositionInLine + 1
            );
        }
        catch (InvalidOperationException)
        {
            return new Refusal(RequestRefusals.InvalidText, PointerOf(place));
        }
    }

    private static string PointerOf(Stack<Frame> place) => string.Concat(place.Reverse().Select(f => f.Step));

    private sealed class Frame(bool isArray)
    {
        private readonly HashSet<string> names = [];
        private int index = -1;
        private string? name;

        public string Step =>
            isArray
                ? index < 0
                    ? ""
                    : $"/{index}"
                : name is null
                    ? ""
                    : "/" + Pointers.Escape(name);

        public bool Enter(string member)
        {
            name = member;
            return names.Add(member);
        }

        public void NextItem()
        {
            if (isArray)
            {
                index++;
            }
        }
    }
}

/// <summary>JSON pointers (RFC 6901).</summary>
public static class Pointers
{
    public static string Escape(string member) =>
        member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Unescape(string member) =>
        member.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary><c>Evidence[0].Type</c> as the validators say it is <c>/evidence/0/type</c>.</summary>
    public static string OfPropertyPath(string path)
    {
        var steps = path.Replace("[", ".", StringComparison.Ordinal)
            .Replace("]", "", StringComparison.Ordinal)
            .Split('.', StringSplitOptions.RemoveEmptyEntries)
            // The value inside an Optional is no step of the JSON.
            .Where(step => step != "Value")
            .Select(step => "/" + Escape(JsonNamingPolicy.CamelCase.ConvertName(step)));
        return string.Concat(steps);
    }
}
