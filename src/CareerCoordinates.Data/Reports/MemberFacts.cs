using System.Collections.Concurrent;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A worker on a day; what figures ask of him is looked up only where one asks. Filled again and again: there are millions.</summary>
internal sealed class KnownMember(int channels, OrganizationFactsReading organizations, ProjectedCodes codes)
{
    private readonly FigureFacts facts = new() { Rungs = new byte[channels] };
    private MemberFields known;
    private int day;

    public byte[] Rungs => facts.Rungs;

    public int Organization { get; private set; }

    public ProjectedGender Gender { get; private set; }

    public ProjectedFlag MigrantWorker { get; private set; }

    public int Form { get; private set; }

    /// <param name="member">Its rungs are in <see cref="Rungs"/>.</param>
    public void Begin(Guid worker, ulong recordKey, in Member member, int on)
    {
        facts.Worker = worker;
        facts.RecordKey = recordKey;
        (Organization, Gender, MigrantWorker, Form) = (member.Organization, member.Gender, member.MigrantWorker, member.Form);
        (known, day) = (MemberFields.None, on);
    }

    /// <summary>What is known of him, the fields asked for at least.</summary>
    public FigureFacts With(MemberFields asked)
    {
        var missing = asked & ~known;
        if (missing != MemberFields.None)
        {
            if (missing.HasFlag(MemberFields.Gender))
            {
                facts.Gender = MemberTexts.Of(Gender);
            }
            if (missing.HasFlag(MemberFields.MigrantWorker))
            {
                facts.MigrantWorker = MemberTexts.Of(MigrantWorker);
            }
            if (missing.HasFlag(MemberFields.EmploymentForm))
            {
                facts.EmploymentForm = MemberTexts.OfForm(Form, codes);
            }
            if (missing.HasFlag(MemberFields.Organization))
            {
                facts.Organization = organizations.On(Organization, day);
            }
            known |= missing;
        }
        return facts;
    }
}

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

/// <summary>
/// What figures ask of organisations. Nearly all keep their industry, and few differ in more than kind and section: one thing is kept for all
/// that are alike, so that millions of workers ask what is near at hand. Safe for several threads.
/// </summary>
internal sealed class OrganizationFactsReading(OrganizationTree tree)
{
    private readonly OrganizationFacts?[] always = new OrganizationFacts?[tree.Count];
    private readonly ConcurrentDictionary<(OrganizationKind Kind, string? Section), OrganizationFacts> withoutTags = [];

    public OrganizationFacts On(int place, int day) => always[place] ?? Read(place, day);

    private OrganizationFacts Read(int place, int day)
    {
        var industry = tree.IndustryOf(place);
        var (kind, section, tags) = (tree.KindOf(place), industry.On(day)?[..1], tree.TagsOf(place));
        var facts =
            tags.Count == 0
                ? withoutTags.GetOrAdd((kind, section), one => new(one.Kind, one.Section, []))
                : new OrganizationFacts(kind, section, tags);
        if (industry.Steps.Count == 1)
        {
            always[place] = facts;
        }
        return facts;
    }
}

/// <summary>Numbers of the columns as the framework writes them.</summary>
internal static class MemberTexts
{
    public static string? Of(ProjectedGender gender) =>
        gender switch
        {
            ProjectedGender.Female => "female",
            ProjectedGender.Male => "male",
            _ => null,
        };

    public static bool? Of(ProjectedFlag flag) =>
        flag switch
        {
            ProjectedFlag.Yes => true,
            ProjectedFlag.No => false,
            _ => null,
        };

    public static string? OfForm(int form, ProjectedCodes codes) => form == 0 ? null : codes.Forms[form];
}
