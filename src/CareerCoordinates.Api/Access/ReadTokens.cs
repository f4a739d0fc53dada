using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <summary>The API tokens of an account, for itself and for an administrator.</summary>
public static class ReadTokens
{
    public static Ok<ApiTokensBody> HandleOwn(SignedIn me, CareerStore store) =>
        TypedResults.Ok(store.Reader.OnConnection(c => Of(c, me.Caller.AccountId)));

    public static Results<Ok<ApiTokensBody>, Problem> HandleOf(Guid accountId, SignedIn me, CareerStore store) =>
        store.Reader.InSnapshot(c => c.FindAccount(accountId) is null ? null : Of(c, accountId)) is { } body
            ? TypedResults.Ok(body)
            : Problem.Of(AccountRules.UnknownAccount, accountId);

    private static ApiTokensBody Of(RecordConnection connection, Guid accountId) =>
        new([.. connection.ReadTokens(accountId, Limits.PageSize).Select(token => ApiTokenBody.Of(token))]);
}
