using CareerCoordinates.Data.Record;
using static CareerCoordinates.Data.Record.ColumnKind;

namespace CareerCoordinates.Data.Access;

/// <summary>The tables of accounts, rights and the audit trail, as <see cref="RecordTables"/> are those of the record.</summary>
public static class AccessTables
{
    public static readonly TableColumns Accounts = new(
        "accounts",
        ("account_id", Id),
        ("name", Text),
        ("password_hash", Text),
        ("worker_id", Id),
        ("disabled", Flag),
        ("created_at", Big),
        ("created_by", Text),
        ("password_by", Text)
    );

    public static readonly TableColumns RoleGrants = new(
        "role_grants",
        ("account_id", Id),
        ("grant_id", Id),
        ("role", Text),
        ("organization_id", Id),
        ("acts", Text),
        ("granted_at", Big),
        ("granted_by", Text),
        ("revoked_at", Big),
        ("revoked_by", Text)
    );

    public static readonly TableColumns SignIns = new(
        "sign_ins",
        ("token_hash", Bytes),
        ("refresh_hash", Bytes),
        ("account_id", Id),
        ("kind", Text),
        ("antiforgery_hash", Bytes),
        ("token_ends_at", Big),
        ("ends_at", Big),
        ("seen_at", Big)
    );

    public static readonly TableColumns AuditEntries = new(
        "audit_entries",
        ("entry_id", Id),
        ("recorded_at", Big),
        ("account", Text),
        ("action", Text),
        ("worker_id", Id),
        ("details", Text),
        ("token", Text)
    );

    public static readonly TableColumns ApiTokens = new(
        "api_tokens",
        ("account_id", Id),
        ("token_id", Id),
        ("name", Text),
        ("token_hash", Bytes),
        ("role", Text),
        ("organization_id", Id),
        ("acts", Text),
        ("created_at", Big),
        ("ends_at", Big),
        ("revoked_at", Big),
        ("revoked_by", Text)
    );

    public static readonly TableColumns AuditEntryWorkers = new("audit_entry_workers", ("worker_id", Id), ("entry_id", Id));

    public static readonly TableColumns ClaimCodes = new(
        "claim_codes",
        ("worker_id", Id),
        ("claim_hash", Bytes),
        ("ends_at", Big),
        ("made_by", Text)
    );

    public static readonly TableColumns KnownDevices = new(
        "known_devices",
        ("device_hash", Bytes),
        ("account_id", Id),
        ("seen_at", Big)
    );

    public static readonly TableColumns Notices = new(
        "notices",
        ("version", Int),
        ("hash", Text),
        ("content", Text),
        ("published_at", Big)
    );

    public static readonly TableColumns NoticeAcknowledgements = new(
        "notice_acknowledgements",
        ("account_id", Id),
        ("version", Int),
        ("acknowledged_at", Big)
    );
}
