using CareerCoordinates.Api.Demo.Population;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Demo;

/// <summary>The tree as recorded: the ids by the keys of the scripts, and every revision.</summary>
public sealed record RecordedTree(IReadOnlyDictionary<string, Guid> Ids, IReadOnlyList<Revision<OrganizationContent>> Revisions)
{
    /// <summary>Plays the scripted organisations, parents before children, through the rules of the domain.</summary>
    /// <exception cref="DemoDataException">A rule refuses one.</exception>
    public static RecordedTree Record(Framework framework, IReadOnlyList<ScriptedOrganization> organizations, ulong seed)
    {
        var random = new Prng(seed, ulong.MaxValue - 1);
        var ids = new Dictionary<string, Guid>(organizations.Count);
        var parents = new Dictionary<Guid, Guid>(organizations.Count);
        var codes = new HashSet<string>(organizations.Count);
        var revisions = new List<Revision<OrganizationContent>>(organizations.Count);
        var opens = new Dictionary<DateOnly, Instant>();
        foreach (var scripted in organizations)
        {
            var at = Next(opens, scripted.Recorded);
            var id = DemoIds.New(at, ref random);
            if (!ids.TryAdd(scripted.Key, id))
            {
                throw new DemoDataException($"The organisation key '{scripted.Key}' is used twice.");
            }
            if (scripted.CreditCode is { } code && !codes.Add(code))
            {
                throw new DemoDataException($"Two organisations have the credit code {code}.");
            }
            var revision = new Revision<OrganizationContent>(
                id,
                1,
                false,
                Check(Content(scripted), id),
                null,
                at,
                DemoAccounts.Recorder
            );
            foreach (var move in scripted.Changes ?? [])
            {
                var moved = Next(opens, move.On);
                revisions.Add(revision with { SupersededAt = moved });
                var content = revision.Content with { ParentId = Parent(move.Parent), From = move.From };
                revision = new(id, revision.Number + 1, false, Check(content, id), null, moved, DemoAccounts.Recorder);
            }
            revisions.Add(revision);
        }
        return new(ids, revisions);

        // One microsecond apart is enough: nobody reads a tree half recorded.
        Instant Next(Dictionary<DateOnly, Instant> last, DateOnly day) =>
            last[day] = last.TryGetValue(day, out var before)
                ? before.PlusMicroseconds(1)
                : LifeRecorder.OfficeOpensOn(framework, day);

        OrganizationContent Content(ScriptedOrganization o) =>
            Codes<OrganizationKind>.TryParse(o.Kind, out var kind)
                ? new(
                    o.Parent is { } parent ? Parent(parent) : null,
                    kind,
                    o.Name,
                    o.CreditCode,
                    o.IndustryCode,
                    o.From,
                    o.UnionFoundedOn,
                    o.Tags,
                    o.Phone
                )
                : throw new DemoDataException($"{o.Key}: there is no kind of organisation '{o.Kind}'.");

        Guid Parent(string key) =>
            ids.TryGetValue(key, out var parent)
                ? parent
                : throw new DemoDataException($"The parent '{key}' is not recorded before its children.");

        OrganizationContent Check(OrganizationContent content, Guid id)
        {
            var chain = new List<Guid>();
            for (
                var above = content.ParentId;
                above is { } parent;
                above = parents.TryGetValue(parent, out var next) ? next : null
            )
            {
                chain.Add(parent);
            }
            if (content.ParentId is { } direct)
            {
                parents[id] = direct;
            }
            var outcome = OrganizationRules.Check(content, id, chain.Count > 0 ? [new WayUp(content.From, chain)] : []);
            return outcome.IsRefused
                ? throw new DemoDataException($"{content.Name}: " + DemoDataException.Say(outcome.Refusals))
                : outcome.Value;
        }
    }
}
