namespace CareerCoordinates.Domain.Frameworks;

/// <summary>Reads what a milestone type grants (design §3.2).</summary>
internal static class GrantReader
{
    public static readonly Dictionary<string, GrantMode> Modes = new()
    {
        ["direct"] = GrantMode.Direct,
        ["supports"] = GrantMode.Supports,
    };

    public static IReadOnlyList<Grant> ReadAll(
        FileObject typeFile,
        MilestoneTypeDraft type,
        IReadOnlyDictionary<string, ChannelDraft> channels,
        WordLists words
    )
    {
        var grants = new List<Grant>();
        foreach (var item in typeFile.Objects("grants", min: 0))
        {
            var channel = item.Reference("channel", channels, "channel") is { } code ? channels[code] : null;
            var rung = RungOf(item, "rung", channel);
            var when = ConditionReader.Read(item, "when", type);
            var mode = item.Word("mode", Modes);
            var (below, atLeast) = Holder(item, mode, channel);
            words.Status(item);
            var note = item.NameAt("note", required: false);
            item.Close();
            if (rung is not null && mode is not null)
            {
                grants.Add(new Grant(rung, when, mode.Value, below, atLeast, note));
            }
        }
        return grants;
    }

    private static Rung? RungOf(FileObject item, string member, ChannelDraft? channel)
    {
        var code = item.Text(member);
        if (code is null || channel is null)
        {
            return null;
        }
        if (channel.Find(code) is { } rung)
        {
            return rung.Complete;
        }
        item.Fault(member, $"no such rung in {channel.Code}: {code}");
        return null;
    }

    /// <summary>Only a support can depend on who the holder is: a fact moves, whoever he is.</summary>
    private static (Rung? Below, Rung? AtLeast) Holder(FileObject item, GrantMode? mode, ChannelDraft? channel)
    {
        if (item.Object("holder", required: false) is not { } holder)
        {
            return (null, null);
        }
        if (mode == GrantMode.Direct)
        {
            item.Fault("holder", "only for supports");
        }
        if (holder.Has("rungBelow") == holder.Has("rungAtLeast"))
        {
            item.Fault("holder", "must have one of rungBelow and rungAtLeast");
        }
        var below = holder.Has("rungBelow") ? RungOf(holder, "rungBelow", channel) : null;
        var atLeast = holder.Has("rungAtLeast") ? RungOf(holder, "rungAtLeast", channel) : null;
        holder.Close();
        return (below, atLeast);
    }
}
