using static CareerCoordinates.Data.Record.ColumnKind;

namespace CareerCoordinates.Data.Record;

/// <summary>The append-only tables with their columns, in the order of writing and reading; the migrations make them.</summary>
public static class RecordTables
{
    public static readonly TableColumns Organizations = new(
        "organization_revisions",
        ("organization_id", Id),
        ("revision", Int),
        ("state", Text),
        ("parent_id", Id),
        ("kind", Text),
        ("name", Text),
        ("credit_code", Text),
        ("industry_code", Text),
        ("from_day", Day),
        ("holds_from", Day),
        ("union_founded_on", Day),
        ("tags", Text),
        ("phone", Text),
        ("reason", Text),
        ("recorded_at", Big),
        ("recorded_by", Text),
        ("superseded_at", Big)
    );

    public static readonly TableColumns Workers = new(
        "worker_revisions",
        ("worker_id", Id),
        ("revision", Int),
        ("state", Text),
        ("number", Text),
        ("name", Text),
        ("career_start", Day),
        ("birth_date", Day),
        ("gender", Text),
        ("migrant_worker", Flag),
        ("id_number", Bytes),
        ("id_number_shown", Text),
        ("reason", Text),
        ("recorded_at", Big),
        ("recorded_by", Text),
        ("superseded_at", Big)
    );

    public static readonly TableColumns Affiliations = new(
        "affiliation_revisions",
        ("worker_id", Id),
        ("affiliation_id", Id),
        ("revision", Int),
        ("state", Text),
        ("kind", Text),
        ("organization_id", Id),
        ("external_name", Text),
        ("from_day", Day),
        ("until_day", Day),
        ("is_primary", Flag),
        ("staff_number", Text),
        ("employment_form", Text),
        ("occupation_code", Text),
        ("reason", Text),
        ("recorded_at", Big),
        ("recorded_by", Text),
        ("superseded_at", Big)
    );

    public static readonly TableColumns Milestones = new(
        "milestone_revisions",
        ("worker_id", Id),
        ("milestone_id", Id),
        ("revision", Int),
        ("state", Text),
        ("type", Text),
        ("occurred_on", Text),
        ("occurred_day", Day),
        ("until_on", Text),
        ("until_day", Day),
        ("ended_on", Day),
        ("ended_kind", Text),
        ("ended_reason", Text),
        ("attributes", Text),
        ("evidence", Text),
        ("note", Text),
        ("verified_by", Text),
        ("on_behalf", Flag),
        ("framework_version", Int),
        ("reason", Text),
        ("recorded_at", Big),
        ("recorded_by", Text),
        ("superseded_at", Big),
        ("request_key", Text),
        ("request_hash", Bytes)
    );

    public static readonly TableColumns Contests = new(
        "milestone_contests",
        ("worker_id", Id),
        ("milestone_id", Id),
        ("sequence", Int),
        ("kind", Text),
        ("reason", Text),
        ("recorded_at", Big),
        ("recorded_by", Text)
    );

    public static readonly TableColumns Standings = new(
        "standings",
        ("worker_id", Id),
        ("channel", Text),
        ("rung", Text),
        ("level", Int),
        ("from_day", Day),
        ("end_day", Day),
        ("recorded_at", Big),
        ("superseded_at", Big)
    );

    public static readonly TableColumns Idempotency = new(
        "idempotency_keys",
        ("account", Text),
        ("method", Text),
        ("path", Text),
        ("idempotency_key", Text),
        ("request_hash", Bytes),
        ("status", Int),
        ("headers", Text),
        ("body", Bytes),
        ("recorded_at", Big)
    );

    public static readonly TableColumns FrameworkVersions = new(
        "framework_versions",
        ("code", Text),
        ("version", Int),
        ("hash", Text),
        ("content", Text),
        ("published_at", Big)
    );

    /// <summary>Up to which instant the record is closed: one row.</summary>
    public static readonly TableColumns Clock = new("record_clock", ("id", Int), ("closed_through", Big));

    public static readonly TableColumns WorkerNumbers = new("worker_numbers", ("number", Text), ("worker_id", Id));

    public static readonly TableColumns StaffNumbers = new(
        "staff_numbers",
        ("organization_id", Id),
        ("staff_number", Text),
        ("affiliation_id", Id),
        ("worker_id", Id),
        ("from_day", Day),
        ("until_day", Day)
    );

    public static readonly TableColumns CreditCodes = new("credit_codes", ("credit_code", Text), ("organization_id", Id));
}
