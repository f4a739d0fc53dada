using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <summary>Accounts take neither clock: rights are always today's.</summary>
public sealed record AccountList(string After, string Search, int Limit) : IQuery<AccountList>
{
    public static AccountList Read(QueryReader query) =>
        new(
            query.Text("after", "Only names after this one: the last name of the page before.") ?? "",
            query.Text("search", "Only accounts with this in their name.") ?? "",
            query.Number("limit", "How many accounts at most.", 1, Limits.PageSize, 100) ?? 100
        );
}

/// <summary>In order of name. <paramref name="More"/>: ask again with <c>after</c> set to the last name.</summary>
public sealed record AccountsBody(IReadOnlyList<AccountBody> Items, bool More);

public static class ReadAccounts
{
    public static Ok<AccountsBody> HandleList(Query<AccountList> query, SignedIn me, CareerStore store)
    {
        var (after, search, limit) = query.Value;
        var found = store.Reader.InSnapshot(c =>
            c.ListAccounts(after, limit + 1, search).Select(a => AccountBody.Of(a, c.ReadGrants(a.Id))).ToList()
        );
        return TypedResults.Ok(new AccountsBody([.. found.Take(limit)], found.Count > limit));
    }

    public static Results<Ok<AccountBody>, Problem> Handle(Guid accountId, SignedIn me, CareerStore store) =>
        store.Reader.InSnapshot(c =>
            c.FindAccount(accountId) is { } account ? AccountBody.Of(account, c.ReadGrants(account.Id)) : null
        )
            is { } body
            ? TypedResults.Ok(body)
            : Problem.Of(AccountRules.UnknownAccount, accountId);
}
