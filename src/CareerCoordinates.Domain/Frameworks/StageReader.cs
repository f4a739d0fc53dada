using System.Collections.Frozen;
using System.Text.Json;

namespace CareerCoordinates.Domain.Frameworks;

/// <summary>Reads the stages: each must begin where the one before ends, the first at 0; the last has no end.</summary>
internal sealed class StageReader(IReadOnlyDictionary<string, MilestoneTypeDraft> types, int levelCount)
{
    /// <summary>What reports say where there is no stage; a stage of that code could not be told from it.</summary>
    private static readonly FrozenSet<string> ReservedStages = FrozenSet.Create("unknown");

    public IReadOnlyList<Stage> ReadAll(FileObject root)
    {
        var stages = new List<Stage>();
        var codes = new HashSet<string>();
        decimal? expected = 0;
        var items = root.Objects("stages");
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var code = item.Code();
            if (code is not null && !codes.Add(code))
            {
                item.Fault("code", "declared twice: " + code);
            }
            if (code is not null && ReservedStages.Contains(code))
            {
                item.Fault("code", "reserved: " + code);
            }
            var from = Years(item, "fromYears");
            if (from is not null && expected is not null && from != expected)
            {
                item.Fault(
                    "fromYears",
                    i == 0 ? "the first stage begins at 0" : $"must begin where the stage before ends: {expected}"
                );
            }
            decimal? to = null;
            if (i < items.Count - 1)
            {
                to = Years(item, "toYears");
                if (to <= from)
                {
                    item.Fault("toYears", "must be later than fromYears");
                }
            }
            else if (item.Take("toYears") is { ValueKind: not JsonValueKind.Null })
            {
                item.Fault("toYears", "the last stage has no end: must be null");
            }
            expected = to;
            stages.Add(
                new Stage(code ?? "", item.Name() ?? FrameworkReader.Nameless, from ?? 0, to, Measures(item))
                {
                    TypicalLevels = TypicalLevels(item),
                }
            );
            item.NameAt("why", required: false);
            item.Close();
        }
        return stages;
    }

    private static decimal? Years(FileObject item, string member)
    {
        var years = item.Number(member);
        if (years is { } given && (given is < 0 or > 100 || given * 10 % 1 != 0))
        {
            item.Fault(member, "must be years from 0 to 100 with at most one decimal");
        }
        return years;
    }

    private List<string> Measures(FileObject stage)
    {
        var measures = new List<string>();
        foreach (var (code, path) in stage.Texts("measures"))
        {
            if (!types.TryGetValue(code, out var type))
            {
                stage.FaultAt(path, "no such milestone type: " + code);
            }
            else if (type.IsRestricted)
            {
                stage.FaultAt(path, "a restricted type must not be a measure: next steps would show who has it");
            }
            else if (measures.Contains(code))
            {
                stage.FaultAt(path, "named twice: " + code);
            }
            measures.Add(code);
        }
        return measures;
    }

    private List<int> TypicalLevels(FileObject stage)
    {
        var levels = new List<int>();
        foreach (var (value, path) in stage.Items("typicalLevels", required: false))
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var level) && level >= 1 && level <= levelCount)
            {
                levels.Add(level);
            }
            else
            {
                stage.FaultAt(path, $"must be a level from 1 to {levelCount}");
            }
        }
        return levels;
    }
}
