using CareerCoordinates.Data.Record;
using static CareerCoordinates.Data.Record.ColumnKind;

namespace CareerCoordinates.Data.Reports;

/// <summary>The tables of what organisations report, as <see cref="RecordTables"/> are those of the record.</summary>
public static class ReportTables
{
    public static readonly TableColumns EnteredFigures = new(
        "entered_figure_revisions",
        ("organization_id", Id),
        ("entered_figure_id", Id),
        ("revision", Int),
        ("state", Text),
        ("indicator", Text),
        ("figure", Text),
        ("year_kind", Text),
        ("year", Int),
        ("number", Big),
        ("source", Text),
        ("reason", Text),
        ("recorded_at", Big),
        ("recorded_by", Text),
        ("superseded_at", Big)
    );

    /// <summary>What is entered and not voided, by what is unique.</summary>
    public static readonly TableColumns Entered = new(
        "entered_figures",
        ("organization_id", Id),
        ("indicator", Text),
        ("figure", Text),
        ("year_kind", Text),
        ("year", Int),
        ("entered_figure_id", Id)
    );

    public static readonly TableColumns SavedReports = new(
        "saved_reports",
        ("account_id", Id),
        ("saved_report_id", Id),
        ("name", Text),
        ("report", Text),
        ("parameters", Text),
        ("language", Text),
        ("answer_hash", Bytes),
        ("scope", Text),
        ("framework_version", Int),
        ("program", Text),
        ("saved_at", Big)
    );

    /// <summary>The key of the protected counts.</summary>
    public static readonly TableColumns Keys = new("report_keys", ("key_id", Int), ("key", Bytes));
}
