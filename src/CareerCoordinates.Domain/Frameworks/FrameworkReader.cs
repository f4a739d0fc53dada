using System.Collections.Frozen;
using System.Text.Json;

namespace CareerCoordinates.Domain.Frameworks;

/// <summary>
/// Builds a <see cref="Framework"/> from a file's root object. Every part is read even where another is faulty, so that
/// all faults are found at once; codes are declared before anything that refers to them is resolved.
/// </summary>
internal sealed class FrameworkReader
{
    /// <summary>Words that reports and answers use where there is no rung; a rung of that code could not be told from them.</summary>
    private static readonly FrozenSet<string> ReservedRungs = FrozenSet.Create("none", "absent", "career-start");

    private static readonly Dictionary<string, LevelRule> LevelRules = new() { ["highest"] = LevelRule.Highest };

    private readonly FileObject root;
    private readonly Dictionary<string, MilestoneTypeDraft> types = [];
    private readonly Dictionary<string, ChannelDraft> channelDrafts = [];
    private readonly List<ProgrammePart> parts = [];
    private WordLists words = null!;

    private FrameworkReader(FileObject root) => this.root = root;

    public static Framework? Read(JsonElement element, List<FrameworkFault> faults)
    {
        if (FileObject.Open(element, "", faults) is not { } root)
        {
            return null;
        }
        var framework = new FrameworkReader(root).Read(faults);
        if (faults.Count > 0 || framework is null)
        {
            return null;
        }
        var canonical = FrameworkFile.Canonical(element);
        return framework(canonical, FrameworkFile.Hash(canonical));
    }

    private Func<string, string, Framework>? Read(List<FrameworkFault> faults)
    {
        root.Text("$schema", required: false);
        var code = root.Code();
        var version = root.Integer("version", 1, int.MaxValue);
        var name = root.Name();
        var timeZone = TimeZone();
        var levelRule = root.Word("levelRule", LevelRules);
        var disclaimer = root.NameAt("disclaimer");
        var useLimit = root.NameAt("useLimit");
        words = WordLists.Read(root);
        var levels = Levels();
        ReadProgramme();
        var typeDrafts = MilestoneTypeDraft.DeclareAll(root, types, words);
        var drafts = ChannelDraft.DeclareAll(root, channelDrafts, words, levels.Count);
        parts.AddRange(
            drafts.Where(d => d.Name is not null).Select(d => new ProgrammePart(ProgrammePartKind.Channel, d.Code, d.Name!))
        );
        var requirements = new RequirementReader(channelDrafts, types);
        var channels = drafts.Select(draft => draft.Complete(requirements)).ToList();
        var milestoneTypes = typeDrafts.Select(draft => draft.Complete(channelDrafts, parts)).ToList();
        CheckEveryRungIsGranted(drafts, milestoneTypes);
        var stages = new StageReader(types, levels.Count).ReadAll(root);
        var sections = IndustrialWorkerSections();
        var indicators = new IndicatorReader(words, types, channelDrafts, parts).ReadAll(root);
        var plans = ActionPlanReader.ReadAll(root, indicators);
        root.Close();
        if (faults.Count > 0)
        {
            return null;
        }
        return (canonical, hash) =>
            new Framework
            {
                Code = code!,
                Version = version!.Value,
                Name = name!,
                TimeZone = timeZone!,
                LevelRule = levelRule!.Value,
                Levels = levels,
                Stages = stages,
                Channels = [.. channels.Select(c => c!)],
                MilestoneTypes = milestoneTypes.ToFrozenDictionary(t => t!.Code, t => t!),
                MilestoneKinds = words.MilestoneKinds,
                KeyNodes = words.KeyNodes,
                ProgrammeParts = [.. parts.OrderBy(p => p.Kind)],
                ActionPlans = plans,
                Indicators = indicators,
                IndustrialWorkerSections = sections,
                EmploymentForms = words.EmploymentForms.ToFrozenDictionary(),
                VerifierRoles = words.VerifierRoles.ToFrozenDictionary(),
                EmployerBodies = words.EmployerBodies.ToFrozenSet(),
                EvidenceTypes = words.EvidenceTypes.ToFrozenDictionary(),
                Units = words.Units.ToFrozenDictionary(),
                Disclaimer = disclaimer!,
                UseLimit = useLimit!,
                CanonicalJson = canonical,
                Hash = hash,
            };
    }

