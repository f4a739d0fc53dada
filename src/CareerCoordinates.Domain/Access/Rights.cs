namespace CareerCoordinates.Domain.Access;

/// <summary>What an account is for (design §5). A worker's own role comes with the account, the others are granted.</summary>
public enum Role
{
    /// <summary>The person himself: his own record and nobody else's.</summary>
    Worker,

    /// <summary>Keeps people, organisations and milestones of a subtree.</summary>
    Officer,

    /// <summary>Judges milestones of a subtree, of types for whose <c>verifiedBy</c> the grant acts.</summary>
    Verifier,

    /// <summary>Protected counts and what organisations entered; no person.</summary>
    Analyst,

    /// <summary>Accounts and grants, the roots of the tree, the clock; no personal record. For the whole tree only.</summary>
    Administrator,

    /// <summary>The audit trail and what organisations entered; writes nothing. Nobody is both auditor and administrator. For the whole tree only.</summary>
    Auditor,
}

/// <summary>What an endpoint needs. An endpoint names one; <see cref="Rights"/> says which roles have it.</summary>
public enum Right
{
    /// <summary>Any account that is signed in: the framework, one's own account.</summary>
    SignedIn,

    /// <summary>One's sign-in, password and API tokens: any account, but never through an API token.</summary>
    OwnAccount,

    /// <summary>One worker's record.</summary>
    ReadPerson,

    /// <summary>Lists and searches across workers.</summary>
    ListPeople,

    /// <summary>Workers and affiliations are recorded and changed.</summary>
    KeepPeople,

    /// <summary>An ID number is read in clear, with a reason that is kept.</summary>
    RevealIdNumbers,

    /// <summary>A person is made unreadable, which another one decides than the one who asks.</summary>
    ErasePeople,

    ReadOrganizations,

    /// <summary>Organisations below one's own are recorded and changed; roots need <see cref="KeepRoots"/>.</summary>
    KeepOrganizations,

    KeepRoots,

    /// <summary>Milestones are recorded, corrected, ended, withdrawn.</summary>
    SubmitMilestones,

    /// <summary>Milestones are verified, returned, rejected; four eyes apply.</summary>
    JudgeMilestones,

    /// <summary>Milestones are voided: by their recorder while never verified, else by one who may verify.</summary>
    VoidMilestones,

    /// <summary>An objection to what is recorded about oneself; an officer writes it down for who does not sign in.</summary>
    ContestMilestones,

    /// <summary>An answer to a worker's objection.</summary>
    AnswerContests,

    /// <summary>A worker is given a code by which he makes his account, or sets a new password.</summary>
    GiveClaimCodes,

    KeepAccounts,

    ReadAudit,

    /// <summary>Numbers of workers: exact for officers, protected for analysts and auditors.</summary>
    ReadReports,

    /// <summary>Questions are saved, and answered again, for the account itself; auditors write nothing.</summary>
    SaveReports,

    /// <summary>The people behind a number.</summary>
    ReadPeopleOfReports,

    /// <summary>What organisations entered for a year; it names no person.</summary>
    ReadEnteredFigures,

    /// <summary>Figures of a year are entered for an organisation, corrected, voided.</summary>
    KeepEnteredFigures,

    /// <summary>Spreadsheets are sent, checked, written and undone.</summary>
    ImportSheets,

    /// <summary>People are taken out as files, as many as a scope has.</summary>
    ExportPeople,

    /// <summary>The clock of the machine is confirmed.</summary>
    ConfirmClock,
}

/// <summary>Which roles have which right: deny by default.</summary>
public static class Rights
{
    private static readonly Dictionary<Role, HashSet<Right>> ByRole = new()
    {
        [Role.Worker] = [Right.ReadPerson, Right.SubmitMilestones, Right.VoidMilestones, Right.ContestMilestones],
        [Role.Officer] =
        [
            Right.ReadPerson,
            Right.ListPeople,
            Right.KeepPeople,
            Right.RevealIdNumbers,
            Right.ReadOrganizations,
            Right.KeepOrganizations,
            Right.SubmitMilestones,
            Right.VoidMilestones,
            Right.ContestMilestones,
            Right.AnswerContests,
            Right.GiveClaimCodes,
            Right.ReadReports,
            Right.SaveReports,
            Right.ReadPeopleOfReports,
            Right.ReadEnteredFigures,
            Right.KeepEnteredFigures,
            Right.ImportSheets,
            Right.ExportPeople,
        ],
        [Role.Verifier] =
        [
            Right.ReadPerson,
            Right.ListPeople,
            Right.ReadOrganizations,
            Right.SubmitMilestones,
            Right.JudgeMilestones,
            Right.VoidMilestones,
            Right.AnswerContests,
        ],
        [Role.Analyst] = [Right.ReadOrganizations, Right.ReadReports, Right.SaveReports, Right.ReadEnteredFigures],
        [Role.Administrator] =
        [
            Right.ReadOrganizations,
            Right.KeepOrganizations,
            Right.KeepRoots,
            Right.KeepAccounts,
            Right.ConfirmClock,
            Right.ErasePeople,
        ],
        [Role.Auditor] = [Right.ReadOrganizations, Right.ReadAudit, Right.ReadReports, Right.ReadEnteredFigures],
    };

    /// <summary>Accounts, rights, erasures and the trail are about the whole tree: there is no administrator or auditor of a part of it.</summary>
    public static bool IsForWholeTree(Role role) => role is Role.Administrator or Role.Auditor;

    public static bool Has(Role role, Right right) => right == Right.SignedIn || ByRole[role].Contains(right);
}
