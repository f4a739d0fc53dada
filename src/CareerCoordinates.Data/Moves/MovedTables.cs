using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;

namespace CareerCoordinates.Data.Moves;

/// <summary>A table that goes along when a record is moved.</summary>
/// <param name="Key">The columns by which its rows are ordered, the same on every engine: its primary key.</param>
public sealed record MovedTable(TableColumns Columns, params string[] Key)
{
    public string Name => Columns.Table;
}

/// <summary>Which tables are a record and which are not; a test compares both lists with the catalogs, so that none is forgotten.</summary>
public static class MovedTables
{
    /// <summary>All that is recorded, who may do what, who did what, and what people keep here, with every revision.</summary>
    public static readonly IReadOnlyList<MovedTable> All =
    [
        new(RecordTables.Clock, "id"),
        new(RecordTables.FrameworkVersions, "code", "version"),
        new(RecordTables.Organizations, "organization_id", "revision"),
        new(RecordTables.CreditCodes, "credit_code"),
        new(RecordTables.Workers, "worker_id", "revision"),
        new(RecordTables.WorkerNumbers, "number"),
        new(RecordTables.Affiliations, "worker_id", "affiliation_id", "revision"),
        new(RecordTables.StaffNumbers, "organization_id", "staff_number", "affiliation_id"),
        new(RecordTables.Milestones, "worker_id", "milestone_id", "revision"),
        new(RecordTables.Contests, "worker_id", "milestone_id", "sequence"),
        // They follow from the record, but past knowledge as it was told then is kept as it is.
        new(RecordTables.Standings, "worker_id", "channel", "from_day", "recorded_at", "rung"),
        // What is sent a second time must still be the same as the first.
        new(RecordTables.Idempotency, "account", "method", "path", "idempotency_key"),
        new(AccessTables.Accounts, "account_id"),
        new(AccessTables.RoleGrants, "account_id", "grant_id"),
        new(AccessTables.ApiTokens, "account_id", "token_id"),
        new(AccessTables.ClaimCodes, "worker_id"),
        new(AccessTables.KnownDevices, "device_hash"),
        new(AccessTables.Notices, "version"),
        new(AccessTables.NoticeAcknowledgements, "account_id", "version"),
        new(AccessTables.AuditEntries, "entry_id"),
        new(AccessTables.AuditEntryWorkers, "worker_id", "entry_id"),
        new(ProtectionTables.Keys, "key_id"),
        new(ProtectionTables.WorkerKeys, "worker_id"),
        new(ProtectionTables.Index, "number_hash"),
        new(ProtectionTables.Erasures, "erasure_id"),
        new(ReportTables.EnteredFigures, "organization_id", "entered_figure_id", "revision"),
        new(ReportTables.Entered, "organization_id", "indicator", "figure", "year_kind", "year"),
        new(ReportTables.Keys, "key_id"),
        new(ReportTables.SavedReports, "account_id", "saved_report_id"),
        new(ImportTables.Imports, "import_id"),
        new(ImportTables.Parts, "import_id", "part", "number"),
        new(ImportTables.Items, "import_id", "number"),
    ];

    /// <summary>What stays behind, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> LeftOut = new Dictionary<string, string>
    {
        ["schema_versions"] = "the new database's own migrations write it",
        [AccessTables.SignIns.Table] = "who is signed in signs in again",
        ["organizations"] = "locks of writers side by side, made anew from the record",
        ["workers"] = "locks of writers side by side, made anew from the record",
        ["record_changes"] = "what processes that run now have still to follow",
    };
}
