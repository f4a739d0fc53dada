namespace CareerCoordinates.Domain.Frameworks;

/// <summary>The lists of words that other parts of the file refer to by code.</summary>
internal sealed class WordLists
{
    public required IReadOnlyList<CodedName> MilestoneKinds { get; init; }
    public required IReadOnlyList<CodedName> KeyNodes { get; init; }
    public required IReadOnlyDictionary<string, Name> Kinds { get; init; }
    public required IReadOnlyDictionary<string, Name> Nodes { get; init; }
    public required IReadOnlyDictionary<string, Name> VerifierRoles { get; init; }
    public required IReadOnlyCollection<string> EmployerBodies { get; init; }
    public required IReadOnlyDictionary<string, Name> EvidenceTypes { get; init; }
    public required IReadOnlyDictionary<string, Name> EmploymentForms { get; init; }
    public required IReadOnlyDictionary<string, Name> Units { get; init; }

    /// <summary>Of the units that say so: the decimal places that an entered number may have.</summary>
    public required IReadOnlyDictionary<string, int> Decimals { get; init; }
    private IReadOnlyDictionary<string, Name> Validities { get; init; } = new Dictionary<string, Name>();
    private IReadOnlyDictionary<string, Name> Marks { get; init; } = new Dictionary<string, Name>();

    public static WordLists Read(FileObject root)
    {
        Exactly(root, "periods", MilestoneTypeDraft.Periods.Keys);
        Exactly(root, "attainments", ChannelDraft.Attainments.Keys);
        Exactly(root, "sensitivities", MilestoneTypeDraft.Sensitivities.Keys);
        Exactly(root, "grantModes", GrantReader.Modes.Keys);
        var kinds = Read(root, "milestoneKinds");
        var nodes = Read(root, "keyNodes", required: false, min: 0);
        var employers = new List<string>();
        var verifiers = Read(
            root,
            "verifierRoles",
            closed: (item, code) =>
            {
                if (item.Flag("employerSide", required: false) == true && code is not null)
                {
                    employers.Add(code);
                }
            }
        );
        var decimals = new Dictionary<string, int>();
        var units = Read(
            root,
            "units",
            required: false,
            min: 0,
            closed: (item, code) =>
            {
                if (item.Integer("decimals", 0, Limits.AttributeDecimalPlaces, required: false) is { } places && code is not null)
                {
                    decimals[code] = places;
                }
            }
        );
        return new WordLists
        {
            MilestoneKinds = kinds,
            KeyNodes = nodes,
            Kinds = ByCode(kinds),
            Nodes = ByCode(nodes),
            VerifierRoles = ByCode(verifiers),
            EmployerBodies = employers,
            EvidenceTypes = ByCode(Read(root, "evidenceTypes")),
            EmploymentForms = ByCode(Read(root, "employmentForms")),
            Units = ByCode(units),
            Decimals = decimals,
            Validities = ByCode(Read(root, "validities", required: false, min: 0)),
            Marks = ByCode(Read(root, "statusMarks", required: false, min: 0, marks: true)),
        };
    }

    /// <summary>A list of <c>{code, zh, en}</c> whose codes differ; <paramref name="closed"/> reads what else an entry has.</summary>
    public static IReadOnlyList<CodedName> Read(
        FileObject holder,
        string member,
        bool required = true,
        int min = 1,
        bool marks = false,
        Action<FileObject, string?>? closed = null
    )
    {
        var found = new List<CodedName>();
        foreach (var item in holder.Objects(member, required, min))
        {
            var code = marks ? item.Mark("code") : item.Code();
            var name = item.Name();
            closed?.Invoke(item, code);
            item.NameAt("meaning", required: false);
            item.Close();
            if (code is not null && found.Any(f => f.Code == code))
            {
                item.Fault("code", "declared twice: " + code);
            }
            else if (code is not null)
            {
                found.Add(new CodedName(code, name ?? FrameworkReader.Nameless));
            }
        }
        return found;
    }

    public void Status(FileObject item) => item.Reference("status", Marks, "status mark", required: false);

    public void Validity(FileObject item) => item.Reference("validity", Validities, "validity", required: false);

    private static Dictionary<string, Name> ByCode(IReadOnlyList<CodedName> list) => list.ToDictionary(n => n.Code, n => n.Name);

    /// <summary>Words that the program knows itself; the file only names them.</summary>
    private static void Exactly(FileObject root, string member, IEnumerable<string> known)
    {
        var named = Read(root, member).Select(n => n.Code).ToList();
        if (root.Has(member) && !named.Order().SequenceEqual(known.Order()))
        {
            root.Fault(member, "must name exactly " + string.Join(", ", known));
        }
    }
}
