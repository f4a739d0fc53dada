using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.OwnRecord;

public sealed record AccessList(Guid? Before, int Limit) : IQuery<AccessList>
{
    public static AccessList Read(QueryReader query) =>
        new(
            query.Id("before", "Only accesses older than this one: the last id of the page before."),
            query.Number("limit", "How many at most.", 1, Limits.PageSize, 100) ?? 100
        );
}

/// <summary>How somebody came by a worker's data.</summary>
public enum AccessKind
{
    /// <summary>Any part of the record; one entry covers 15 minutes of the same operation.</summary>
    Read,

    /// <summary>A list across workers showed him.</summary>
    List,

    /// <summary>He is in a file that somebody took.</summary>
    Export,

    /// <summary>A search found him.</summary>
    Search,

    /// <summary>He was found by his ID number, which somebody knew.</summary>
    FoundByIdNumber,

    /// <summary>His ID number was shown in clear; the reason says what for.</summary>
    Revealed,

    /// <summary>Something about him was recorded, judged or changed.</summary>
    Change,

    /// <summary>A change with an ID number was tried and refused, so nothing was changed.</summary>
    RefusedAttempt,
}

/// <summary>In which capacity: a role that the account had then, and the organisation below which it held.</summary>
/// <param name="Organization">Its name now; null where the role held in the whole tree.</param>
public sealed record AccessRoleBody(Role Role, Guid? OrganizationId, string? Organization);

/// <param name="At">When; a read covers the same operation in the 15 minutes from then on.</param>
/// <param name="Operation">What was asked, by its name in this document.</param>
/// <param name="Reason">Why an ID number was revealed, as it was said then; null for all else.</param>
public sealed record AccessBody(
    Guid Id,
    Instant At,
    string Account,
    IReadOnlyList<AccessRoleBody> As,
    AccessKind Kind,
    Name Words,
    string Operation,
    string? Reason
);

/// <param name="More">True where older ones follow: ask again with <c>before</c> set to the last id.</param>
public sealed record AccessesBody(IReadOnlyList<AccessBody> Items, bool More)
{
    public static readonly AccessesBody Example = new(
        [
            new(
                Guid.Parse("0199f3a2-9e40-7b21-9c55-6d0e8f1a2c01"),
                new Instant(1_795_327_200_000_000),
                "officer-street",
                [new(Role.Officer, Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00"), "东街总工会")],
                AccessKind.Read,
                ReadAccesses.WordsOf(AccessKind.Read),
                "getCoordinate",
                null
            ),
            new(
                Guid.Parse("0199f3a2-9e40-7b21-9c55-6d0e8f1a2c00"),
                new Instant(1_795_327_100_000_000),
                "officer-street",
                [new(Role.Officer, Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00"), "东街总工会")],
                AccessKind.Revealed,
                ReadAccesses.WordsOf(AccessKind.Revealed),
                "revealIdNumber",
                "The certificate's office asks for the number on its form."
            ),
        ],
        false
    );
}

public static class ReadAccesses
{
    public static Ok<AccessesBody> Handle(Query<AccessList> query, HttpContext http, SignedIn me, CareerStore store)
    {
        http.Response.Headers.CacheControl = JsonBytes.ForPersons;
        var (before, limit) = query.Value;
        return TypedResults.Ok(
            store.Reader.InSnapshot(connection =>
            {
                var found = connection.ReadAudit(new AuditFilter(me.Own, ByOthers: true), before, limit + 1);
                var grants = found
                    .Select(e => e.Account)
                    .Distinct()
                    .ToDictionary(
                        name => name,
                        name => connection.FindAccount(name) is { } account ? connection.ReadGrants(account.Id) : []
                    );
                var names = new Dictionary<Guid, string?>();
                return new AccessesBody(
                    [.. found.Take(limit).Select(e => Of(e, grants[e.Account], id => NameOf(connection, names, id, store)))],
                    found.Count > limit
                );
            })
        );
    }

    internal static Name WordsOf(AccessKind kind) =>
        kind switch
        {
            AccessKind.Read => new(
                "查看了您的档案（个人信息、所在单位、成长节点或坐标），此后 15 分钟内的同类查看不再另记",
                "looked at your record (person, affiliations, milestones or coordinate); further looks of the same kind within 15 minutes are not noted again"
            ),
            AccessKind.List => new("查看的名单中有您", "looked at a list that shows you"),
            AccessKind.Export => new("导出的文件中有您", "took a file in which you are"),
            AccessKind.Search => new("搜索结果中有您", "made a search that found you"),
            AccessKind.FoundByIdNumber => new("以公民身份号码查询到您", "looked for your ID number and so found you"),
            AccessKind.Revealed => new(
                "查看了您的公民身份号码全文，理由见 reason",
                "saw your ID number in clear, for the reason given"
            ),
            AccessKind.RefusedAttempt => new(
                "尝试登记或更改公民身份号码，被拒绝，未作更改",
                "tried to record or change an ID number and was refused; nothing was changed"
            ),
            AccessKind.Change => new("登记、核验或更改了您的档案", "recorded, judged or changed something about you"),
            _ => throw new InvalidOperationException($"No words for {kind}."),
        };

    private static AccessBody Of(AuditEntry entry, IReadOnlyList<StoredGrant> grants, Func<Guid, string?> nameOf)
    {
        var operation = OperationOf(entry);
        var details = JsonSerializer.Deserialize<JsonElement>(entry.Details);
        var kind = KindOf(operation, entry.WorkerId is null, details);
        return new(
            entry.Id,
            entry.RecordedAt,
            entry.Account,
            [
                .. grants
                    .Where(g => g.GrantedAt <= entry.RecordedAt && !(g.RevokedAt <= entry.RecordedAt))
                    .Select(g => g.Grant)
                    .Select(g => new AccessRoleBody(g.Role, g.OrganizationId, g.OrganizationId is { } id ? nameOf(id) : null)),
            ],
            kind,
            WordsOf(kind),
            operation,
            kind == AccessKind.Revealed && details.TryGetProperty("reason", out var reason) ? reason.GetString() : null
        );
    }

    /// <summary>A read of a person says in its details which operation it was.</summary>
    private static string OperationOf(AuditEntry entry) =>
        entry.Action == PersonalReads.Action ? PersonalReads.OperationOf(entry) : entry.Action;

    private static AccessKind KindOf(string operation, bool amongOthers, JsonElement details) =>
        operation == "revealIdNumber" ? AccessKind.Revealed
        : operation == "findWorkerByIdNumber" ? AccessKind.FoundByIdNumber
        : details.TryGetProperty(WorkerIdNumber.RefusedDetail, out _) ? AccessKind.RefusedAttempt
        : operation.StartsWith("export", StringComparison.Ordinal) ? AccessKind.Export
        : operation == Import.CheckAction ? AccessKind.Search
        : operation.StartsWith("search", StringComparison.Ordinal) ? AccessKind.Search
        : operation.StartsWith("list", StringComparison.Ordinal) ? (amongOthers ? AccessKind.List : AccessKind.Read)
        : operation.StartsWith("get", StringComparison.Ordinal) ? AccessKind.Read
        : AccessKind.Change;

    private static string? NameOf(RecordConnection connection, Dictionary<Guid, string?> names, Guid id, CareerStore store)
    {
        if (!names.TryGetValue(id, out var name))
        {
            name = OrganizationHistory.On(connection.ReadOrganization(id), store.Today(), Instant.Never)?.Content.Name;
            names.Add(id, name);
        }
        return name;
    }
}
