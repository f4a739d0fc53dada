using System.Runtime.CompilerServices;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>
/// Workers who are alike in all that figures ask of them on a day, and of their milestones in force then, as one number: few numbers stand for
/// millions. Safe for several threads; a number once given stays.
/// </summary>
internal sealed class AlikeWorkers
{
    private const int First = -1;

    /// <summary>The rungs held in the channels that are asked for.</summary>
    private const int Rungs = -2;

    /// <summary>No milestone of a set of <see cref="MilestoneFacts"/>, but fields alone.</summary>
    private const int NoSet = -1;

    /// <summary>The fields are at the end of what a link is of, the set above them.</summary>
    private const int Fields = (1 << BitsOfFields) - 1;
    private const int BitsOfFields = 4;

    private const int BitsOfCode = 8;
    private const int BitsOfPlace = 32;

    private readonly Links links = new();
    private readonly ulong channels;

    /// <summary>What is asked of each worker, his rungs apart.</summary>
    private readonly MemberFields asked;
    private readonly int everybody;

    /// <param name="ofWorkers">The figures that look at no milestones.</param>
    /// <param name="ofMilestones">Those that look at milestones in force.</param>
    public AlikeWorkers(IReadOnlyList<FigureCount> ofWorkers, IReadOnlyList<FigureCount> ofMilestones)
    {
        asked = ofWorkers.Aggregate(MemberFields.None, (fields, figure) => fields | figure.Asks);
        channels = HeldRungs.MaskOf(ofWorkers.Concat(ofMilestones).Select(f => f.Channel).OfType<Channel>().Select(c => c.Index));
        everybody = links.Of(new(First, First, First));
    }

    public bool AskForRungs => channels != 0;

    /// <summary>For each worker the number of those who are as he is in what is asked of each; <see cref="PeriodCounts.Absent"/> for who does not count.</summary>
    // Apart, for the reason that DayReading gives.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Number(ReadOnlySpan<Member> members, Span<int> numbers)
    {
        for (var worker = 0; worker < members.Length && worker < numbers.Length; worker++)
        {
            numbers[worker] = members[worker].IsPresent ? Of(members[worker]) : PeriodCounts.Absent;
        }
    }

    /// <summary>The same of workers who have numbers for another day: most are on both days who they are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Number(
        ReadOnlySpan<Member> members,
        Span<int> numbers,
        ReadOnlySpan<Member> others,
        ReadOnlySpan<int> numbersOfOthers,
        Span<bool> same
    )
    {
        for (var worker = 0; worker < members.Length && worker < numbers.Length; worker++)
        {
            ref readonly var member = ref members[worker];
            ref readonly var other = ref others[worker];
            var isSame =
                member.Organization == other.Organization
                && member.Form == other.Form
                && ((member.Rungs.Bits ^ other.Rungs.Bits) & channels) == 0;
            same[worker] = isSame;
            numbers[worker] =
                isSame ? numbersOfOthers[worker]
                : member.IsPresent ? Of(member)
                : PeriodCounts.Absent;
        }
    }

    private int Of(in Member member)
    {
        var number = AskForRungs ? links.Of(new(everybody, Rungs, (long)(member.Rungs.Bits & channels))) : everybody;
        return asked == MemberFields.None ? number : Of(number, NoSet, asked, member);
    }

    /// <summary>Those of a number who have a milestone more, and are as a worker in what the figures that take it ask.</summary>
    public int WhoHave(int number, FiguresOfSet figures, in Member member) =>
        Of(number, figures.Set, figures.InForce.Asks & ~asked, member);

    private int Of(int number, int set, MemberFields fields, in Member member)
    {
        var values = Mask(MemberFields.Gender, (byte)member.Gender);
        values = (values << BitsOfCode) | Mask(MemberFields.MigrantWorker, (byte)member.MigrantWorker);
        values = (values << BitsOfCode) | Mask(MemberFields.EmploymentForm, (byte)member.Form);
        values = (values << BitsOfPlace) | Mask(MemberFields.Organization, member.Organization);
        return links.Of(new(number, ((set + 1) << BitsOfFields) | (int)fields, values));

        long Mask(MemberFields field, int value) => (fields & field) == field ? value : 0L;
    }

    /// <summary>What is known of the workers of a number: facts of their own, and the sets of their milestones.</summary>
    public (FigureFacts Worker, IReadOnlyList<int> Milestones) Read(
        int number,
        ProjectedCodes codes,
        Func<int, OrganizationFacts> organizationOf
    )
    {
        var facts = new FigureFacts();
        var sets = new List<int>();
        for (var link = links[number]; link.Attribute != First; link = links[link.Before])
        {
            if (link.Attribute == Rungs)
            {
                facts.Rungs = new((ulong)link.Value);
                continue;
            }
            Read((MemberFields)(link.Attribute & Fields), link.Value);
            if ((link.Attribute >> BitsOfFields) - 1 is var set and not NoSet)
            {
                sets.Add(set);
            }
        }
        return (facts, sets);

        void Read(MemberFields fields, long values)
        {
            var form = values >> BitsOfPlace;
            var migrant = form >> BitsOfCode;
            var gender = migrant >> BitsOfCode;
            facts.Gender = Has(MemberFields.Gender) ? MemberTexts.Of((ProjectedGender)gender) : facts.Gender;
            facts.MigrantWorker = Has(MemberFields.MigrantWorker)
                ? MemberTexts.Of((ProjectedFlag)(byte)migrant)
                : facts.MigrantWorker;
            facts.EmploymentForm = Has(MemberFields.EmploymentForm)
                ? MemberTexts.OfForm((byte)form, codes)
                : facts.EmploymentForm;
            facts.Organization = Has(MemberFields.Organization) ? organizationOf((int)values) : facts.Organization;

            bool Has(MemberFields field) => (fields & field) == field;
        }
    }
}
