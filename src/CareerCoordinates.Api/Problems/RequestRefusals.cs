using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Problems;

/// <summary>What the edge itself refuses, before any rule is asked. The rules' own refusals stand in their files.</summary>
public static class RequestRefusals
{
    // The body.
    public static readonly RefusalCode BodyMissing = Shape(
        "body-missing",
        "The request needs a JSON body.",
        "请求缺少 JSON 正文。"
    );
    public static readonly RefusalCode BodyNotTaken = Shape(
        "body-not-taken",
        "This operation takes no members. Send no body, or an empty object.",
        "此操作不接受任何成员，请不带正文，或只发送空对象。"
    );
    public static readonly RefusalCode MalformedJson = Shape(
        "malformed-json",
        "The body is no JSON (line {0}, byte {1} of that line). Comments and trailing commas are not allowed.",
        "正文不是合法的 JSON（第 {0} 行，该行第 {1} 字节）。不允许注释和多余的逗号。"
    );
    public static readonly RefusalCode TooDeep = Shape(
        "too-deep",
        "The JSON is nested deeper than {0} levels. Send it flatter; nothing here needs so many.",
        "JSON 嵌套超过 {0} 层，请减少嵌套。"
    );
    public static readonly RefusalCode DuplicateMember = Shape(
        "duplicate-member",
        "The member \"{0}\" occurs more than once; send it once.",
        "成员“{0}”出现多次，只能出现一次。"
    );
    public static readonly RefusalCode UnknownMember = Shape(
        "unknown-member",
        "There is no member \"{0}\" here. Allowed: {1}.",
        "此处没有成员“{0}”。可用成员：{1}。"
    );
    public static readonly RefusalCode MemberMissing = Shape(
        "member-missing",
        "The member \"{0}\" is required.",
        "缺少必填成员“{0}”。"
    );
    public static readonly RefusalCode NullNotAllowed = Shape(
        "null-not-allowed",
        "This member needs a value; null is not allowed.",
        "该成员必须有值，不能为 null。"
    );
    public static readonly RefusalCode InvalidText = Shape(
        "invalid-text",
        "The text holds a NUL or half a character (a lone surrogate). Remove it.",
        "文本含有空字符或不完整的字符（孤立代理项），请删除。"
    );
    public static readonly RefusalCode NotAnObject = Shape("not-an-object", "A JSON object is expected.", "此处应为 JSON 对象。");
    public static readonly RefusalCode NotAList = Shape("not-a-list", "A JSON array is expected.", "此处应为 JSON 数组。");
    public static readonly RefusalCode NotAText = Shape(
        "not-a-text",
        "A text in quotation marks is expected, such as \"2025\".",
        "此处应为带引号的文本，例如 \"2025\"。"
    );
    public static readonly RefusalCode NotAFlag = Shape("not-a-flag", "true or false is expected.", "此处应为 true 或 false。");
    public static readonly RefusalCode NotANumber = Shape(
        "not-a-number",
        "A number such as 12 or 12.5, without quotation marks, is expected.",
        "此处应为数字，例如 12 或 12.5，不加引号。"
    );
    public static readonly RefusalCode NotAnInteger = Shape(
        "not-an-integer",
        "A whole number such as 12 is expected.",
        "此处应为整数，例如 12。"
    );
    public static readonly RefusalCode NotADay = Shape(
        "not-a-day",
        "A day of the calendar such as 2020-11-30, from 1900 to 2200, is expected.",
        "此处应为 1900 至 2200 年间真实存在的完整日期，例如 2020-11-30。"
    );
    public static readonly RefusalCode NotADate = Shape(
        "not-a-date",
        "A day 2020-11-30, a month 2020-11 or a year 1993, from 1900 to 2200, is expected.",
        "此处应为 1900 至 2200 年间的日期 2020-11-30、月份 2020-11 或年份 1993。"
    );
    public static readonly RefusalCode NotAnInstant = Shape(
        "not-an-instant",
        "An instant such as 2026-11-22T06:00:00.000000Z is expected.",
        "此处应为时刻，例如 2026-11-22T06:00:00.000000Z。"
    );
    public static readonly RefusalCode NotAnId = Shape(
        "not-an-id",
        "An id such as 0199c0de-0000-7000-8000-000000000000 is expected.",
        "此处应为标识符，例如 0199c0de-0000-7000-8000-000000000000。"
    );
    public static readonly RefusalCode NotAllowed = Shape(
        "value-not-allowed",
        "One of these is expected: {0}.",
        "此处只能是：{0}。"
    );
    public static readonly RefusalCode TooLong = Shape("too-long", "At most {0} characters are allowed.", "最多 {0} 个字符。");
    public static readonly RefusalCode TooShort = Shape("too-short", "At least {0} characters are needed.", "至少 {0} 个字符。");
    public static readonly RefusalCode TooMany = Shape("too-many", "At most {0} items are allowed.", "最多 {0} 项。");
    public static readonly RefusalCode OutOfRange = Shape(
        "out-of-range",
        "A value from {0} to {1} is expected.",
        "取值应在 {0} 至 {1} 之间。"
    );
    public static readonly RefusalCode Empty = Shape("empty", "A value is needed; it must not be empty or blank.", "不能为空。");
    public static readonly RefusalCode NotWellFormed = Shape(
        "not-well-formed",
        "The value does not have the expected form.",
        "格式不符合要求。"
    );
    public static readonly RefusalCode BodyTooLarge = Shape(
        "body-too-large",
        "The body is larger than {0} bytes. Send less at once.",
        "正文超过 {0} 字节，请分批提交。"
    );
    public static readonly RefusalCode UnsupportedMediaType = Shape(
        "unsupported-media-type",
        "The Content-Type must be application/json in UTF-8 (for PATCH also application/merge-patch+json), without Content-Encoding.",
        "Content-Type 须为 UTF-8 编码的 application/json（PATCH 也可用 application/merge-patch+json），且不得使用 Content-Encoding。"
    );

