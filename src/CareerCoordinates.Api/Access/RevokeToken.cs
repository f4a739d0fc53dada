using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <summary>By the account itself or an administrator; the token stays on the record.</summary>
public static class RevokeToken
{
    public static readonly RefusalCode UnknownToken = new(
        "unknown-token",
        RefusalKind.NotFound,
        "This account has no token {0} that could be revoked. List its tokens for their ids.",
        "该账号没有可撤销的令牌 {0}，请先查询令牌列表。"
    );

    public static Task<Results<Ok<ApiTokenBody>, Problem>> HandleOwn(Guid tokenId, NoBody body, SignedIn me, CareerStore store) =>
        Revoke(me.Caller.AccountId, tokenId, me, store);

    public static Task<Results<Ok<ApiTokenBody>, Problem>> HandleOf(
        Guid accountId,
        Guid tokenId,
        NoBody body,
        SignedIn me,
        CareerStore store
    ) => Revoke(accountId, tokenId, me, store);

    private static async Task<Results<Ok<ApiTokenBody>, Problem>> Revoke(
        Guid accountId,
        Guid tokenId,
        SignedIn me,
        CareerStore store
    )
    {
        var revoked = await store.Gate.RunAsync<ApiToken>(tx =>
        {
            if (
                tx.Connection.FindAccount(accountId) is not { } account
                || tx.Connection.FindToken(accountId, tokenId) is not { RevokedAt: null } token
            )
            {
                return new Refusal(UnknownToken, "", tokenId);
            }
            tx.RevokeToken(accountId, tokenId, me.Name);
            me.Audit(tx, null, account.WorkerId, $$"""{"account":"{{account.Name}}","revoked":"{{token.Name}}"}""");
            return token with { RevokedAt = tx.RecordedAt, RevokedBy = me.Name };
        });
        return revoked.IsRefused ? Problem.Of(revoked.Refusals) : TypedResults.Ok(ApiTokenBody.Of(revoked.Value));
    }
}