    private TimeZoneInfo? TimeZone()
    {
        if (root.Text("timeZone") is not { } id)
        {
            return null;
        }
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId && zone.Id == id)
        {
            return zone;
        }
        root.Fault("timeZone", "no such IANA time zone: " + id);
        return null;
    }

    private List<Level> Levels()
    {
        var levels = new List<Level>();
        foreach (var item in root.Objects("levels"))
        {
            var number = item.Integer("level", 1, int.MaxValue);
            if (number is not null && number != levels.Count + 1)
            {
                item.Fault("level", $"levels count 1, 2, 3… without a gap: expected {levels.Count + 1}");
            }
            levels.Add(
                new Level(levels.Count + 1, item.Name() ?? Nameless) { Meaning = item.NameAt("meaning", required: false) }
            );
            item.Close();
        }
        root.CheckAtMost(Framework.MostLevels, levels.Count, "levels");
        return levels;
    }

    private void ReadProgramme()
    {
        if (root.Object("axes") is { } axes)
        {
            axes.NameAt("vertical");
            axes.NameAt("horizontal");
            axes.Close();
        }
        root.NameAt("theme", required: false);
        if (root.Object("mainLine", required: false) is { } mainLine)
        {
            Part(mainLine, ProgrammePartKind.MainLine);
        }
        Parts("goals", ProgrammePartKind.Goal);
        Parts("initiatives", ProgrammePartKind.Initiative);
        Parts("services", ProgrammePartKind.Service);
    }

    private void Parts(string member, ProgrammePartKind kind)
    {
        foreach (var item in root.Objects(member, required: false, min: 0))
        {
            Part(item, kind);
        }
    }

    private void Part(FileObject item, ProgrammePartKind kind)
    {
        var code = item.Code();
        var name = item.Name();
        item.Close();
        if (code is not null && parts.Any(p => p.Kind == kind && p.Code == code))
        {
            item.Fault("code", "declared twice: " + code);
        }
        else if (code is not null && name is not null)
        {
            parts.Add(new ProgrammePart(kind, code, name));
        }
    }

    private List<string> IndustrialWorkerSections()
    {
        var sections = new List<string>();
        if (root.Object("industrialWorker", required: false) is not { } item)
        {
            return sections;
        }
        item.Name();
        words.Status(item);
        item.NameAt("note", required: false);
        foreach (var (section, path) in item.Texts("industrySections", min: 1))
        {
            if (section is not [>= 'A' and <= 'T'])
            {
                item.FaultAt(path, "must be a section of GB/T 4754: a letter from A to T");
            }
            else if (sections.Contains(section))
            {
                item.FaultAt(path, "named twice: " + section);
            }
            sections.Add(section);
        }
        item.Close();
        return sections;
    }

    private static void CheckEveryRungIsGranted(IReadOnlyList<ChannelDraft> channels, IReadOnlyList<MilestoneType?> types)
    {
        if (types.Any(type => type is null))
        {
            return;
        }
        var granted = types
            .SelectMany(type => type!.Grants)
            .Where(grant => grant.Mode == GrantMode.Direct)
            .Select(grant => (grant.Rung.Channel, grant.Rung.Code))
            .ToHashSet();
        foreach (var rung in channels.SelectMany(channel => channel.Rungs))
        {
            if (!granted.Contains((rung.Channel, rung.Code)))
            {
                rung.Entry.Fault("code", "no milestone type grants this rung directly: nobody could reach it");
            }
        }
    }

    /// <summary>Stands for a name whose fault is noted already; such a reading gives no framework.</summary>
    internal static readonly Name Nameless = new("", "");

    internal static bool IsReservedRung(string code) => ReservedRungs.Contains(code);
}
