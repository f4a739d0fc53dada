using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Api.Reports;

/// <summary>How exact the numbers of an answer are.</summary>
public enum CountsKind
{
    /// <summary>Every worker counted once.</summary>
    Exact,

    /// <summary>Changed a little, and hidden where few are counted: they tell nothing of any one person, do not add up exactly, and are never for statutory returns.</summary>
    Protected,
}

/// <summary>A number of workers: exact; or protected, and then hidden below a threshold.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct ReportCount(int? Number, int Threshold)
{
    public static implicit operator ReportCount(int exact) => new(exact, 0);

    public static implicit operator ReportCount(ProtectedCount count) => new(count.Shown, count.Threshold);

    /// <summary>The number, or such as <c>&lt;10</c>.</summary>
    public override string ToString() =>
        Number?.ToString(CultureInfo.InvariantCulture) ?? string.Create(CultureInfo.InvariantCulture, $"<{Threshold}");

    public sealed class Converter : JsonConverter<ReportCount>
    {
        public override ReportCount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? new(reader.GetInt32(), 0)
            : reader.GetString() is ['<', .. var threshold] ? new(null, int.Parse(threshold, CultureInfo.InvariantCulture))
            : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, ReportCount value, JsonSerializerOptions options)
        {
            if (value.Number is { } number)
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteStringValue(value.ToString());
            }
        }
    }
}
