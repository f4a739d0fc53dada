using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CareerCoordinates.Domain.Milestones;

/// <summary>The value of an attribute: a text (string, enum, ref), a number (integer, decimal) or a flag (boolean).</summary>
public readonly record struct AttributeValue
{
    private enum Kind : byte
    {
        Text,
        Number,
        Flag,
    }

    private readonly Kind kind;
    private readonly string? text;
    private readonly decimal number;

    private AttributeValue(Kind kind, string? text, decimal number)
    {
        this.kind = kind;
        this.text = text;
        this.number = number;
    }

    public static AttributeValue Of(string text) => new(Kind.Text, text, 0);

    public static AttributeValue Of(decimal number) => new(Kind.Number, null, number);

    public static AttributeValue Of(bool flag) => new(Kind.Flag, null, flag ? 1 : 0);

    public bool IsText => kind == Kind.Text;

    public bool IsNumber => kind == Kind.Number;

    public bool IsFlag => kind == Kind.Flag;

    public string Text => IsText ? text ?? "" : throw new InvalidOperationException("Not a text.");

    public decimal Number => IsNumber ? number : throw new InvalidOperationException("Not a number.");

    public bool Flag => IsFlag ? number != 0 : throw new InvalidOperationException("Not a flag.");

    public override string ToString() =>
        kind switch
        {
            Kind.Text => text ?? "",
            Kind.Number => Canonical(number),
            _ => number != 0 ? "true" : "false",
        };

    internal void WriteTo(Utf8JsonWriter writer, string name)
    {
        switch (kind)
        {
            case Kind.Text:
                writer.WriteString(name, text);
                break;
            case Kind.Number:
                writer.WritePropertyName(name);
                writer.WriteRawValue(Canonical(number), skipInputValidation: true);
                break;
            default:
                writer.WriteBoolean(name, number != 0);
                break;
        }
    }

    /// <summary>1.50 and 1.5 are one number and have one text.</summary>
    private static string Canonical(decimal number) =>
        number.ToString("0.############################", CultureInfo.InvariantCulture);
}

/// <summary>
/// The attributes of a milestone, held as canonical JSON (names in ordinal order, numbers in shortest form)
/// read, and written, only when somebody asks: most milestones grant nothing.
/// </summary>
public sealed class AttributeSet : IEquatable<AttributeSet>
{
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private KeyValuePair<string, AttributeValue>[]? values;

    private string? canonicalJson;

    private AttributeSet(string? canonicalJson, KeyValuePair<string, AttributeValue>[]? values)
    {
        this.canonicalJson = canonicalJson;
        this.values = values;
    }

    public static readonly AttributeSet Empty = new("{}", []);

    /// <summary>The same content has the same text: equality and tie-breaks compare it.</summary>
    public string CanonicalJson => canonicalJson ??= Write(values!);

    public IReadOnlyList<KeyValuePair<string, AttributeValue>> Values => values ??= Read(CanonicalJson);

    public static AttributeSet Of(IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
    {
        var sorted = attributes.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new AttributeSet(null, sorted);
    }

    /// <summary>For text that <see cref="CanonicalJson"/> gave, as read back from the store.</summary>
    public static AttributeSet FromCanonical(string canonicalJson) =>
        canonicalJson == "{}" ? Empty : new AttributeSet(canonicalJson, null);

    public bool TryGet(string name, out AttributeValue value)
    {
        foreach (var pair in values ??= Read(CanonicalJson))
        {
            if (pair.Key == name)
            {
                value = pair.Value;
                return true;
            }
        }
        value = default;
        return false;
    }

    public bool Equals(AttributeSet? other) => other is not null && CanonicalJson == other.CanonicalJson;

    public override bool Equals(object? obj) => Equals(obj as AttributeSet);

    public override int GetHashCode() => CanonicalJson.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => CanonicalJson;

    private static string Write(KeyValuePair<string, AttributeValue>[] values)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values)
            {
                value.WriteTo(writer, name);
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static KeyValuePair<string, AttributeValue>[] Read(string json)
    {
        var found = new List<KeyValuePair<string, AttributeValue>>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            found.Add(
                new(
                    name,
                    reader.TokenType switch
                    {
                        JsonTokenType.String => AttributeValue.Of(reader.GetString()!),
                        JsonTokenType.Number => AttributeValue.Of(reader.GetDecimal()),
                        JsonTokenType.True => AttributeValue.Of(true),
                        JsonTokenType.False => AttributeValue.Of(false),
                        _ => throw new FormatException($"No attribute value: {reader.TokenType}."),
                    }
                )
            );
        }
        return [.. found];
    }
}
