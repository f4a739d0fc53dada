using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;

namespace CareerCoordinates.Api.Access;

public static class SignOut
{
    public static async Task<IResult> Handle(NoBody body, SignedIn me, HttpContext context, CareerStore store)
    {
        if (me.SignIn is not { } signIn)
        {
            return Problem.Of(NetworkRefusals.SignedInElsewhere);
        }
        await store.Gate.RunAsync<bool>(tx =>
        {
            tx.End(signIn.TokenHash);
            me.Audit(tx);
            return true;
        });
        if (signIn.Kind == SignInKind.Cookie)
        {
            context.Response.Cookies.Delete(Gatekeeper.Cookie, new CookieOptions { Secure = true, Path = "/" });
        }
        return TypedResults.NoContent();
    }
}
