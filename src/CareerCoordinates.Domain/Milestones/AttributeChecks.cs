using System.Text.Json;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Domain.Milestones;

/// <summary>
/// Whether the attributes of a draft are those of its type, each of the right kind. An attribute that is <c>null</c>, or a blank
/// text, is read as left out. Blanks around a text are cut; the id in a <c>ref</c> is kept in lower case.
/// </summary>
public static class AttributeChecks
{
    public static readonly RefusalCode UnknownAttribute = new(
        "unknown-attribute",
        RefusalKind.Rule,
        "{0} has no attribute '{1}'. It has: {2}.",
        "{0}没有属性“{1}”。可用属性：{2}。"
    );

    public static readonly RefusalCode AttributeMissing = new(
        "attribute-missing",
        RefusalKind.Rule,
        "{0} needs the attribute {1}. Fill it in.",
        "{0}须填写{1}，请补填。"
    );

    public static readonly RefusalCode NotText = Mistyped(
        "Attribute {0} is a text. Write it in quotation marks.",
        "属性{0}应为文字，请加引号。"
    );

    public static readonly RefusalCode NotInteger = Mistyped(
        "Attribute {0} is a whole number. Write digits only, without quotation marks.",
        "属性{0}应为整数，请只写数字，不加引号。"
    );

    public static readonly RefusalCode NotNumber = Mistyped(
        "Attribute {0} is a number. Write it as 12 or 12.5, without quotation marks.",
        "属性{0}应为数字，请写成 12 或 12.5，不加引号。"
    );

    public static readonly RefusalCode NotFlag = Mistyped(
        "Attribute {0} is true or false, without quotation marks.",
        "属性{0}应为 true 或 false，不加引号。"
    );

    public static readonly RefusalCode NotReference = Mistyped(
        "Attribute {0} is the id of a worker, such as 01990000-0000-7000-8000-000000000000.",
        "属性{0}应为职工的 id，形如 01990000-0000-7000-8000-000000000000。"
    );

    public static readonly RefusalCode UnknownReference = new(
        "unknown-reference",
        RefusalKind.Rule,
        "Attribute {0} names no worker whom you may refer to. An officer searches by name or number for the id; a worker asks his officer to record this for him.",
        "属性{0}所指职工不存在或不在您可引用的范围内。工作人员可按姓名或编号查询其 id；职工本人请由本单位工作人员代填。"
    );

    public static readonly RefusalCode SelfReference = new(
        "self-reference",
        RefusalKind.Rule,
        "Attribute {0} names the worker whose milestone this is. Name the other person.",
        "属性{0}所指为该职工本人，请填写另一人。"
    );

    public static readonly RefusalCode ValueNotAllowed = new(
        "value-not-allowed",
        RefusalKind.Rule,
        "Attribute {0} cannot be {1}. Use one of: {2}.",
        "属性{0}不能为 {1}。可用：{2}。"
    );

    public static readonly RefusalCode NumberOutOfBounds = new(
        "number-out-of-bounds",
        RefusalKind.Rule,
        "Attribute {0} must lie between {1} and {2}. Check the figure and its unit.",
        "属性{0}应在 {1} 至 {2} 之间，请核对数值与单位。"
    );

    public static readonly RefusalCode TooManyPlaces = new(
        "too-many-decimal-places",
        RefusalKind.Rule,
        "Attribute {0} may have at most {1} decimal places. Round it.",
        "属性{0}最多 {1} 位小数，请取舍。"
    );

    /// <summary>Why a value is not taken that the type does not have.</summary>
    public static Refusal Unknown(MilestoneType type, string code) =>
        new(
            UnknownAttribute,
            Pointer(code),
            Said(type),
            PlainText.Quoted(code),
            Name.List(type.Attributes.Select(a => KeyValuePair.Create(a.Code, a.Name)))
        );

