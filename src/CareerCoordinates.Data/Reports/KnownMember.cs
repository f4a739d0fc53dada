using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A worker on a day; what figures ask of him is looked up only where one asks. Filled again and again: there are millions.</summary>
internal sealed class KnownMember(int channels, OrganizationTree organizations, ProjectedCodes codes)
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
        facts.Workers = default(Cell).With(recordKey);
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
                facts.Organization = organizations.FactsOn(Organization, day);
            }
            known |= missing;
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
