using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Access;

/// <summary>Why somebody is not let in, or not to this.</summary>
public static class AccessRefusals
{
    public static readonly RefusalCode SignInNeeded = Shape(
        "sign-in-needed",
        "Sign in first: POST /api/v1/sign-in gives a token, which goes into the header Authorization: Bearer. It may have ended.",
        "请先登录：POST /api/v1/sign-in 可取得令牌，并放入 Authorization: Bearer 头。原令牌可能已失效。"
    );
    public static readonly RefusalCode SignInRefused = Shape(
        "sign-in-refused",
        "There is no such account with this password. Mind capitals; an officer can give a worker a new claim code.",
        "账号或密码不正确。请注意大小写；职工可向本单位工作人员领取新的激活码。"
    );
    public static readonly RefusalCode NotAllowed = Shape(
        "not-allowed",
        "Your account may not do this. GET /api/v1/me tells its roles; an administrator grants them.",
        "您的账号无权执行此操作。GET /api/v1/me 可查看已有角色；角色由管理员授予。"
    );
    public static readonly RefusalCode NoOwnRecord = new(
        "no-own-record",
        RefusalKind.NotFound,
        "Your account is not that of a worker, so there is no record of your own. Records of others are under /api/v1/workers.",
        "您的账号不是职工账号，没有本人档案。查看他人档案请使用 /api/v1/workers。"
    );
    public static readonly RefusalCode RestrictedType = new(
        "type-restricted",
        RefusalKind.Rule,
        "{0} is restricted: only the worker himself and those who speak for a body that verifies it ({1}) see and record it, never the employer.",
        "{0}为受限类型：仅本人及有认定权的机构（{1}）可见、可登记，用人单位一律不可。"
    );
    public static readonly RefusalCode AntiforgeryNeeded = Shape(
        "antiforgery-needed",
        "A write with a cookie needs the header X-Antiforgery-Token with the token that the sign-in gave.",
        "以 Cookie 登录时，写操作须在 X-Antiforgery-Token 头中带上登录所得的令牌。"
    );
    public static readonly RefusalCode TooManyAttempts = Shape(
        "too-many-attempts",
        "Too many attempts. Wait {0} s and try again.",
        "尝试次数过多，请 {0} 秒后重试。"
    );
    public static readonly RefusalCode NoticeNotAcknowledged = Shape(
        "notice-not-acknowledged",
        "First read the notice (GET /api/v1/notice) and acknowledge it: PUT /api/v1/me/notice with its version {0}.",
        "请先阅读告知书（GET /api/v1/notice）并确认：PUT /api/v1/me/notice，版本号为 {0}。"
    );
    public static readonly RefusalCode OwnRoot = Shape(
        "own-root",
        "This is the organisation that you were given itself; you keep those below it. Ask an administrator.",
        "这是授权给您的单位本身，您只维护其下属单位，请联系管理员。"
    );
    public static readonly RefusalCode RootNeedsAdministrator = Shape(
        "root-needs-administrator",
        "Only an administrator makes an organisation a root. Give the 'parentId' of one of yours.",
        "只有管理员可将单位设为无上级，请填写您所管单位的 parentId。"
    );

    private static RefusalCode Shape(string code, string en, string zh) => new(code, RefusalKind.Shape, en, zh);
}
