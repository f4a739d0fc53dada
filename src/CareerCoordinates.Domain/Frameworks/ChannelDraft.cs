namespace CareerCoordinates.Domain.Frameworks;

/// <summary>A rung as declared: its requirement is read later, when all types and rungs are known.</summary>
internal sealed record RungDraft(FileObject Entry, string Channel, string Code, int Order, int Level)
{
    public Rung? Complete { get; set; }
}

/// <summary>A channel as declared, with its rungs by code.</summary>
internal sealed class ChannelDraft
{
    public static readonly Dictionary<string, Attained> Attainments = new()
    {
        ["apply"] = Attained.Apply,
        ["elected-or-conferred"] = Attained.ElectedOrConferred,
    };

    private readonly FileObject file;
    private readonly int index;
    private readonly WordLists words;
    private readonly List<RungDraft> rungs = [];
    private bool sensitive;

    private ChannelDraft(FileObject file, int index, string code, WordLists words)
    {
        this.file = file;
        this.index = index;
        this.words = words;
        Code = code;
    }

    public string Code { get; }

    public Name? Name { get; private set; }

    public IReadOnlyList<RungDraft> Rungs => rungs;

    public RungDraft? Find(string rung) => rungs.Find(r => r.Code == rung);

    public static IReadOnlyList<ChannelDraft> DeclareAll(
        FileObject root,
        Dictionary<string, ChannelDraft> byCode,
        WordLists words,
        int levelCount
    )
    {
        var drafts = new List<ChannelDraft>();
        foreach (var file in root.Objects("channels"))
        {
            var code = file.Code();
            var draft = new ChannelDraft(file, drafts.Count, code ?? "", words);
            if (code is not null && !byCode.TryAdd(code, draft))
            {
                file.Fault("code", "declared twice: " + code);
            }
            draft.Name = file.Name();
            draft.sensitive = file.Flag("sensitive", required: false) ?? false;
            draft.DeclareRungs(levelCount);
            drafts.Add(draft);
        }
        root.CheckAtMost(Framework.MostChannels, drafts.Count, "channels");
        return drafts;
    }

    private void DeclareRungs(int levelCount)
    {
        var levelBefore = 0;
        var position = 0;
        foreach (var item in file.Objects("rungs"))
        {
            position++;
            var code = item.Code();
            var order = item.Integer("order", 1, int.MaxValue);
            if (order is not null && order != position)
            {
                item.Fault("order", $"the rungs of a ladder count 1, 2, 3… without a gap: expected {position}");
            }
            var level = item.Integer("level", 1, levelCount);
            if (level <= levelBefore)
            {
                item.Fault("level", $"must be above the level of the rung below: {levelBefore}");
            }
            levelBefore = level ?? levelBefore;
            if (code is not null && FrameworkReader.IsReservedRung(code))
            {
                item.Fault("code", "reserved: " + code);
            }
            if (code is not null && Find(code) is not null)
            {
                item.Fault("code", "declared twice: " + code);
            }
            rungs.Add(new RungDraft(item, Code, code ?? "", position, level ?? 0));
        }
    }

    public Channel? Complete(RequirementReader requirements)
    {
        foreach (var rung in rungs)
        {
            var item = rung.Entry;
            var name = item.Name();
            var attained = item.Word("attained", Attainments);
            var requirement = requirements.Read(item, this, rung);
            words.Validity(item);
            words.Status(item);
            item.NameAt("whatGrants", required: false);
            item.NameAt("note", required: false);
            WordLists.Read(item, "equivalents", required: false, min: 0);
            item.Close();
            rung.Complete = new Rung(
                Code,
                rung.Order,
                rung.Code,
                name ?? FrameworkReader.Nameless,
                rung.Level,
                attained ?? Attained.Apply,
                requirement
            );
        }
        file.NameAt("purpose", required: false);
        file.NameAt("note", required: false);
        file.Close();
        return Name is null
            ? null
            : new Channel(index, Code, Name, [.. rungs.Select(r => r.Complete!)]) { Sensitive = sensitive };
    }
}
