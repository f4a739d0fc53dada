using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Data.Protection;

/// <summary>
/// Workers' ID numbers in the database: sealed under a key of each worker's own, which is stored wrapped under the operator's key, and
/// found by a keyed hash. The clear number is in no row.
/// </summary>
public static class IdNumbers
{
    private static readonly string SelectKeySql =
        $"SELECT {ProtectionTables.WorkerKeys.Names} FROM worker_keys WHERE worker_id = @p0";

    /// <summary>By what the database recognises its key; null where nothing is protected yet.</summary>
    public static KeyCheck? ReadCheck(RecordConnection connection)
    {
        var found = connection
            .Prepared($"SELECT {ProtectionTables.Keys.Names} FROM protection_keys ORDER BY key_id DESC")
            .Read(connection.Transaction, row => new KeyCheck((byte)row.Int(), row.Bytes()));
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The worker who has the number now; null where nobody has it who is neither voided nor erased.</summary>
    public static Guid? HolderOf(RecordTransaction tx, KeyEncryptionKey key, IdNumber number)
    {
        var found = tx
            .Connection.Prepared("SELECT worker_id FROM id_number_index WHERE number_hash = @p0", ColumnKind.Bytes)
            .Read(tx.Connection.Transaction, row => row.Id(), key.IndexOf(number));
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>Seals the number for a revision of the worker that is about to be added, and makes him found by it. Ask <see cref="HolderOf"/> first.</summary>
    public static SealedIdNumber Seal(RecordTransaction tx, KeyEncryptionKey key, Guid workerId, IdNumber number)
    {
        Claim(tx, key);
        using var own = KeyOf(tx.Connection, key, workerId) ?? MakeKey(tx, key, workerId);
        Free(tx, workerId);
        Insert(tx, ProtectionTables.Index, key.IndexOf(number), workerId);
        return new(own.Seal(number).Pack(), number.Shown);
    }

    /// <exception cref="BrokenSealException">It is not this worker's ID number, or not as it was sealed.</exception>
    public static IdNumber Open(RecordConnection connection, KeyEncryptionKey? key, Guid workerId, SealedIdNumber number)
    {
        using var own = key is null ? null : KeyOf(connection, key, workerId);
        return own is null
            ? throw new StoreUnavailableException("An ID number cannot be opened: its key is not there.")
            : own.Open(SealedBytes.Unpack(number.Sealed, IdNumber.Length));
    }

    /// <summary>A number that the worker has no longer is free for others.</summary>
    internal static void Free(RecordTransaction tx, Guid workerId) =>
        tx.Execute("DELETE FROM id_number_index WHERE worker_id = @p0", [ColumnKind.Id], workerId);

    /// <summary>Nobody can ever read again what was sealed for the worker, in no revision.</summary>
    internal static void Forget(RecordTransaction tx, Guid workerId)
    {
        Free(tx, workerId);
        tx.Execute("DELETE FROM worker_keys WHERE worker_id = @p0", [ColumnKind.Id], workerId);
    }

    /// <summary>The first use of a key makes it the database's: no process with another may go on, nor may a start.</summary>
    /// <exception cref="StoreUnavailableException">Another process made another key the database's since the start of this one.</exception>
    public static void Claim(RecordTransaction tx, KeyEncryptionKey key)
    {
        if (ReadCheck(tx.Connection) is not { } stored)
        {
            Insert(tx, ProtectionTables.Keys, (int)key.Id, key.Check.Value);
        }
        else if (!key.Fits(stored))
        {
            throw new StoreUnavailableException("The database is protected with another key than this process has.");
        }
    }

    private static DataKey MakeKey(RecordTransaction tx, KeyEncryptionKey key, Guid workerId)
    {
        var made = DataKey.Make(workerId);
        var (id, wrapped) = key.Wrap(made);
        Insert(tx, ProtectionTables.WorkerKeys, workerId, (int)id, wrapped.Nonce, wrapped.Ciphertext, wrapped.Tag);
        return made;
    }

    private static DataKey? KeyOf(RecordConnection connection, KeyEncryptionKey key, Guid workerId)
    {
        var found = connection
            .Prepared(SelectKeySql, ColumnKind.Id)
            .Read(
                connection.Transaction,
                row =>
                {
                    row.Id();
                    return new WrappedKey((byte)row.Int(), new SealedBytes(row.Bytes(), row.Bytes(), row.Bytes()));
                },
                workerId
            );
        return found.Count > 0 ? key.Unwrap(found[0], workerId) : null;
    }

    private static void Insert(RecordTransaction tx, TableColumns table, params ReadOnlySpan<object?> values) =>
        tx.Execute(table.InsertSql, table.Kinds, values);
}
