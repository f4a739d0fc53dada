using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>In what things milestones with one set of facts have a part, as a figure tells things apart.</summary>
internal sealed class ThingReading
{
    private readonly MilestoneFacts facts;
    private readonly Thing known;
    private readonly int ofDay;

    /// <summary>The attributes whose hidden texts tell apart, each at the place of its key; -1 at the other places.</summary>
    private readonly int[] ofHidden;

    public ThingReading(FigureMeasure.CountDistinct distinct, AttributeSet ofSet, MilestoneFacts facts)
    {
        this.facts = facts;
        ofDay = -1;
        ofHidden = new int[distinct.Keys.Count];
        for (var key = 0; key < ofHidden.Length; key++)
        {
            ofHidden[key] = -1;
            if (distinct.Keys[key] == FigureMeasure.OccurredOnKey)
            {
                ofDay = key;
            }
            else if (ofSet.TryGet(distinct.Keys[key], out var value))
            {
                known = known.With(key, facts.HashOf(distinct.Keys[key], value.ToString()));
            }
            else
            {
                ofHidden[key] = facts.FindAttribute(distinct.Keys[key]);
            }
        }
    }

    public Thing Of(in ProjectedMilestone milestone)
    {
        var thing = ofDay < 0 ? known : known.With(ofDay, milestone.DayAsGiven);
        var left = milestone.Facts;
        while (facts.TryTakeHidden(ref left, out var attribute, out var hash))
        {
            if (Array.IndexOf(ofHidden, attribute) is >= 0 and var key)
            {
                thing = thing.With(key, hash);
            }
        }
        return thing;
    }
}
