using System.Collections.Frozen;
using System.Text.Json;

namespace CareerCoordinates.Domain.Frameworks;

/// <summary>Reads one computed figure of an indicator: what it counts, of whom, broken down by what.</summary>
internal sealed class FigureReader(
    WordLists words,
    IReadOnlyDictionary<string, MilestoneTypeDraft> types,
    IReadOnlyDictionary<string, ChannelDraft> channels
)
{
    private readonly FrozenDictionary<string, AttributeDefinition> workerFields = Fields(
        Field("gender", AttributeType.Enum, "female", "male"),
        Field("migrantWorker", AttributeType.Boolean),
        Field("employmentForm", AttributeType.Enum, [.. words.EmploymentForms.Keys]),
        Field("industrialWorker", AttributeType.Boolean)
    );

    private static readonly FrozenDictionary<string, AttributeDefinition> OrganizationFields = Fields(
        Field(
            "kind",
            AttributeType.Enum,
            "district-federation",
            "street-union",
            "industry-union",
            "enterprise-union",
            "enterprise"
        ),
        Field("industrySection", AttributeType.Enum, [.. Enumerable.Range('A', 20).Select(c => ((char)c).ToString())]),
        Field("tag", AttributeType.String)
    );

    private static AttributeDefinition Field(string code, AttributeType type, params string[] allowed) =>
        new(
            code,
            FrameworkReader.Nameless,
            type,
            false,
            null,
            [.. allowed.Select(a => new CodedName(a, FrameworkReader.Nameless))]
        );

    private static FrozenDictionary<string, AttributeDefinition> Fields(params AttributeDefinition[] fields) =>
        fields.ToFrozenDictionary(f => f.Code);

    /// <param name="codes">Codes of the indicator's figures so far; the figure's own is added.</param>
    public Figure? Read(FileObject item, HashSet<string> codes)
    {
        var code = item.Code();
        var name = item.Name();
        var unit = item.Reference("unit", words.Units, "unit");
        var selected = Selection(item, out var milestones);
        var measure = Measure(item, milestones, selected, codes);
        CheckSubject(item, measure, milestones);
        var rung = RungOf(item);
        var where = Where(item, measure, selected);
        var by = By(item, selected, milestones);
        item.Close();
        if (code is not null && !codes.Add(code))
        {
            item.Fault("code", "declared twice: " + code);
        }
        if (code is null || name is null || unit is null || measure is null)
        {
            return null;
        }
        return new Figure(code, name, unit, measure)
        {
            Milestones = milestones,
            Rung = rung,
            Where = where,
            By = by,
        };
    }

    /// <summary>The types that a figure looks at; empty if none, or if its own fault is noted.</summary>
    private List<MilestoneTypeDraft> Selection(FileObject item, out MilestoneSelection? selection)
    {
        selection = null;
        var inForce = item.Flag("inForce", required: false);
        if (item.Has("type") && item.Has("kind"))
        {
            item.Fault("kind", "must not be given beside type");
        }
        var type = item.Reference("type", types, "milestone type", required: false);
        var kind = item.Reference("kind", words.Kinds, "milestone kind", required: false);
        if (!item.Has("type") && !item.Has("kind"))
        {
            if (inForce is not null)
            {
                item.Fault("inForce", "only beside type or kind");
            }
            return [];
        }
        selection = new MilestoneSelection(type, type is null ? kind : null, inForce ?? false);
        return [.. types.Values.Where(t => type is not null ? t.Code == type : t.Kind == kind && kind is not null)];
    }

    private static FigureMeasure? Measure(
        FileObject item,
        MilestoneSelection? milestones,
        List<MilestoneTypeDraft> selected,
        HashSet<string> figuresBefore
    )
    {
        if (new[] { "count", "sum", "share" }.Count(item.Has) != 1)
        {
            item.FaultAt(item.Path, "must have one of count, sum and share");
        }
        if (item.Has("share"))
        {
            return Share(item, figuresBefore);
        }
        if (item.Has("sum"))
        {
            var attribute = item.Text("sum");
            Declared(item, item.At("sum"), attribute, milestones, selected, numeric: true);
            return attribute is null ? null : new FigureMeasure.Sum(attribute);
        }
        if (item.Take("count", required: false) is not { } count)
        {
            return null;
        }
        if (count.ValueKind == JsonValueKind.Object && item.Object("count") is { } inner)
        {
            var keys = inner.Texts("distinct", min: 1);
            foreach (var (key, path) in keys.Where(k => k.Text != FigureMeasure.OccurredOnKey))
            {
                Declared(item, path, key, milestones, selected, numeric: false);
            }
            inner.Close();
            return new FigureMeasure.CountDistinct([.. keys.Select(k => k.Text)]);
        }
        switch (item.Text("count"))
        {
            case "workers":
                return new FigureMeasure.CountWorkers();
            case "organizations":
                return new FigureMeasure.CountOrganizations();
            case "milestones":
                return new FigureMeasure.CountMilestones();
            case not null:
                item.Fault("count", "must be workers, organizations, milestones or {distinct: […]}");
                break;
        }
        return null;
    }

    private static FigureMeasure.Share? Share(FileObject item, HashSet<string> figuresBefore)
    {
        var figures = item.Texts("share");
        if (figures.Count != 2)
        {
            item.Fault("share", "must name two figures: the part and the whole");
            return null;
        }
        foreach (var (code, path) in figures.Where(f => !figuresBefore.Contains(f.Text)))
        {
            item.FaultAt(path, "no such figure before this one: " + code);
        }
        return new FigureMeasure.Share(figures[0].Text, figures[1].Text);
    }

    private static void CheckSubject(FileObject item, FigureMeasure? measure, MilestoneSelection? milestones)
    {
        var ofMilestones = measure is FigureMeasure.CountMilestones or FigureMeasure.CountDistinct or FigureMeasure.Sum;
        if (ofMilestones && milestones is null)
        {
            item.FaultAt(item.Path, "a figure of milestones must have type or kind");
        }
        if (measure is FigureMeasure.CountOrganizations or FigureMeasure.Share)
        {
            foreach (var member in new[] { "type", "kind", "inForce", "rung" }.Where(item.Has))
            {
                item.Fault(member, "does not fit what is counted");
            }
        }
    }

    /// <summary>Of a kind, one type that has the attribute is enough: a milestone that lacks it is not met or adds nothing.</summary>
    private static AttributeDefinition? Declared(
        FileObject item,
        string path,
        string? attribute,
        MilestoneSelection? milestones,
        List<MilestoneTypeDraft> selected,
        bool numeric
    )
    {
        if (attribute is null || milestones is null || selected.Count == 0)
        {
            return null;
        }
        var having = selected.Where(t => t.Attributes.ContainsKey(attribute)).ToList();
        if (having.Count == 0)
        {
            item.FaultAt(path, $"{milestones.Type ?? milestones.Kind} has no such attribute: {attribute}");
            return null;
        }
        var definitions = having.Select(t => t.Attributes[attribute]).OfType<AttributeDefinition>().ToList();
        if (definitions.Select(d => d.Type).Distinct().Count() > 1)
        {
            item.FaultAt(path, $"{attribute} has different types within the kind {milestones.Kind}");
            return null;
        }
        if (numeric && definitions.Exists(d => d.Type is not (AttributeType.Integer or AttributeType.Decimal)))
        {
            item.FaultAt(path, $"{attribute} is no number");
        }
        return definitions.Count == 0
            ? null
            : definitions[0] with
            {
                Allowed = [.. definitions.SelectMany(d => d.Allowed).Distinct()],
                Min = null,
                Max = null,
            };
    }

    private RungSelection? RungOf(FileObject item)
    {
        if (item.Object("rung", required: false) is not { } reference)
        {
            return null;
        }
        var channel = reference.Reference("channel", channels, "channel");
        var member = reference.Has("atLeast") ? "atLeast" : "is";
        if (reference.Has("atLeast") && reference.Has("is"))
        {
            item.Fault("rung", "must have one of is and atLeast");
        }
        var code = reference.Text(member);
        reference.Close();
        if (channel is null || code is null)
        {
            return null;
        }
        if (channels[channel].Find(code) is not { Complete: { } rung })
        {
            reference.Fault(member, $"no such rung in {channel}: {code}");
            return null;
        }
        return new RungSelection(rung, member == "atLeast");
    }

    private List<FigureTest> Where(FileObject item, FigureMeasure? measure, List<MilestoneTypeDraft> selected)
    {
        var tests = new List<FigureTest>();
        if (item.Object("where", required: false) is not { } where)
        {
            return tests;
        }
        if (measure is FigureMeasure.Share)
        {
            item.Fault("where", "does not fit what is counted");
        }
        foreach (var test in where.Objects("all"))
        {
            if (Test(test, measure, selected) is { } read)
            {
                tests.Add(read);
            }
            test.Close();
        }
        where.Close();
        return tests;
    }

    private FigureTest? Test(FileObject test, FigureMeasure? measure, List<MilestoneTypeDraft> selected)
    {
        string[] subjects = ["attr", "worker", "organization"];
        var given = subjects.Where(test.Has).ToList();
        if (given.Count != 1)
        {
            test.FaultAt(test.Path, "must have one of attr, worker and organization");
            foreach (var member in subjects.Append("op").Append("value"))
            {
                test.Take(member, required: false);
            }
            return null;
        }
        var code = test.Text(given[0]);
        AttributeDefinition? field = null;
        if (given[0] == "attr")
        {
            if (code is not null && selected.Count == 0)
            {
                test.Fault("attr", "only for figures with type or kind");
            }
            var selection = new MilestoneSelection(selected.FirstOrDefault()?.Code, null, false);
            field = Declared(test, test.At("attr"), code, selection, selected, numeric: false);
        }
        else
        {
            if (given[0] == "worker" && measure is FigureMeasure.CountOrganizations)
            {
                test.Fault("worker", "does not fit what is counted");
            }
            var fields = given[0] == "worker" ? workerFields : OrganizationFields;
            field = code is null ? null : fields.GetValueOrDefault(code);
            if (code is not null && field is null)
            {
                test.Fault(given[0], "must be one of " + string.Join(", ", fields.Keys.Order()));
            }
        }
        var subject =
            given[0] == "attr" ? FigureSubject.Attribute
            : given[0] == "worker" ? FigureSubject.Worker
            : FigureSubject.Organization;
        return ConditionReader.Test(test, given[0], field) is { } read ? new FigureTest(subject, read) : null;
    }

    private static FigureGrouping? By(FileObject item, List<MilestoneTypeDraft> selected, MilestoneSelection? milestones)
    {
        if (item.Take("by", required: false) is not { } by)
        {
            return null;
        }
        if (by.ValueKind == JsonValueKind.Object && item.Object("by") is { } inner)
        {
            var attribute = inner.Text("attr");
            if (milestones is null)
            {
                inner.Fault("attr", "only for figures with type or kind");
            }
            Declared(inner, inner.At("attr"), attribute, milestones, selected, numeric: false);
            inner.Close();
            return attribute is null ? null : new FigureGrouping(FigureGroupingKind.Attribute, attribute);
        }
        switch (item.Text("by"))
        {
            case "type" when milestones is not null:
                return new FigureGrouping(FigureGroupingKind.MilestoneType, null);
            case "rung" when item.Has("rung"):
                return new FigureGrouping(FigureGroupingKind.Rung, null);
            case "type":
                item.Fault("by", "type: only for figures with type or kind");
                break;
            case "rung":
                item.Fault("by", "rung: only for figures with rung");
                break;
            case not null:
                item.Fault("by", "must be type, rung or {attr}");
                break;
        }
        return null;
    }
}
