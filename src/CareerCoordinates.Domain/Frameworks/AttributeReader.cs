namespace CareerCoordinates.Domain.Frameworks;

/// <summary>Reads one attribute of a milestone type.</summary>
internal static class AttributeReader
{
    private static readonly Dictionary<string, AttributeType> Types = new()
    {
        ["string"] = AttributeType.String,
        ["integer"] = AttributeType.Integer,
        ["decimal"] = AttributeType.Decimal,
        ["boolean"] = AttributeType.Boolean,
        ["enum"] = AttributeType.Enum,
        ["ref"] = AttributeType.Ref,
    };

    private static readonly Dictionary<string, AttributeFormat> Formats = new()
    {
        ["occupation-code"] = AttributeFormat.OccupationCode,
    };

    public static void Read(FileObject item, WordLists words, Dictionary<string, AttributeDefinition?> byCode)
    {
        var code = item.AttributeCode();
        var name = item.Name();
        var type = item.Word("type", Types);
        var required = item.Flag("required");
        var isNumber = type is AttributeType.Integer or AttributeType.Decimal;
        var unit = item.Reference("unit", words.Units, "unit", required: false);
        Only(item, type, isNumber, "numbers", "unit", "min", "max");
        Only(item, type, type == AttributeType.String, "texts", "format", "maxLength");
        Only(item, type, type == AttributeType.Enum, "enums", "allowed");
        var allowed = WordLists.Read(item, "allowed", required: type == AttributeType.Enum);
        var format = item.Word("format", Formats, required: false);
        var maxLength = item.Integer("maxLength", 1, AttributeDefinition.DefaultMaxLength, required: false);
        var min = item.Number("min", required: false);
        var max = item.Number("max", required: false);
        if (min > max)
        {
            item.Fault("max", "must not be below min");
        }
        item.Close();
        if (code is null)
        {
            return;
        }
        if (code == FigureMeasure.OccurredOnKey)
        {
            item.Fault("code", "reserved: " + code);
        }
        var definition =
            name is null || type is null || required is null
                ? null
                : new AttributeDefinition(code, name, type.Value, required.Value, unit, [.. allowed])
                {
                    Format = format,
                    MaxLength = maxLength ?? AttributeDefinition.DefaultMaxLength,
                    Min = min,
                    Max = max,
                };
        if (!byCode.TryAdd(code, definition))
        {
            item.Fault("code", "declared twice: " + code);
        }
    }

    private static void Only(FileObject item, AttributeType? type, bool fits, string what, params string[] members)
    {
        foreach (var member in members.Where(member => type is not null && !fits && item.Has(member)))
        {
            item.Fault(member, "only for " + what);
        }
    }
}