    // The query and the headers.
    public static readonly RefusalCode UnknownParameter = Shape(
        "unknown-parameter",
        "There is no query parameter \"{0}\" here. Allowed: {1}.",
        "此处没有查询参数“{0}”。可用参数：{1}。"
    );
    public static readonly RefusalCode RepeatedParameter = Shape(
        "repeated-parameter",
        "The query parameter \"{0}\" is given more than once; give it once. Allowed: {1}.",
        "查询参数“{0}”出现多次，只能出现一次。可用参数：{1}。"
    );
    public static readonly RefusalCode ParameterMissing = Shape(
        "parameter-missing",
        "The query parameter \"{0}\" is required.",
        "缺少必填查询参数“{0}”。"
    );
    public static readonly RefusalCode KnownAtInFuture = Shape(
        "known-at-in-future",
        "Nobody knows yet what will be recorded: knownAt must not lie in the future. Leave it out to mean now.",
        "尚不知道将来的记录：knownAt 不得晚于现在，省略即表示现在。"
    );
    public static readonly RefusalCode BadCursor = Shape(
        "bad-cursor",
        "This cursor does not belong to this list. Start again without cursor.",
        "该游标不属于此列表，请不带 cursor 重新开始。"
    );
    public static readonly RefusalCode BadIdempotencyKey = Shape(
        "bad-idempotency-key",
        "Idempotency-Key must be 1 to {0} visible ASCII characters, sent once.",
        "Idempotency-Key 须为 1 至 {0} 个可见 ASCII 字符，且只出现一次。"
    );
    public static readonly RefusalCode NotAcceptable = Shape(
        "not-acceptable",
        "This is given as {0}, and Accept allows none of them. Accept one, or leave the header out to get the first.",
        "此内容可提供的格式为 {0}，均不在 Accept 允许的范围内。请接受其中一种，或不带 Accept 以获取第一种。"
    );
    public static readonly RefusalCode NoSuchOrganization = Shape(
        "no-such-organization",
        "There is no organisation {0} in your scope today, which goes by the tree of today whatever day is asked for. List the organisations for their ids.",
        "您今天的管理范围内没有编号为 {0} 的单位（无论查询哪一天，范围均以今天的组织树为准）。请在单位列表中查询其 id。"
    );
    public static readonly RefusalCode FromAfterTo = Shape(
        "from-after-to",
        "'from' ({0}) is later than 'to' ({1}). Exchange the two.",
        "from（{0}）晚于 to（{1}），请对调。"
    );
    public static readonly RefusalCode IdempotencyKeyReused = new(
        "idempotency-key-reused",
        RefusalKind.Rule,
        "This Idempotency-Key was used for another request. Use a new key.",
        "该 Idempotency-Key 已用于另一请求，请换用新的键。"
    );
    public static readonly RefusalCode AnswerGone = new(
        "idempotent-answer-gone",
        RefusalKind.Conflict,
        "This request was carried out before, and the person that it was about has been erased since: it is not carried out again. If it is about somebody else, send it with a new Idempotency-Key.",
        "此请求此前已执行，所涉人员的个人信息此后已被删除，不再重复执行。如涉及另一人，请使用新的 Idempotency-Key。"
    );
    public static readonly RefusalCode IfMatchRequired = Shape(
        "if-match-required",
        "Send If-Match with the ETag that you read, so that nobody's change is lost.",
        "请在 If-Match 中带上所读到的 ETag，以免覆盖他人的更改。"
    );
    public static readonly RefusalCode BadIfMatch = Shape(
        "bad-if-match",
        "If-Match must be one ETag as this API gives it, for example \"2-1f0c3a5e9b7d2468\".",
        "If-Match 须为本接口给出的一个 ETag，例如 \"2-1f0c3a5e9b7d2468\"。"
    );
    public static readonly RefusalCode Stale = new(
        "stale",
        RefusalKind.Stale,
        "It was changed meanwhile (now revision {0}). Read it again and decide anew.",
        "记录已被更改（现为第 {0} 次修订），请重新读取后再操作。"
    );

