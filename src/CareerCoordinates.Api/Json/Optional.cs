using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CareerCoordinates.Api.Json;

/// <summary>
/// A member of a merge-patch (RFC 7396): absent leaves the value as it is, null takes it away, a value sets it.
/// <c>Optional&lt;string&gt;</c> refuses null, <c>Optional&lt;string?&gt;</c> takes it.
/// </summary>
public readonly record struct Optional<T>
{
    public Optional(T value)
    {
        IsPresent = true;
        Value = value;
    }

    public bool IsPresent { get; }

    /// <summary>What was sent; the type's default where the member is absent.</summary>
    public T Value { get; }

    /// <summary>What was sent, or <paramref name="current"/> where the member is absent.</summary>
    public T Or(T current) => IsPresent ? Value : current;
}

public sealed class OptionalConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => IsOptional(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        Make(typeToConvert, takesNull: true);

    public static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    /// <summary>Absent members are no fault, and the annotation on the type argument decides whether null is one.</summary>
    public static void Modify(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => IsOptional(p.PropertyType)))
        {
            property.IsRequired = false;
            property.CustomConverter = Make(property.PropertyType, TakesNull(property));
        }
    }

    public static bool TakesNull(JsonPropertyInfo property) =>
        property.AttributeProvider is not PropertyInfo member
        || new NullabilityInfoContext().Create(member).GenericTypeArguments[0].ReadState != NullabilityState.NotNull;

    private static JsonConverter Make(Type optional, bool takesNull) =>
        (JsonConverter)
            Activator.CreateInstance(
                typeof(OptionalConverter<>).MakeGenericType(optional.GetGenericArguments()[0]),
                [(object)takesNull]
            )!;
}

public sealed class OptionalConverter<T>(bool takesNull) : JsonConverter<Optional<T>>
{
    public override bool HandleNull => true;

    public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null && !takesNull
            ? throw new JsonException()
            : new Optional<T>(JsonSerializer.Deserialize<T>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Value, options);
}
