using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

public sealed record RefreshRequest(string RefreshToken);

public sealed class RefreshRequestValidator : AbstractValidator<RefreshRequest>
{
    public RefreshRequestValidator() => RuleFor(r => r.RefreshToken).NotEmpty().MaximumLength(200);
}

public static class RefreshSignIn
{
    public static readonly RefreshRequest Example = new(SignInBody.Example.RefreshToken!);

    public static async Task<Results<Ok<SignInBody>, Problem>> Handle(
        Body<RefreshRequest> body,
        HttpContext context,
        CareerStore store
    )
    {
        var hash = SignIns.HashOf(body.Value.RefreshToken);
        var made = await store.Gate.RunAsync(tx => Refresh(tx, hash));
        return made.IsRefused ? Problem.Of(made.Refusals) : made.Value.Answer(context);
    }

    private static Outcome<SignInWithPassword.MadeSignIn> Refresh(RecordTransaction tx, byte[] hash)
    {
        if (
            tx.Connection.FindRefresh(hash) is not { } old
            || tx.RecordedAt >= old.EndsAt
            || tx.RecordedAt >= old.SeenAt.Plus(Gatekeeper.LongestPause)
            || tx.Connection.FindAccount(old.AccountId) is not { Disabled: false }
            // Of two refreshes with one token one gets a new pair.
            || !tx.End(old.TokenHash)
        )
        {
            return new Refusal(AccessRefusals.SignInNeeded, "");
        }
        return SignInWithPassword.Begin(tx, old.AccountId, old.Kind, old.EndsAt);
    }
}