    /// <summary>Adds a refusal for every attribute that does not fit; the answer is whole only if none was added.</summary>
    public static AttributeSet Check(MilestoneType type, IReadOnlyDictionary<string, JsonElement> given, List<Refusal> refusals)
    {
        foreach (var code in given.Keys)
        {
            if (type.FindAttribute(code) is null && refusals.Count < Limits.RefusalsAtOnce)
            {
                refusals.Add(Unknown(type, code));
            }
        }
        var values = new List<KeyValuePair<string, AttributeValue>>();
        foreach (var attribute in type.Attributes)
        {
            var before = refusals.Count;
            var value = given.TryGetValue(attribute.Code, out var json) ? Read(attribute, json, refusals) : null;
            if (value is { } found)
            {
                values.Add(new(attribute.Code, found));
            }
            else if (attribute.Required && refusals.Count == before)
            {
                refusals.Add(new Refusal(AttributeMissing, Pointer(attribute.Code), Said(type), Said(attribute)));
            }
        }
        return AttributeSet.Of(values);
    }

    /// <summary>A refusal for every attribute that refers to a worker who is not there, or to the worker himself.</summary>
    public static List<Refusal> CheckReferences(
        MilestoneType type,
        AttributeSet attributes,
        Guid workerId,
        Func<Guid, bool> isWorker
    )
    {
        var refusals = new List<Refusal>();
        foreach (var attribute in type.Attributes.Where(a => a.Type == AttributeType.Ref))
        {
            if (!attributes.TryGet(attribute.Code, out var value))
            {
                continue;
            }
            var id = Guid.Parse(value.Text);
            if (id == workerId || !isWorker(id))
            {
                var code = id == workerId ? SelfReference : UnknownReference;
                refusals.Add(new Refusal(code, Pointer(attribute.Code), Said(attribute)));
            }
        }
        return refusals;
    }

