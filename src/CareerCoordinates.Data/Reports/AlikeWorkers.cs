using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>
/// Workers who are alike in all that figures ask of them on a day, and of their milestones in force then, as one number: few numbers stand for
/// millions. Safe for several threads; a number once given stays.
/// </summary>
internal sealed class AlikeWorkers
{
    private const int First = -1;

    /// <summary>From here on a field is the rung held in a channel.</summary>
    private const int Rungs = (int)MemberFields.Organization + 1;

    /// <summary>A milestone by its set of <see cref="MilestoneFacts"/>.</summary>
    private const int Milestone = int.MaxValue;

    private readonly Links links = new();
    private readonly int[] channels;
    private readonly int everybody;

    /// <param name="ofWorkers">The figures that look at no milestones.</param>
    /// <param name="ofMilestones">Those that look at milestones in force.</param>
    public AlikeWorkers(IReadOnlyList<FigureCount> ofWorkers, IReadOnlyList<FigureCount> ofMilestones, int channels)
    {
        Asked = ofWorkers.Aggregate(MemberFields.None, (fields, figure) => fields | figure.Asks);
        this.channels =
        [
            .. Enumerable.Range(0, channels).Where(c => ofWorkers.Concat(ofMilestones).Any(f => f.Channel?.Index == c)),
        ];
        everybody = links.Of(new(First, First, First));
    }

    /// <summary>What is asked of each worker, his rungs apart.</summary>
    public MemberFields Asked { get; }

    public bool AskForRungs => channels.Length > 0;

    /// <summary>The number of those who are as a worker in what is asked of each.</summary>
    public int Of(KnownMember member)
    {
        var number = Those(everybody, member, Asked);
        foreach (var channel in channels)
        {
            number = links.Of(new(number, Rungs + channel, member.Rungs[channel]));
        }
        return number;
    }

    /// <summary>Those of a number who are as a worker in more fields.</summary>
    public int Those(int number, KnownMember member, MemberFields fields)
    {
        if (fields == MemberFields.None)
        {
            return number;
        }
        number = With(MemberFields.Gender, (int)member.Gender);
        number = With(MemberFields.MigrantWorker, (int)member.MigrantWorker);
        number = With(MemberFields.EmploymentForm, member.Form);
        return With(MemberFields.Organization, member.Organization);

        int With(MemberFields field, int value) => (fields & field) == field ? links.Of(new(number, (int)field, value)) : number;
    }

    /// <summary>Those of a number who have a milestone more.</summary>
    public int WhoHave(int number, int set) => links.Of(new(number, Milestone, set));

    /// <summary>What is known of the workers of a number: facts of their own, and the sets of their milestones.</summary>
    public (FigureFacts Worker, IReadOnlyList<int> Milestones) Read(
        int number,
        int allChannels,
        ProjectedCodes codes,
        Func<int, OrganizationFacts> organizationOf
    )
    {
        var facts = new FigureFacts { Rungs = new byte[allChannels] };
        var sets = new List<int>();
        for (var link = links[number]; link.Attribute != First; link = links[link.Before])
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
                case Milestone:
                    sets.Add(value);
                    break;
                default:
                    facts.Rungs[link.Attribute - Rungs] = (byte)value;
                    break;
            }
        }
        return (facts, sets);
    }
}
