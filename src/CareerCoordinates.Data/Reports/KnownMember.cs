using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A worker on a day; what figures ask of him is looked up only where one asks. Filled again and again: there are millions.</summary>
internal sealed class KnownMember(OrganizationTree organizations, ProjectedCodes codes)
{
    private readonly FigureFacts facts = new();
    private Member member;
    private MemberFields known;
    private int day;

    public void Begin(ulong recordKey, in Member with, int on)
    {
        (facts.Workers, facts.Rungs) = (default(Cell).With(recordKey), with.Rungs);
        (member, known, day) = (with, MemberFields.None, on);
    }

    /// <summary>What is known of him, the fields asked for at least.</summary>
    public FigureFacts With(MemberFields asked)
    {
        var missing = asked & ~known;
        if (missing != MemberFields.None)
        {
            if (missing.HasFlag(MemberFields.Gender))
            {
                facts.Gender = MemberTexts.Of(member.Gender);
            }
            if (missing.HasFlag(MemberFields.MigrantWorker))
            {
                facts.MigrantWorker = MemberTexts.Of(member.MigrantWorker);
            }
            if (missing.HasFlag(MemberFields.EmploymentForm))
            {
                facts.EmploymentForm = MemberTexts.OfForm(member.Form, codes);
            }
            if (missing.HasFlag(MemberFields.Organization))
            {
                facts.Organization = organizations.FactsOn(member.Organization, day);
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
