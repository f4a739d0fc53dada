using CareerCoordinates.Data.Record;
using static CareerCoordinates.Data.Record.ColumnKind;

namespace CareerCoordinates.Data.Imports;

/// <summary>The tables of imports, as <see cref="RecordTables"/> are those of the record.</summary>
public static class ImportTables
{
    public static readonly TableColumns Imports = new(
        "imports",
        ("import_id", Id),
        ("account_id", Id),
        ("account", Text),
        ("kind", Text),
        ("type", Text),
        ("organization_id", Id),
        ("mapping", Text),
        ("file_name", Text),
        ("encoding", Text),
        ("state", Text),
        ("row_count", Int),
        ("create_count", Int),
        ("change_count", Int),
        ("same_count", Int),
        ("refuse_count", Int),
        ("detail", Text),
        ("uploaded_at", Big),
        ("changed_at", Big),
        ("key_id", Int),
        ("nonce", Bytes),
        ("wrapped_key", Bytes),
        ("tag", Bytes),
        ("not_read", Text)
    );

    public static readonly TableColumns Parts = new(
        "import_parts",
        ("import_id", Id),
        ("part", Text),
        ("number", Int),
        ("content", Bytes)
    );

    public static readonly TableColumns Items = new(
        "import_items",
        ("import_id", Id),
        ("number", Int),
        ("worker_id", Id),
        ("thing", Text),
        ("thing_id", Id),
        ("revision", Int)
    );

    public static readonly TableColumns Samples = new(
        "import_samples",
        ("import_id", Id),
        ("account_id", Id),
        ("account", Text),
        ("waiting", Int),
        ("milestones", Text),
        ("drawn_at", Big),
        ("basis", Text),
        ("verified", Int),
        ("verified_at", Big)
    );
}
