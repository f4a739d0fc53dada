namespace CareerCoordinates.Domain.Frameworks;

/// <summary>Reads what a rung normally asks for (design §3.4).</summary>
internal sealed class RequirementReader(
    IReadOnlyDictionary<string, ChannelDraft> channels,
    IReadOnlyDictionary<string, MilestoneTypeDraft> types
)
{
    private const int MostYears = 80;
    private const int MostMilestones = 1000;

    public Requirement Read(FileObject rungFile, ChannelDraft channel, RungDraft rung)
    {
        var alternatives = new List<IReadOnlyList<RequirementLeaf>>();
        if (rungFile.Object("requirement") is { } requirement)
        {
            foreach (var alternative in requirement.Objects("anyOf"))
            {
                alternatives.Add([
                    .. alternative.Objects("allOf").Select(leaf => Leaf(leaf, channel, rung)).OfType<RequirementLeaf>(),
                ]);
                alternative.Close();
            }
            requirement.Close();
        }
        return new Requirement(alternatives);
    }

    private RequirementLeaf? Leaf(FileObject leaf, ChannelDraft channel, RungDraft rung)
    {
        var note = leaf.NameAt("note", required: false);
        var kind = leaf.Text("kind");
        RequirementLeaf? read;
        switch (kind)
        {
            case null:
                return null;
            case "milestone":
                read = MilestoneHad(leaf, note);
                break;
            case "rungHeld":
                read = RungHeld(leaf, channel, rung, note);
                break;
            case "yearsInCareer":
                read = Years(leaf) is { } career ? new RequirementLeaf.YearsInCareer(career, note) : null;
                break;
            case "yearsInOccupation":
                read = Years(leaf) is { } occupation ? new RequirementLeaf.YearsInOccupation(occupation, note) : null;
                break;
            case "minAge":
                read = leaf.Integer("min", 1, MostYears) is { } age ? new RequirementLeaf.MinAge(age, note) : null;
                break;
            case "judgement":
                read = leaf.Name() is { } name ? new RequirementLeaf.Judgement(name, note) : null;
                break;
            default:
                leaf.Fault("kind", "must be one of milestone, rungHeld, yearsInCareer, yearsInOccupation, minAge, judgement");
                return null;
        }
        leaf.Close();
        return read;
    }

    private RequirementLeaf.MilestoneHad? MilestoneHad(FileObject leaf, Name? note)
    {
        var code = leaf.Reference("type", types, "milestone type");
        var type = code is null ? null : types[code];
        if (type is { IsRestricted: true })
        {
            leaf.Fault("type", "a restricted type must not be required: next steps would show who has it");
        }
        var minCount = leaf.Integer("minCount", 1, MostMilestones);
        var where = ConditionReader.Read(leaf, "where", type);
        var minYearsSince = leaf.Integer("minYearsSince", 1, MostYears, required: false);
        return code is null || minCount is null ? null : new(code, minCount.Value, where, minYearsSince, note);
    }

    private RequirementLeaf.RungHeld? RungHeld(FileObject leaf, ChannelDraft own, RungDraft rung, Name? note)
    {
        var channel = leaf.Reference("channel", channels, "channel");
        var code = leaf.Text("rung");
        var years = leaf.Integer("minYears", 0, MostYears);
        if (channel is null || code is null || years is null)
        {
            return null;
        }
        if (channels[channel].Find(code) is not { } held)
        {
            leaf.Fault("rung", $"no such rung in {channel}: {code}");
            return null;
        }
        if (channel == own.Code && held.Order >= rung.Order)
        {
            leaf.Fault("rung", "a rung can ask only for a lower one of its channel");
        }
        return new(channel, code, years.Value, note);
    }

    private static decimal? Years(FileObject leaf)
    {
        var years = leaf.Number("min");
        if (years is { } given && (given is <= 0 or > MostYears || given * 10 % 1 != 0))
        {
            leaf.Fault("min", $"must be years above 0, at most {MostYears}, with at most one decimal");
        }
        return years;
    }
}
