using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CareerCoordinates.Domain.Frameworks;

/// <summary>A fault of a framework file: where (a JSON pointer, empty for the whole) and what.</summary>
public sealed record FrameworkFault(string Path, string Message)
{
    public override string ToString() => $"{(Path.Length == 0 ? "/" : Path)}: {Message}";
}

/// <summary>A framework, or every fault that keeps the file from being one.</summary>
public sealed record FrameworkReading(Framework? Framework, IReadOnlyList<FrameworkFault> Faults)
{
    /// <summary>The framework; asking a faulty reading for it is a bug.</summary>
    public Framework Value =>
        Framework ?? throw new InvalidOperationException("The framework file is faulty: " + string.Join("; ", Faults));
}

/// <summary>Reads the framework file (design §3.5) and checks it whole: what it gives can be relied on everywhere.</summary>
public static class FrameworkFile
{
    /// <summary>Deepest nesting of the file; the format itself needs less.</summary>
    public const int MaxDepth = 32;

    /// <summary>Characters that a name or another text of the file may have.</summary>
    public const int MaxTextLength = 2000;

    /// <summary>Characters that a code may have.</summary>
    public const int MaxCodeLength = 64;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static FrameworkReading Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var faults = new List<FrameworkFault>();
            var framework = FrameworkReader.Read(document.RootElement, faults);
            return faults.Count > 0 || framework is null ? new(null, faults) : new(framework, []);
        }
        catch (JsonException e)
        {
            return new(null, [new("", "not JSON: " + e.Message)]);
        }
    }

    /// <summary>The same content has the same text: members in ordinal order, numbers in shortest form, no blanks.</summary>
    internal static string Canonical(JsonElement element)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
        {
            Write(writer, element);
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    internal static string Hash(string canonicalJson) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalJson)));

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                var number = element.GetDecimal();
                writer.WriteRawValue(number.ToString("0.############################", CultureInfo.InvariantCulture));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
