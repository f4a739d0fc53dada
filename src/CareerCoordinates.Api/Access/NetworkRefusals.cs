using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Access;

/// <summary>Why a request is turned away for the way it comes: from where, by which token, or too often.</summary>
public static class NetworkRefusals
{
    public static readonly RefusalCode NoAccountYet = Shape(
        "no-account-yet",
        "There is no account yet, so only this machine may ask, and not through a proxy. Run 'account create-administrator NAME' first.",
        "尚无任何账号，只允许本机直接访问。请先运行 account create-administrator NAME。"
    );
    public static readonly RefusalCode OnlyThroughProxy = Shape(
        "only-through-proxy",
        "This address is served only through the proxy in front of it. Use the public https address.",
        "此地址只接受前置代理的访问，请使用对外的 https 地址。"
    );
    public static readonly RefusalCode HttpsNeeded = Shape(
        "https-needed",
        "This came without https, so passwords and tokens could be read on the way: change those that you sent. Use https; the proxy says so by X-Forwarded-Proto.",
        "该请求未使用 https，途中可能泄露密码和令牌，请更换已发送的密码或令牌。请改用 https；代理应以 X-Forwarded-Proto 说明。"
    );
    public static readonly RefusalCode TooManyRequests = Shape(
        "too-many-requests",
        "Too many requests at once. Wait {0} s and go on more slowly.",
        "请求过于频繁，请 {0} 秒后放慢速度再继续。"
    );
    public static readonly RefusalCode IssuerUnavailable = Shape(
        "issuer-unavailable",
        "The server that issued this token cannot be asked for its keys at the moment. Try again shortly, or sign in with a password.",
        "暂时无法向签发该令牌的服务器查询密钥，请稍后重试，或使用密码登录。"
    );
    public static readonly RefusalCode TokenMayNot = Shape(
        "token-may-not",
        "This API token may not do this. Sign in as yourself, or make a token of the role that may.",
        "该 API 令牌无权执行此操作。请以本人身份登录，或创建具有相应角色的令牌。"
    );
    public static readonly RefusalCode SignedInElsewhere = new(
        "signed-in-elsewhere",
        RefusalKind.Conflict,
        "This token is not from here: end the session where you signed in. It ends by itself soon.",
        "该令牌并非由本服务签发，请在签发方退出登录；令牌到期后自动失效。"
    );

    private static RefusalCode Shape(string code, string en, string zh) => new(code, RefusalKind.Shape, en, zh);
}
