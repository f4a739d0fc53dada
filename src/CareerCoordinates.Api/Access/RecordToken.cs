using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <param name="Name">3 to 64 characters: small letters, digits, hyphens and dots; no other token of the account had it.</param>
/// <param name="Role">One role that the account has.</param>
/// <param name="OrganizationId">The root of the subtree; absent: the whole tree. An administrator's or auditor's is always for the whole tree.</param>
/// <param name="Acts">For a verifier: the framework's bodies for which it speaks.</param>
/// <param name="EndsAt">When it ends by itself: within 366 days.</param>
public sealed record NewToken(
    string Name,
    Role Role,
    Instant EndsAt,
    Guid? OrganizationId = null,
    IReadOnlyList<string>? Acts = null
);

public sealed class NewTokenValidator : AbstractValidator<NewToken>
{
    public NewTokenValidator()
    {
        RuleFor(r => r.Name).NotEmpty().MaximumLength(AccountRules.LongestName);
        RuleFor(r => r.Acts).AtMost(RecordToken.MostActs);
    }
}

public static class RecordToken
{
    public const int MostActs = 50;

    /// <summary>Those that hold; what has ended does not count.</summary>
    public const int MostTokens = 50;

    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    public static readonly RefusalCode BadName = new(
        "bad-token-name",
        RefusalKind.Rule,
        "A token's name has 3 to {0} characters: small letters a to z, digits, hyphens and dots, and begins with a letter.",
        "令牌名须为 3 至 {0} 个字符：小写字母、数字、连字符和点，并以字母开头。"
    );
    public static readonly RefusalCode NameTaken = new(
        "token-name-taken",
        RefusalKind.Conflict,
        "This account had a token '{0}' already, and the audit trail names it. Choose another name.",
        "该账号已有过名为“{0}”的令牌，审计记录以此名称之，请换一个名称。"
    );
    public static readonly RefusalCode BadEnd = new(
        "bad-token-end",
        RefusalKind.Rule,
        "A token ends after now and within 366 days: 'endsAt' is at the latest {0}.",
        "令牌的 endsAt 须晚于现在且不超过 366 天，最迟为 {0}。"
    );
    public static readonly RefusalCode BeyondGrants = new(
        "beyond-own-grants",
        RefusalKind.Rule,
        "A token may do no more than one of your own grants: the same role, its subtree or part of it ('organizationId'; without it a token asks for the whole district), its 'acts' or some of them. GET /api/v1/me lists your grants.",
        "令牌的权限不得超出您自己的某一项授权：角色相同，范围（organizationId，不填即为全区）和 acts 不得更大。可用 GET /api/v1/me 查询您的授权。"
    );
    public static readonly RefusalCode ActsMissing = new(
        "token-acts-missing",
        RefusalKind.Rule,
        "A token of a verifier names the bodies for which it speaks in 'acts'; tokens of other roles have none.",
        "核验人员的令牌须以 acts 写明所代表的机构，其他角色不填 acts。"
    );
    public static readonly RefusalCode ScopeNotTaken = new(
        "token-scope-not-taken",
        RefusalKind.Rule,
        "A token of the role 'worker' is about the worker himself and takes no 'organizationId'.",
        "worker 角色的令牌只涉及职工本人，不填 organizationId。"
    );
    public static readonly RefusalCode TooMany = new(
        "too-many-tokens",
        RefusalKind.Conflict,
        "An account has at most {0} tokens that hold. Revoke one.",
        "每个账号最多 {0} 个有效令牌，请先撤销一个。"
    );

    public const string ExampleSecret = "cct_6f1ed002ab5595859014ebf0951522d98ab9e1d1cbd0a1f8c2f8a25d6d1b3f0e";

    public static readonly NewToken Example = new(
        "nightly-import",
        Role.Officer,
        new Instant(1_811_138_400_000_000),
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00")
    );

    // No Idempotency-Key is taken: the answer would have to be kept, and the token with it.
    public static async Task<Results<Created<ApiTokenBody>, Problem>> Handle(Body<NewToken> body, SignedIn me, CareerStore store)
    {
        var secret = ApiTokens.NewSecret();
        var made = await store.Gate.RunAsync(tx => Make(tx, me, body.Value, secret));
        return made.IsRefused
            ? Problem.Of(made.Refusals)
            : TypedResults.Created((string?)null, ApiTokenBody.Of(made.Value, secret));
    }

    private static Outcome<ApiToken> Make(RecordTransaction tx, SignedIn me, NewToken asked, string secret)
    {
        // As it is now, and not as it was when the request came; a right that is revoked at the same time finds the token.
        tx.LockRights();
        if (tx.Connection.FindCaller(me.Name) is not { } caller)
        {
            return new Refusal(AccessRefusals.SignInNeeded, "");
        }
        var latest = tx.RecordedAt.Plus(LongestLife);
        var grant = new RoleGrant(tx.NewId(), asked.Role, asked.OrganizationId, asked.Acts ?? []);
        Refusal? refusal =
            AccountRules.CheckName(asked.Name, BadName, "/name") is { } bad ? bad
            : asked.EndsAt <= tx.RecordedAt || asked.EndsAt > latest ? new(BadEnd, "/endsAt", latest)
            : asked.Role == Role.Verifier != grant.Acts.Count > 0 ? new(ActsMissing, "/acts")
            : asked is { Role: Role.Worker, OrganizationId: not null } ? new(ScopeNotTaken, "/organizationId")
            : !grant.Gives ? new(AccountRules.WholeTreeOnly, "/organizationId", Codes<Role>.Of(grant.Role))
            : !tx.Connection.IsWithin(caller, grant, tx.Today) ? new(BeyondGrants, "")
            : tx.Connection.HasTokenNamed(caller.AccountId, asked.Name) ? new(NameTaken, "/name", asked.Name)
            : tx.Connection.CountTokens(caller.AccountId, tx.RecordedAt) >= MostTokens ? new(TooMany, "", MostTokens)
            : null;
        if (refusal is not null)
        {
            return refusal;
        }
        var token = new ApiToken(caller.AccountId, asked.Name, grant, tx.RecordedAt, asked.EndsAt, null, null);
        tx.Add(token, SignIns.HashOf(secret));
        me.Audit(tx, null, caller.WorkerId, $$"""{"made":"{{token.Name}}"}""");
        return token;
    }
}
