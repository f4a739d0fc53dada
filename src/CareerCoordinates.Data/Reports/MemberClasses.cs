using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>
/// Workers who are alike in all that figures of workers ask, as one number. Safe for several threads; a number once given stays.
/// </summary>
internal sealed class MemberClasses
{
    private const int First = -1;

    /// <summary>From here on a field is the rung held in a channel.</summary>
    private const int Rungs = (int)MemberFields.Organization + 1;

    private readonly Links links = new();
    private readonly MemberFields asked;
    private readonly int[] channels;
    private readonly int everybody;

    public MemberClasses(IReadOnlyList<FigureCount> figures, int channels)
    {
        asked = figures.Aggregate(MemberFields.None, (fields, figure) => fields | figure.Asks);
        this.channels = [.. Enumerable.Range(0, channels).Where(c => figures.Any(f => f.Channel?.Index == c))];
        everybody = links.Of(new(First, First, First));
    }

    public bool AskForRungs => channels.Length > 0;

    public int Of(KnownMember member)
    {
        var number = everybody;
        if (asked != MemberFields.None)
        {
            number = With(number, MemberFields.Gender, (int)member.Gender);
            number = With(number, MemberFields.MigrantWorker, (int)member.MigrantWorker);
            number = With(number, MemberFields.EmploymentForm, member.Form);
            number = With(number, MemberFields.Organization, member.Organization);
        }
        foreach (var channel in channels)
        {
            number = links.Of(new(number, Rungs + channel, member.Rungs[channel]));
        }
        return number;
    }

    /// <summary>What is known of the workers of a class.</summary>
    public void Read(long number, FigureFacts facts, ProjectedCodes codes, Func<int, OrganizationFacts> organizationOf)
    {
        for (var link = links[(int)number]; link.Attribute != First; link = links[link.Before])
        {
            var value = (int)link.Value;
            switch (link.Attribute)
            {
                case (int)MemberFields.Gender:
                    facts.Gender = MemberTexts.Of((ProjectedGender)value);
                    break;
                case (int)MemberFields.MigrantWorker:
                    facts.MigrantWorker = MemberTexts.Of((ProjectedFlag)value);
                    break;
                case (int)MemberFields.EmploymentForm:
                    facts.EmploymentForm = MemberTexts.OfForm(value, codes);
                    break;
                case (int)MemberFields.Organization:
                    facts.Organization = organizationOf(value);
                    break;
                default:
                    facts.Rungs[link.Attribute - Rungs] = (byte)value;
                    break;
            }
        }
    }

    private int With(int before, MemberFields field, int value) =>
        asked.HasFlag(field) ? links.Of(new(before, (int)field, value)) : before;
}
