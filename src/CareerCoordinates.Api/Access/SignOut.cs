using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;

namespace CareerCoordinates.Api.Access;

public static class SignOut
{
    public static async Task<IResult> Handle(NoBody body, SignedIn me, HttpContext context, CareerStore store)
    {
        await store.Gate.RunAsync<bool>(tx =>
        {
            tx.End(me.SignIn.TokenHash);
            tx.Audit(me.Name, me.Operation);
            return true;
        });
        if (me.SignIn.Kind == SignInKind.Cookie)
        {
            context.Response.Cookies.Delete(Gatekeeper.Cookie, new CookieOptions { Secure = true, Path = "/" });
        }
        return TypedResults.NoContent();
    }
}
