using System.Text.Json;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Domain.Frameworks;

/// <summary>
/// Reads <c>{all: [{attr, op, value}]}</c> against the attributes that the type declares: the operator must fit the attribute's
/// type, and a value that the attribute can never have is a fault.
/// </summary>
internal static class ConditionReader
{
    private static readonly Dictionary<string, ConditionOperator> Operators = new()
    {
        ["eq"] = ConditionOperator.Eq,
        ["in"] = ConditionOperator.In,
        ["lte"] = ConditionOperator.Lte,
        ["gte"] = ConditionOperator.Gte,
        ["between"] = ConditionOperator.Between,
    };

    /// <param name="type">Null where the type is unknown: only the shape is checked then.</param>
    public static Condition Read(FileObject holder, string member, MilestoneTypeDraft? type)
    {
        var tests = new List<AttributeTest>();
        if (holder.Object(member) is { } condition)
        {
            foreach (var item in condition.Objects("all", min: 0))
            {
                var attribute = Attribute(item, type);
                if (Test(item, "attr", attribute) is { } test)
                {
                    tests.Add(test);
                }
                item.Close();
            }
            condition.Close();
        }
        return new Condition(tests);
    }

    private static AttributeDefinition? Attribute(FileObject item, MilestoneTypeDraft? type)
    {
        if (item.Text("attr") is not { } code || type is null)
        {
            return null;
        }
        if (!type.Attributes.TryGetValue(code, out var attribute))
        {
            item.Fault("attr", $"{type.Code} has no such attribute: {code}");
        }
        return attribute;
    }

    /// <summary>The test of a field whose meaning is known; <paramref name="field"/> null: its fault is noted elsewhere.</summary>
    public static AttributeTest? Test(FileObject item, string member, AttributeDefinition? field)
    {
        var code = item.Text(member);
        var op = item.Word("op", Operators);
        var value = item.Take("value");
        if (code is null || op is null || value is null || field is null)
        {
            return null;
        }
        if (!Fits(op.Value, field.Type))
        {
            item.Fault("op", $"does not fit an attribute of type {field.Type.ToString().ToLowerInvariant()}");
            return null;
        }
        var values = op is ConditionOperator.In or ConditionOperator.Between
            ? item.Items("value", min: op == ConditionOperator.In ? 1 : 0).ToList()
            : [(value.Value, item.At("value"))];
        if (op == ConditionOperator.Between && values.Count != 2)
        {
            item.Fault("value", "must be a list of two numbers: the lower and the upper bound");
            return null;
        }
        var read = new List<AttributeValue>();
        foreach (var (element, path) in values)
        {
            if (Value(item, element, path, field) is not { } one)
            {
                continue;
            }
            if (op == ConditionOperator.In && read.Contains(one))
            {
                item.FaultAt(path, $"named twice: {one}");
            }
            read.Add(one);
        }
        if (op == ConditionOperator.Between && read.Count == 2 && read[0].Number > read[1].Number)
        {
            item.Fault("value", "the lower bound is above the upper one");
        }
        return new AttributeTest(code, op.Value, read);
    }

    private static bool Fits(ConditionOperator op, AttributeType type) =>
        type switch
        {
            AttributeType.Integer or AttributeType.Decimal => true,
            AttributeType.String or AttributeType.Enum => op is ConditionOperator.Eq or ConditionOperator.In,
            AttributeType.Boolean => op == ConditionOperator.Eq,
            _ => false,
        };

    private static AttributeValue? Value(FileObject item, JsonElement element, string path, AttributeDefinition field)
    {
        switch (field.Type)
        {
            case AttributeType.Boolean when element.ValueKind is JsonValueKind.True or JsonValueKind.False:
                return AttributeValue.Of(element.GetBoolean());
            case AttributeType.Integer
            or AttributeType.Decimal when element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number):
                if (field.Type == AttributeType.Integer && number % 1 != 0)
                {
                    break;
                }
                if (number < field.Min || number > field.Max)
                {
                    item.FaultAt(path, $"{field.Code} can never be {number}");
                }
                return AttributeValue.Of(number);
            case AttributeType.String or AttributeType.Enum when item.TextAt(element, path) is { } text:
                if (field.Type == AttributeType.Enum && field.Allowed.All(a => a.Code != text))
                {
                    item.FaultAt(path, $"{field.Code} can never be {text}");
                }
                return AttributeValue.Of(text);
            case AttributeType.String or AttributeType.Enum:
                return null;
        }
        item.FaultAt(path, $"must be a value of type {field.Type.ToString().ToLowerInvariant()}");
        return null;
    }
}
