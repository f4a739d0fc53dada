using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Api.Access;

/// <summary>What an account and its grants may be.</summary>
public static class AccountRules
{
    public const int LongestName = 64;
    public const int MostGrants = 50;

    public static readonly RefusalCode BadName = new(
        "bad-account-name",
        RefusalKind.Rule,
        "A name has 3 to {0} characters: small letters a to z, digits, hyphens and dots, and begins with a letter.",
        "账号名须为 3 至 {0} 个字符：小写字母、数字、连字符和点，并以字母开头。"
    );
    public static readonly RefusalCode NameTaken = new(
        "account-name-taken",
        RefusalKind.Conflict,
        "There is an account '{0}' already. Choose another name.",
        "账号“{0}”已存在，请换一个名称。"
    );
    public static readonly RefusalCode UnknownAccount = new(
        "unknown-account",
        RefusalKind.NotFound,
        "There is no account {0}. List the accounts for their ids.",
        "没有账号 {0}，请先查询账号列表。"
    );
    public static readonly RefusalCode UnknownGrant = new(
        "unknown-grant",
        RefusalKind.NotFound,
        "This account has no grant {0} that could be revoked.",
        "该账号没有可撤销的授权 {0}。"
    );
    public static readonly RefusalCode RoleNotGranted = new(
        "role-not-granted",
        RefusalKind.Rule,
        "The role 'worker' comes with the account of a worker and is not granted.",
        "worker 角色随职工账号而有，不另行授予。"
    );
    public static readonly RefusalCode ActsNotTaken = new(
        "acts-not-taken",
        RefusalKind.Rule,
        "A verifier acts for at least one of these bodies, an officer for any or none: {0}. Other roles take no 'acts'.",
        "核验人员须代表至少一个机构，工作人员可代表若干或不代表：{0}。其他角色不填 acts。"
    );
    public static readonly RefusalCode WholeTreeOnly = new(
        "role-is-for-whole-tree",
        RefusalKind.Rule,
        "The role '{0}' is for the whole tree. Leave 'organizationId' out; for a part of the tree take the role 'officer'.",
        "角色 {0} 只能对全部单位授予。请不填 organizationId；如只管部分单位，请用 officer 角色。"
    );
    public static readonly RefusalCode GrantedAlready = new(
        "grant-exists",
        RefusalKind.Conflict,
        "The account has this right already, by the grant {0}. There is nothing to do; to take the right away, revoke that grant.",
        "该账号已有此项权限（授权 {0}），无须再授予。如要取消，请撤销该授权。"
    );
    public static readonly RefusalCode LastAdministrator = new(
        "last-administrator",
        RefusalKind.Conflict,
        "This account is the last enabled one with the role 'administrator'. Grant the role to another account first.",
        "这是最后一个可用的管理员账号。请先将管理员角色授予另一账号。"
    );
    public static readonly RefusalCode OrganizationUnknown = new(
        "unknown-organization",
        RefusalKind.Rule,
        "There is no organisation {0} in the tree. List the organisations for their ids.",
        "组织树中没有编号为 {0} 的单位，请先查询单位列表。"
    );
    public static readonly RefusalCode Excluded = new(
        "roles-exclude-each-other",
        RefusalKind.Conflict,
        "Nobody is administrator and auditor at once. Revoke the other role first, or take another account.",
        "同一账号不能既是管理员又是审计员。请先撤销另一角色，或使用其他账号。"
    );
    public static readonly RefusalCode NotOneself = new(
        "not-oneself",
        RefusalKind.Rule,
        "Nobody changes his own rights. Ask another administrator.",
        "不能更改自己的权限，请由其他管理员处理。"
    );
    public static readonly RefusalCode TooManyGrants = new(
        "too-many-grants",
        RefusalKind.Rule,
        "An account has at most {0} grants. Revoke one, or grant a wider subtree.",
        "每个账号最多 {0} 项授权。请撤销一项，或授予更大的范围。"
    );

    public static readonly RefusalCode WorkersOwn = new(
        "account-of-a-worker",
        RefusalKind.Conflict,
        "This is a worker's own account: nobody else sets its password. His officer gives him a claim code.",
        "这是职工本人的账号，他人不能设置其密码，请由本单位工作人员发放激活码。"
    );
    public static readonly RefusalCode HasRoles = new(
        "account-has-roles",
        RefusalKind.Conflict,
        "This person's account has roles, which a code must not open. An administrator sets its password.",
        "此人的账号已授予角色，不能用激活码开启，请由管理员设置密码。"
    );

    /// <summary>What is wrong with the name of an account, or null.</summary>
    public static Refusal? CheckName(string name, string pointer = "/name") =>
        name == LocalUser.Name ? new Refusal(NameTaken, pointer, name) : CheckName(name, BadName, pointer);

    /// <inheritdoc cref="CheckName(string, string)"/>
    /// <param name="bad">How a name that is none is refused.</param>
    internal static Refusal? CheckName(string name, RefusalCode bad, string pointer) =>
        !IsName(name) ? new Refusal(bad, pointer, LongestName)
        : IdNumber.StandsIn(name) ? new Refusal(PlainText.IdNumberElsewhere, pointer)
        : null;

    /// <summary>What can stand in the audit trail and be told apart by eye.</summary>
    private static bool IsName(string name) =>
        name.Length is >= 3 and <= LongestName
        && name[0] is >= 'a' and <= 'z'
        && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.');

    /// <summary>Whether the grant may be added to those that hold.</summary>
    public static Refusal? CheckGrant(Framework framework, RoleGrant grant, IReadOnlyList<StoredGrant> grants)
    {
        var bodies = framework.VerifierRoles.Keys.Order(StringComparer.Ordinal).ToList();
        var held = grants.Where(g => g.RevokedAt is null).Select(g => g.Grant).ToList();
        return grant.Role == Role.Worker ? new Refusal(RoleNotGranted, "/role")
            : !grant.Gives ? new Refusal(WholeTreeOnly, "/organizationId", Codes<Role>.Of(grant.Role))
            : !ActsFit(grant) || !grant.Acts.All(bodies.Contains) ? new Refusal(ActsNotTaken, "/acts", string.Join(", ", bodies))
            : held.Find(grant.IsSameAs) is { } same ? new Refusal(GrantedAlready, "", same.Id)
            : held.Count >= MostGrants ? new Refusal(TooManyGrants, "", MostGrants)
            : (grant.Role == Role.Administrator && held.Any(g => g.Role == Role.Auditor))
            || (grant.Role == Role.Auditor && held.Any(g => g.Role == Role.Administrator))
                ? new Refusal(Excluded, "/role")
            : null;
    }

    private static bool ActsFit(RoleGrant grant) =>
        grant.Role switch
        {
            Role.Verifier => grant.Acts.Count > 0,
            Role.Officer => true,
            _ => grant.Acts.Count == 0,
        };
}
