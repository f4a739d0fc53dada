using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <param name="Name">3 to 64 characters: small letters, digits, hyphens and dots; it signs what the account records.</param>
/// <param name="Password">12 to 200 characters, for the first sign-in.</param>
public sealed record NewAccount(string Name, string Password);

public sealed class NewAccountValidator : AbstractValidator<NewAccount>
{
    public NewAccountValidator()
    {
        RuleFor(r => r.Name).NotEmpty().MaximumLength(AccountRules.LongestName);
        RuleFor(r => r.Password).NotEmpty().MaximumLength(Passwords.Longest);
    }
}

/// <summary>
/// An account for a role. A worker's own account is not made here but by a claim code, so that nobody but he knows its
/// password: who keeps accounts sees no personal record.
/// </summary>
public static class RecordAccount
{
    public static readonly NewAccount Example = new("officer-street", "a sentence that only I know");

    public static async Task<Results<Recorded<AccountBody>, Problem>> Handle(
        Body<NewAccount> body,
        SignedIn me,
        CareerStore store,
        Passwords passwords
    )
    {
        var (name, password) = body.Value;
        var refusals = new[] { AccountRules.CheckName(name), Passwords.Check(name, password, "/password") }.OfType<Refusal>();
        if (refusals.ToList() is { Count: > 0 } faults)
        {
            return Problem.Of(faults);
        }
        var hash = await passwords.HashAsync(name, password);
        var made = await store.Gate.RunAsync<Account>(tx =>
        {
            if (tx.Connection.FindAccount(name) is not null)
            {
                return new Refusal(AccountRules.NameTaken, "/name", name);
            }
            var account = new Account(tx.NewId(), name, hash, null, false, tx.RecordedAt, me.Name, me.Name);
            tx.Add(account);
            // By its name, as every other entry about an account.
            me.Audit(tx, null, null, $$"""{"account":"{{name}}"}""");
            return account;
        });
        return made.IsRefused
            ? Problem.Of(made.Refusals)
            : Answer.Recorded($"/api/v1/accounts/{made.Value.Id}", AccountBody.Of(made.Value, []), 1);
    }
}