    private static AttributeValue? Read(AttributeDefinition attribute, JsonElement json, List<Refusal> refusals)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return null;
        }
        return attribute.Type switch
        {
            AttributeType.String => ReadText(attribute, json, refusals),
            AttributeType.Enum => ReadChoice(attribute, json, refusals),
            AttributeType.Ref => ReadReference(attribute, json, refusals),
            AttributeType.Integer => ReadInteger(attribute, json, refusals),
            AttributeType.Decimal => ReadDecimal(attribute, json, refusals),
            AttributeType.Boolean => ReadFlag(attribute, json, refusals),
            _ => throw new InvalidOperationException($"No such attribute type: {attribute.Type}."),
        };
    }

    private static AttributeValue? ReadText(AttributeDefinition attribute, JsonElement json, List<Refusal> refusals)
    {
        var pointer = Pointer(attribute.Code);
        if (json.ValueKind != JsonValueKind.String)
        {
            return Refuse(new Refusal(NotText, pointer, Said(attribute)), refusals);
        }
        if (!TryText(json, out var raw))
        {
            return Refuse(new Refusal(PlainText.Broken, pointer), refusals);
        }
        var text = raw.Trim();
        if (PlainText.IsBlank(text))
        {
            return null;
        }
        if (PlainText.Fault(text, Math.Min(attribute.MaxLength, Limits.AttributeText), pointer) is { } fault)
        {
            return Refuse(fault, refusals);
        }
        if (attribute.Format == AttributeFormat.OccupationCode && !OccupationCode.IsWellFormed(text))
        {
            return Refuse(new Refusal(OccupationCode.Malformed, pointer, PlainText.Quoted(text)), refusals);
        }
        return AttributeValue.Of(text);
    }

    private static AttributeValue? ReadChoice(AttributeDefinition attribute, JsonElement json, List<Refusal> refusals)
    {
        var text = json.ValueKind == JsonValueKind.String && TryText(json, out var raw) ? raw : null;
        if (text is not null && attribute.Allowed.Any(a => a.Code == text))
        {
            return AttributeValue.Of(text);
        }
        var shown = text is null ? PlainText.Quoted(json.GetRawText()) : $"'{PlainText.Quoted(text)}'";
        var allowed = Name.List(attribute.Allowed.Select(a => KeyValuePair.Create($"\"{a.Code}\"", a.Name)));
        return Refuse(new Refusal(ValueNotAllowed, Pointer(attribute.Code), Said(attribute), shown, allowed), refusals);
    }

    private static AttributeValue? ReadReference(AttributeDefinition attribute, JsonElement json, List<Refusal> refusals) =>
        json.ValueKind == JsonValueKind.String && TryText(json, out var text) && Guid.TryParseExact(text, "D", out var id)
            ? AttributeValue.Of(id.ToString("D"))
            : Refuse(new Refusal(NotReference, Pointer(attribute.Code), Said(attribute)), refusals);

    private static AttributeValue? ReadInteger(AttributeDefinition attribute, JsonElement json, List<Refusal> refusals)
    {
        var pointer = Pointer(attribute.Code);
        if (json.ValueKind != JsonValueKind.Number)
        {
            return Refuse(new Refusal(NotInteger, pointer, Said(attribute)), refusals);
        }
        if (!InBounds(attribute, json, Limits.AttributeInteger, out var number))
        {
            return Refuse(OutOfBounds(attribute, Limits.AttributeInteger), refusals);
        }
        return number == decimal.Truncate(number)
            ? AttributeValue.Of(number)
            : Refuse(new Refusal(NotInteger, pointer, Said(attribute)), refusals);
    }

    private static AttributeValue? ReadDecimal(AttributeDefinition attribute, JsonElement json, List<Refusal> refusals)
    {
        var pointer = Pointer(attribute.Code);
        if (json.ValueKind != JsonValueKind.Number)
        {
            return Refuse(new Refusal(NotNumber, pointer, Said(attribute)), refusals);
        }
        if (!InBounds(attribute, json, Limits.AttributeDecimal, out var number))
        {
            return Refuse(OutOfBounds(attribute, Limits.AttributeDecimal), refusals);
        }
        return number == decimal.Round(number, Limits.AttributeDecimalPlaces)
            ? AttributeValue.Of(number)
            : Refuse(new Refusal(TooManyPlaces, pointer, Said(attribute), Limits.AttributeDecimalPlaces), refusals);
    }

    private static AttributeValue? ReadFlag(AttributeDefinition attribute, JsonElement json, List<Refusal> refusals) =>
        json.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? AttributeValue.Of(json.GetBoolean())
            : Refuse(new Refusal(NotFlag, Pointer(attribute.Code), Said(attribute)), refusals);

    /// <summary>Within what the framework says, and within what the product holds at all.</summary>
    private static bool InBounds(AttributeDefinition attribute, JsonElement json, decimal limit, out decimal number)
    {
        var (least, most) = Bounds(attribute, limit);
        return json.TryGetDecimal(out number) && number >= least && number <= most;
    }

    private static Refusal OutOfBounds(AttributeDefinition attribute, decimal limit)
    {
        var (least, most) = Bounds(attribute, limit);
        return new Refusal(NumberOutOfBounds, Pointer(attribute.Code), Said(attribute), least, most);
    }

    private static (decimal Least, decimal Most) Bounds(AttributeDefinition attribute, decimal limit) =>
        (Math.Max(attribute.Min ?? -limit, -limit), Math.Min(attribute.Max ?? limit, limit));

    private static AttributeValue? Refuse(Refusal refusal, List<Refusal> refusals)
    {
        refusals.Add(refusal);
        return null;
    }

    /// <summary>JSON can escape half of a character; asking for such a text throws.</summary>
    private static bool TryText(JsonElement json, out string text)
    {
        try
        {
            text = json.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    private static Name Said(MilestoneType type) => type.Name.WithCode(type.Code);

    private static Name Said(AttributeDefinition attribute) => attribute.Name.WithCode(attribute.Code);

    private static string Pointer(string code) =>
        "/attributes/"
        + PlainText.Quoted(code).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static RefusalCode Mistyped(string en, string zh) => new("attribute-mistyped", RefusalKind.Rule, en, zh);
}