    // The server.
    public static readonly RefusalCode BadRequest = Shape("bad-request", "The request cannot be read.", "无法读取该请求。");
    public static readonly RefusalCode HostNotAllowed = Shape(
        "host-not-allowed",
        "This server answers only as localhost, not as \"{0}\".",
        "本服务仅以 localhost 应答，不以“{0}”应答。"
    );
    public static readonly RefusalCode NotFound = new(
        "not-found",
        RefusalKind.NotFound,
        "There is nothing at this address. /swagger lists what there is.",
        "此地址没有内容，可用地址见 /swagger。"
    );
    public static readonly RefusalCode MethodNotAllowed = Shape(
        "method-not-allowed",
        "This address does not take {0}; the Allow header lists what it does.",
        "此地址不支持 {0}，可用方法见 Allow 头。"
    );
    public static readonly RefusalCode Unavailable = Shape(
        "unavailable",
        "The service cannot do this at the moment. Try again shortly.",
        "服务暂时不可用，请稍后重试。"
    );
    public static readonly RefusalCode SystemTimeWrong = Shape(
        "system-time-wrong",
        "The system time is wrong, so nothing can be recorded until an operator has set or confirmed it.",
        "系统时间有误，在管理员校正或确认之前不能写入。"
    );
    public static readonly RefusalCode InternalError = Shape(
        "internal-error",
        "Something went wrong on the server. The traceId finds it in the log.",
        "服务器内部错误，可凭 traceId 在日志中查找。"
    );

    private static RefusalCode Shape(string code, string en, string zh) => new(code, RefusalKind.Shape, en, zh);
}
