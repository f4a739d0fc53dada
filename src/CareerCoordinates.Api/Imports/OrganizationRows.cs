using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Organizations;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Api.Imports;

/// <summary>
/// Nodes of the tree, a row each. One is found by its credit code, else by its name under the same parent. A parent may stand in the same
/// sheet, above its own. Cells that are filled in change what they say otherwise, and an empty cell changes nothing.
/// </summary>
/// <param name="parentOfAll">The parent where a row names none.</param>
public sealed class OrganizationRows(SignedIn me, Guid? parentOfAll) : ImportRows
{
    public static readonly RefusalCode UnknownParentName = new(
        "unknown-parent-name",
        RefusalKind.Rule,
        "No organisation in your scope is called '{0}' or has it as its unified social credit code. If it stands in this file, move its row above this one.",
        "您的管理范围内没有名称或统一社会信用代码为“{0}”的单位。如该单位在本文件中，请将其所在行移到本行之上。"
    );
    public static readonly RefusalCode ParentNeeded = new(
        "root-needs-administrator",
        RefusalKind.Rule,
        "There is no organisation '{0}' in your scope yet, and only an administrator makes one without a parent. Name the one above it in the column 上级单位 / parent, or choose it for the whole file at the upload (field 'organization').",
        "您的管理范围内尚无“{0}”，只有管理员可新建无上级的单位。请在“上级单位”列填写，或在上传时为整个文件选定上级单位。"
    );
    public static readonly RefusalCode OtherCreditCode = new(
        "organization-has-other-credit-code",
        RefusalKind.Rule,
        "'{0}' has another credit code on the record. Check which is right; correct a wrong one on the organisation's page.",
        "“{0}”在册的统一社会信用代码与本行不符，请核对；如在册的有误，请在该单位页面更正。"
    );

    public static readonly WarningCode SameNameElsewhere = new(
        "same-name-elsewhere",
        "'{0}' stands already under {1}. If it is the same, give its unified social credit code, or the parent under which it stands: then it is changed and not recorded twice.",
        "“{0}”已登记在“{1}”之下。如为同一单位，请填写其统一社会信用代码，或填写在册的上级单位，以免重复登记。"
    );

    /// <summary>Between tags in a cell.</summary>
    private static readonly char[] TagEnds = ['、', '，', ',', '；', ';'];

    private readonly Dictionary<Guid, IReadOnlyList<Revision<OrganizationContent>>> decided = [];
    private readonly Dictionary<Guid, int> rows = [];
    private RecordTransaction? locked;
    private KnownOrganizations? known;

    public override IReadOnlyList<ImportColumn> Columns => OrganizationColumns.All;

    public override bool IsInOrder => true;

    public override IReadOnlyCollection<Guid> Seen => [];

