using System.Text.Json;

namespace CareerCoordinates.Domain.Frameworks;

/// <summary>A milestone type as declared, with its attributes; its grants are read later, when all rungs are known.</summary>
internal sealed class MilestoneTypeDraft
{
    public static readonly Dictionary<string, MilestonePeriod> Periods = new()
    {
        ["point"] = MilestonePeriod.Point,
        ["open"] = MilestonePeriod.Open,
        ["term"] = MilestonePeriod.Term,
    };

    public static readonly Dictionary<string, Sensitivity> Sensitivities = new()
    {
        ["normal"] = Sensitivity.Normal,
        ["personal"] = Sensitivity.Personal,
        ["restricted"] = Sensitivity.Restricted,
    };

    private static readonly Dictionary<string, ProgrammePartKind> FiledUnder = new()
    {
        ["main-line"] = ProgrammePartKind.MainLine,
        ["initiative"] = ProgrammePartKind.Initiative,
        ["service"] = ProgrammePartKind.Service,
    };

    private static readonly Dictionary<string, bool> Ends = new() { ["affiliation"] = true };

    private readonly FileObject file;
    private readonly WordLists words;

    private MilestoneTypeDraft(FileObject file, string code, WordLists words)
    {
        this.file = file;
        this.words = words;
        Code = code;
    }

    public string Code { get; }

    public string? Kind { get; private set; }

    public bool IsRestricted { get; private set; }

    /// <summary>By code; null for one whose own faults are noted, so that what refers to it is not faulted too.</summary>
    public Dictionary<string, AttributeDefinition?> Attributes { get; } = [];

    public static IReadOnlyList<MilestoneTypeDraft> DeclareAll(
        FileObject root,
        Dictionary<string, MilestoneTypeDraft> byCode,
        WordLists words
    )
    {
        var drafts = new List<MilestoneTypeDraft>();
        foreach (var file in root.Objects("milestoneTypes"))
        {
            var code = file.Code();
            var draft = new MilestoneTypeDraft(file, code ?? "", words);
            if (code is not null && !byCode.TryAdd(code, draft))
            {
                file.Fault("code", "declared twice: " + code);
            }
            draft.Declare();
            drafts.Add(draft);
        }
        return drafts;
    }

    private Sensitivity? sensitivity;

    private void Declare()
    {
        Kind = file.Reference("kind", words.Kinds, "milestone kind");
        sensitivity = file.Word("sensitivity", Sensitivities);
        IsRestricted = sensitivity == Sensitivity.Restricted;
        foreach (var item in file.Objects("attributes", min: 0))
        {
            AttributeReader.Read(item, words, Attributes);
        }
    }

    public MilestoneType? Complete(IReadOnlyDictionary<string, ChannelDraft> channels, IReadOnlyList<ProgrammePart> parts)
    {
        var name = file.Name();
        var period = file.Word("period", Periods);
        var enabled = file.Flag("enabled");
        var keyNode = file.Reference("keyNode", words.Nodes, "key node", required: false);
        var belongsTo = ProgrammeReference.Read(file, FiledUnder, parts);
        var evidence = file.References("evidence", words.EvidenceTypes, "evidence type");
        var verifiedBy = file.References("verifiedBy", words.VerifierRoles, "verifier role", min: 1);
        var ends = file.Word("endsWith", Ends, required: false);
        var grants = GrantReader.ReadAll(file, this, channels, words);
        if (
            IsRestricted
            && file.Take("grants", required: false) is { ValueKind: JsonValueKind.Array } list
            && list.GetArrayLength() > 0
        )
        {
            file.Fault("grants", "a restricted type must grant nothing: the coordinate would show who has it");
        }
        words.Status(file);
        file.NameAt("note", required: false);
        file.NameAt("origin", required: false);
        file.Close();
        if (name is null || period is null || enabled is null || sensitivity is null || Kind is null)
        {
            return null;
        }
        return new MilestoneType(
            Code,
            Kind,
            name,
            period.Value,
            enabled.Value,
            sensitivity.Value,
            keyNode,
            [.. Attributes.Values.OfType<AttributeDefinition>()],
            grants,
            evidence,
            verifiedBy
        )
        {
            BelongsTo = belongsTo,
            EndsWithAffiliation = ends ?? false,
        };
    }
}

/// <summary>Reads <c>belongsTo: {kind, code}</c>: the line of the programme under which something is filed.</summary>
internal static class ProgrammeReference
{
    public static ProgrammePart? Read(
        FileObject holder,
        IReadOnlyDictionary<string, ProgrammePartKind> kinds,
        IReadOnlyList<ProgrammePart> parts
    )
    {
        if (holder.Object("belongsTo", required: false) is not { } reference)
        {
            return null;
        }
        var kind = reference.Word("kind", kinds);
        var code = reference.Text("code");
        reference.Close();
        var found = parts.FirstOrDefault(p => p.Kind == kind && p.Code == code);
        if (kind is not null && code is not null && found is null)
        {
            reference.Fault("code", $"no such {reference.Text("kind")}: {code}");
        }
        return found;
    }
}
