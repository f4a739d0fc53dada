using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Json;

/// <summary>Compares a JSON value with the type that it should be and lists every difference.</summary>
public static class BodyFaults
{
    private const int MostFaults = 100;

    public static List<Refusal> Of(Type type, JsonElement value)
    {
        var faults = new List<Refusal>();
        Compare(type, value, "", faults);
        return faults;
    }

    private static void Compare(Type type, JsonElement value, string pointer, List<Refusal> faults)
    {
        if (faults.Count >= MostFaults)
        {
            return;
        }
        type = Nullable.GetUnderlyingType(type) ?? type;
        var expected = ApiJson.Options.GetTypeInfo(type);
        switch (expected.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                CompareMembers(expected, value, pointer, faults);
                break;
            case JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary when value.ValueKind != JsonValueKind.Object:
                faults.Add(new Refusal(RequestRefusals.NotAnObject, pointer));
                break;
            case JsonTypeInfoKind.Dictionary:
                foreach (var member in value.EnumerateObject())
                {
                    Compare(expected.ElementType!, member.Value, $"{pointer}/{Pointers.Escape(member.Name)}", faults);
                }
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind != JsonValueKind.Array:
                faults.Add(new Refusal(RequestRefusals.NotAList, pointer));
                break;
            case JsonTypeInfoKind.Enumerable:
                CompareItems(expected, value, pointer, faults);
                break;
            default:
                CompareLeaf(type, value, pointer, faults);
                break;
        }
    }

    private static void CompareItems(JsonTypeInfo expected, JsonElement value, string pointer, List<Refusal> faults)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var at = $"{pointer}/{index++}";
            if (item.ValueKind == JsonValueKind.Null && expected.ElementType != typeof(JsonElement))
            {
                faults.Add(new Refusal(RequestRefusals.NullNotAllowed, at));
                continue;
            }
            Compare(expected.ElementType!, item, at, faults);
        }
    }

    private static void CompareMembers(JsonTypeInfo expected, JsonElement value, string pointer, List<Refusal> faults)
    {
        foreach (var member in value.EnumerateObject())
        {
            var at = $"{pointer}/{Pointers.Escape(member.Name)}";
            var property = expected.Properties.FirstOrDefault(p => p.Name == member.Name);
            if (property is null)
            {
                var allowed = string.Join(", ", expected.Properties.Select(p => p.Name));
                faults.Add(new Refusal(RequestRefusals.UnknownMember, at, member.Name, allowed));
                continue;
            }
            var optional = OptionalConverterFactory.IsOptional(property.PropertyType);
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                if (optional ? !OptionalConverterFactory.TakesNull(property) : !TakesNull(property))
                {
                    faults.Add(new Refusal(RequestRefusals.NullNotAllowed, at));
                }
                continue;
            }
            Compare(optional ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType, member.Value, at, faults);
        }
        foreach (var property in expected.Properties.Where(p => IsRequired(p) && !value.TryGetProperty(p.Name, out _)))
        {
            faults.Add(new Refusal(RequestRefusals.MemberMissing, $"{pointer}/{Pointers.Escape(property.Name)}", property.Name));
        }
    }

    private static bool TakesNull(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is not null || property.PropertyType == typeof(JsonElement)
            : property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    private static void CompareLeaf(Type type, JsonElement value, string pointer, List<Refusal> faults)
    {
        if (type == typeof(JsonElement))
        {
            return;
        }
        try
        {
            if (value.ValueKind != JsonValueKind.Null && value.Deserialize(type, ApiJson.Options) is not null)
            {
                return;
            }
        }
        catch (JsonException) { }
        faults.Add(
            type == typeof(string) ? new Refusal(RequestRefusals.NotAText, pointer)
            : type == typeof(bool) ? new Refusal(RequestRefusals.NotAFlag, pointer)
            : type == typeof(DateOnly) ? new Refusal(RequestRefusals.NotADay, pointer)
            : type == typeof(PartialDate) ? new Refusal(RequestRefusals.NotADate, pointer)
            : type == typeof(Instant) ? new Refusal(RequestRefusals.NotAnInstant, pointer)
            : type == typeof(Guid) ? new Refusal(RequestRefusals.NotAnId, pointer)
            : type == typeof(decimal) || type == typeof(double) ? new Refusal(RequestRefusals.NotANumber, pointer)
            : type == typeof(int) || type == typeof(long) ? new Refusal(RequestRefusals.NotAnInteger, pointer)
            : type.IsEnum ? new Refusal(RequestRefusals.NotAllowed, pointer, string.Join(", ", CodesOf(type)))
            : new Refusal(RequestRefusals.NotWellFormed, pointer)
        );
    }

    private static IEnumerable<string> CodesOf(Type enumeration) =>
        (IEnumerable<string>)
            typeof(Codes<>).MakeGenericType(enumeration).GetProperty(nameof(Codes<DayOfWeek>.All))!.GetValue(null)!;
}
