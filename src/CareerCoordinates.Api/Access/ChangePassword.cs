using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <param name="New">12 to 200 characters, at least 5 different ones among them; another than the current one.</param>
public sealed record PasswordChange(string Current, string New);

public sealed class PasswordChangeValidator : AbstractValidator<PasswordChange>
{
    public PasswordChangeValidator()
    {
        RuleFor(r => r.Current).NotEmpty().MaximumLength(Passwords.Longest);
        RuleFor(r => r.New).NotEmpty().MaximumLength(Passwords.Longest);
    }
}

public static class ChangePassword
{
    public static readonly RefusalCode Unchanged = new(
        "password-unchanged",
        RefusalKind.Rule,
        "The new password is the current one. Choose another.",
        "新密码与当前密码相同，请另设一个。"
    );

    public static readonly RefusalCode CurrentWrong = new(
        "current-password-wrong",
        RefusalKind.Rule,
        "This is not your current password, and nothing was changed. Mind capitals. If you have forgotten it: a worker's officer gives him a claim code, an administrator sets the password of others.",
        "当前密码不正确，密码未更改。请注意大小写。如已忘记：职工可向本单位工作人员领取激活码，其他账号由管理员设置密码。"
    );

    public static readonly PasswordChange Example = new("a sentence that only I know", "another sentence that only I know");

    public static async Task<Results<NoContent, Problem>> Handle(
        Body<PasswordChange> body,
        SignedIn me,
        HttpContext context,
        CareerStore store,
        Passwords passwords,
        SignInThrottle throttle,
        RefusedAttempts refused
    )
    {
        if (Passwords.Check(me.Name, body.Value.New, "/new") is { } weak)
        {
            return Problem.Of(weak);
        }
        if (body.Value.New == body.Value.Current)
        {
            return Problem.Of(new Refusal(Unchanged, "/new"));
        }
        if (store.Reader.OnConnection(c => c.FindAccount(me.Caller.AccountId)) is not { } account)
        {
            return Problem.Of(AccessRefusals.SignInNeeded);
        }
        // A token that was stolen must not serve to guess the password.
        const string here = "change of password";
        if (throttle.Try(me.Name, here) is var wait && wait > TimeSpan.Zero)
        {
            return SignInWithPassword.TooSoon(context, wait);
        }
        if (!await passwords.IsRightAsync(me.Name, account.PasswordHash, body.Value.Current, isKnown: true))
        {
            await refused.NoteAsync("changePasswordRefused", me.Name, ClientAddress.Of(context));
            return Problem.Of(new Refusal(CurrentWrong, "/current"));
        }
        throttle.Succeeded(me.Name, here);
        var hash = await passwords.HashAsync(me.Name, body.Value.New);
        await store.Gate.RunAsync<bool>(tx =>
        {
            tx.SetPassword(account.Id, hash, me.Name);
            tx.EndAll(account.Id);
            me.Audit(tx);
            return true;
        });
        return TypedResults.NoContent();
    }
}
