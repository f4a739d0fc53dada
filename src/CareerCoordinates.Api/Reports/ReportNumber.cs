using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CareerCoordinates.Api.Sheets;

namespace CareerCoordinates.Api.Reports;

/// <summary>A number of a report: of workers, of milestones, a sum or a share. Where it is protected and not shown, what stands instead.</summary>
/// <param name="Instead">Such as <c>&lt;10</c> for a count of workers, else <c>hidden</c>.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct ReportNumber(decimal? Number, string? Instead)
{
    public static readonly ReportNumber Hidden = new(null, "hidden");

    /// <summary>Divided by it a number keeps its value and loses its trailing zeros.</summary>
    private const decimal One = 1.0000000000000000000000000000m;

    public static implicit operator ReportNumber(decimal number) => new(number / One, null);

    public static implicit operator ReportNumber(ReportCount count) =>
        count.Number is { } number ? (decimal)number : new ReportNumber(null, count.ToString());

    /// <summary>As a cell of a table has it: a number or a text.</summary>
    public object Cell => Number is { } number ? number : Instead!;

    /// <summary>As a cell has it; a number may be a part of one.</summary>
    public object CellAs(bool isShare) => isShare && Number is { } number ? new Share(number) : Cell;

    public override string ToString() => Number?.ToString(CultureInfo.InvariantCulture) ?? Instead!;

    public sealed class Converter : JsonConverter<ReportNumber>
    {
        public override ReportNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
                ? reader.GetDecimal()
                : new ReportNumber(null, reader.GetString() ?? throw new JsonException());

        public override void Write(Utf8JsonWriter writer, ReportNumber value, JsonSerializerOptions options)
        {
            if (value.Number is { } number)
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteStringValue(value.Instead);
            }
        }
    }
}
