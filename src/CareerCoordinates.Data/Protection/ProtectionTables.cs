using CareerCoordinates.Data.Record;
using static CareerCoordinates.Data.Record.ColumnKind;

namespace CareerCoordinates.Data.Protection;

/// <summary>The tables of keys, of the blind index and of erasures, as <see cref="RecordTables"/> are those of the record.</summary>
public static class ProtectionTables
{
    public static readonly TableColumns Keys = new("protection_keys", ("key_id", Int), ("check_value", Bytes));

    public static readonly TableColumns WorkerKeys = new(
        "worker_keys",
        ("worker_id", Id),
        ("key_id", Int),
        ("nonce", Bytes),
        ("wrapped_key", Bytes),
        ("tag", Bytes)
    );

    public static readonly TableColumns Index = new("id_number_index", ("number_hash", Bytes), ("worker_id", Id));

    public static readonly TableColumns Erasures = new(
        "erasures",
        ("erasure_id", Id),
        ("worker_id", Id),
        ("state", Text),
        ("reason", Text),
        ("asked_at", Big),
        ("asked_by", Text),
        ("decided_at", Big),
        ("decided_by", Text),
        ("decision_reason", Text)
    );
}