    public override object Read(RowReader row)
    {
        var said = new OrganizationRow(
            row.Row.Number,
            row.Text("parent"),
            new(
                Kind: row.Choice("kind", OrganizationColumns.Kinds) is { } kind
                    ? new(Codes<OrganizationKind>.Parse(kind))
                    : default,
                Name: row.Text("name") is { } name ? new(name) : default,
                CreditCode: row.Code("creditCode") is { } code ? new(code) : default,
                IndustryCode: row.Code("industryCode") is { } industry ? new(industry) : default,
                From: row.Day("from") is { } from ? new(from) : default,
                UnionFoundedOn: row.Day("unionFoundedOn") is { } founded ? new(founded) : default,
                Tags: row.Text("tags") is { } tags
                    ? new(tags.Split(TagEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                    : default,
                Phone: row.Text("phone") is { } phone ? new(phone) : default
            )
        );
        if (said.Patch.CreditCode is { IsPresent: true, Value: { } sent })
        {
            var read = CreditCode.Read(sent, "/creditCode");
            row.Refusals.AddRange(read.Refusals);
            said = read.IsRefused ? said : said with { Patch = said.Patch with { CreditCode = new(read.Value.Value) } };
        }
        return said;
    }

    public override IReadOnlyList<Refusal> AlsoWrong(RecordTransaction tx, object row, IReadOnlySet<string> refused)
    {
        Begin(tx);
        var said = (OrganizationRow)row;
        return [.. Parent(tx, said.Parent).Refusals, .. WrongIfNew(tx, said.Patch)];
    }

    public override Outcome<RowDecision> Decide(RecordTransaction tx, object row)
    {
        Begin(tx);
        var said = (OrganizationRow)row;
        var parent = Parent(tx, said.Parent);
        if (parent.IsRefused)
        {
            return parent.Refusals.Concat(WrongIfNew(tx, said.Patch)).ToList();
        }
        var patch = parent.Value is null ? said.Patch : said.Patch with { ParentId = new(parent.Value) };
        var above = parent.Value ?? parentOfAll;
        var found = Find(tx, patch, above);
        if (found.IsRefused)
        {
            return found.As<RowDecision>();
        }
        if (found.Value is not { } id)
        {
            return Create(tx, patch with { ParentId = new(above) }, said.Number);
        }
        return rows.TryGetValue(id, out var before)
            ? new Refusal(ImportRefusals.TwiceInFile, "", before)
            : Change(tx, id, patch, said.Number);
    }

    protected override string ColumnOf(string pointer) =>
        base.ColumnOf(pointer) is "parentId" ? "parent" : base.ColumnOf(pointer);

    private void Begin(RecordTransaction tx)
    {
        if (locked != tx)
        {
            tx.LockTree();
            locked = tx;
        }
        known ??= KnownOrganizations.Read(tx);
    }

    /// <summary>What a new organisation still lacks; of one that may be on record an empty cell means nothing.</summary>
    private List<Refusal> WrongIfNew(RecordTransaction tx, OrganizationPatch patch) =>
        Find(tx, patch, null) is { IsRefused: false, Value: null } ? Faults(patch) : [];

    /// <summary>What is wrong with a new organisation, wherever it stands.</summary>
    private static List<Refusal> Faults(OrganizationPatch patch)
    {
        var missing = Missing(patch);
        var content = OrganizationRules.Check(patch.On(Nothing) with { ParentId = null }, Guid.Empty, []);
        return
        [
            .. missing,
            .. content.Refusals.Where(r => r.Pointer != "/parentId" && !missing.Exists(m => m.Pointer == r.Pointer)),
        ];
    }

    private static List<Refusal> Missing(OrganizationPatch patch)
    {
        var refusals = new List<Refusal>();
        if (!patch.Name.IsPresent)
        {
            refusals.Add(new(RequestRefusals.Empty, "/name"));
        }
        if (!patch.Kind.IsPresent)
        {
            refusals.Add(new(RequestRefusals.Empty, "/kind"));
        }
        if (!patch.From.IsPresent)
        {
            refusals.Add(new(RequestRefusals.Empty, "/from"));
        }
        return refusals;
    }

    private Outcome<RowDecision> Create(RecordTransaction tx, OrganizationPatch patch, int number)
    {
        if (Missing(patch).Count > 0)
        {
            return Faults(patch);
        }
        var id = tx.NewId();
        var content = RecordOrganization.Decide(tx, me, id, patch.On(Nothing), null, Revisions(tx));
        if (content.IsRefused)
        {
            return content
                .Refusals.Select(refusal =>
                    refusal.Code == AccessRefusals.RootNeedsAdministrator
                        ? new Refusal(ParentNeeded, "/parent", PlainText.Quoted(patch.Name.Value))
                        : refusal
                )
                .ToList();
        }
        var alike = Alike(tx, content.Value.Name);
        var first = new Revision<OrganizationContent>(id, 1, false, content.Value, null, tx.RecordedAt, me.Name);
        Take([first], number);
        return new RowDecision(RowAction.Create, null, _ => Save(tx, first)) { Warnings = alike };
    }

    /// <summary>One of the same name stands elsewhere: it may be the same, and then the row should say so.</summary>
    private List<Warning> Alike(RecordTransaction tx, string name) =>
        [
            .. known!
                .Named(name)
                .Where(id => IsSeen(tx, id))
                .Take(1)
                .Select(id => new Warning(
                    SameNameElsewhere,
                    "/name",
                    id,
                    PlainText.Quoted(name),
                    known.ParentOf(id) is { } parent ? NameOf(tx, parent) : new Name("（无上级）", "(no parent)")
                )),
        ];

    private List<Warning> Changes(RecordTransaction tx, Guid id, OrganizationContent before, OrganizationContent after)
    {
        Warning? Changed(string column, object? from, object? to) => ChangedCell.Of(Columns, id, column, from, to);
        Name? Kind(OrganizationKind kind) => ChangedCell.Choice(OrganizationColumns.Kinds, Codes<OrganizationKind>.Of(kind));
        object? Above(Guid? parent) => parent is { } one ? NameOf(tx, one) : null;
        return
        [
            .. new[]
            {
                Changed("name", before.Name, after.Name),
                Changed("kind", Kind(before.Kind), Kind(after.Kind)),
                before.ParentId == after.ParentId ? null : Changed("parent", Above(before.ParentId), Above(after.ParentId)),
                Changed("creditCode", before.CreditCode, after.CreditCode),
                Changed("industryCode", before.IndustryCode, after.IndustryCode),
                Changed("from", ChangedCell.Day(before.From), ChangedCell.Day(after.From)),
                Changed("unionFoundedOn", ChangedCell.Day(before.UnionFoundedOn), ChangedCell.Day(after.UnionFoundedOn)),
                Changed("tags", string.Join("、", before.Tags), string.Join("、", after.Tags)),
                Changed("phone", before.Phone, after.Phone),
            }.OfType<Warning>(),
        ];
    }

    private string NameOf(RecordTransaction tx, Guid id) => Revisions(tx)(id)[^1].Content.Name;

    private Outcome<RowDecision> Change(RecordTransaction tx, Guid id, OrganizationPatch patch, int number)
    {
        if (tx.LockOrganization(id) is not [.., { Voided: false } newest] revisions)
        {
            return new Refusal(OrganizationRules.UnknownOrganization, "");
        }
        if (
            patch.CreditCode.Or(null) is { } code
            && newest.Content.CreditCode is { } other
            && code != other
            && known!.HolderOf(code) != id
        )
        {
            return new Refusal(OtherCreditCode, "/creditCode", newest.Content.Name);
        }
        if (ChangeOrganization.Same(patch.On(newest.Content), newest.Content))
        {
            rows[id] = number;
            return new RowDecision(RowAction.Same, id, null);
        }
        if (OrganizationLocking.IsOwnRoot(me, id))
        {
            return new Refusal(AccessRefusals.OwnRoot, "");
        }
        var content = ChangeOrganization.Decide(
            tx,
            me,
            newest,
            patch,
            Revisions(tx),
            parent => known!.EverUnder(parent).Select(Revisions(tx))
        );
        if (content.IsRefused)
        {
            return content.As<RowDecision>();
        }
        if (ChangeOrganization.Same(content.Value, newest.Content))
        {
            rows[id] = number;
            return new RowDecision(RowAction.Same, id, null);
        }
        var next = newest.Next(content.Value, null, tx.RecordedAt, me.Name);
        Take([.. revisions, next], number);
        return new RowDecision(RowAction.Change, id, _ => Save(tx, next), Seen: revisions.Count)
        {
            Warnings = Changes(tx, id, newest.Content, content.Value),
        };
    }

    private static IReadOnlyList<ImportItem> Save(RecordTransaction tx, Revision<OrganizationContent> revision)
    {
        tx.Add(revision);
        return [new(null, ImportItem.Organization, revision.Id, revision.Number)];
    }

    /// <summary>As the rows before will have left it: a dry run writes none of them.</summary>
    private Func<Guid, IReadOnlyList<Revision<OrganizationContent>>> Revisions(RecordTransaction tx) =>
        id => decided.TryGetValue(id, out var revisions) ? revisions : tx.Connection.ReadOrganization(id);

    private void Take(IReadOnlyList<Revision<OrganizationContent>> revisions, int number)
    {
        var newest = revisions[^1];
        decided[newest.Id] = revisions;
        rows[newest.Id] = number;
        known!.Set(newest.Id, newest.Content.Name, newest.Content.ParentId, newest.Content.CreditCode);
    }

    /// <summary>The parent that the row names; null where it names none.</summary>
    private Outcome<Guid?> Parent(RecordTransaction tx, string? text)
    {
        if (text is null)
        {
            return (Guid?)null;
        }
        var seen = known!.Called(text).Where(id => IsSeen(tx, id)).ToList();
        return seen.Count switch
        {
            0 => new Refusal(UnknownParentName, "/parent", PlainText.Quoted(text)),
            1 => seen[0],
            _ => new Refusal(PersonOfRow.PlaceAmbiguous, "/parent", PlainText.Quoted(text), seen.Count),
        };
    }

    /// <summary>The organisation that the row means; null for a new one.</summary>
    /// <param name="parent">Under which a name is looked for; null: anywhere in scope.</param>
    private Outcome<Guid?> Find(RecordTransaction tx, OrganizationPatch patch, Guid? parent)
    {
        if (patch.CreditCode.Or(null) is { } code && known!.HolderOf(code) is { } holder && IsSeen(tx, holder))
        {
            return holder;
        }
        if (!patch.Name.IsPresent)
        {
            return (Guid?)null;
        }
        var name = patch.Name.Value;
        var seen = known!.Named(name).Where(id => (parent is null || known.ParentOf(id) == parent) && IsSeen(tx, id)).ToList();
        return seen.Count switch
        {
            0 => (Guid?)null,
            1 => seen[0],
            _ => new Refusal(PersonOfRow.PlaceAmbiguous, "/name", PlainText.Quoted(name), seen.Count),
        };
    }

    private bool IsSeen(RecordTransaction tx, Guid id) => tx.Connection.Covers(me.Scope, id, tx.Today, Revisions(tx));

    private static readonly OrganizationContent Nothing = new(null, default, "", null, null, default, null, []);

    private sealed record OrganizationRow(int Number, string? Parent, OrganizationPatch Patch);
}
