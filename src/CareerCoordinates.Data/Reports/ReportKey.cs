using System.Security.Cryptography;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>The key of the protected counts: made when a database is first opened, and never another.</summary>
internal static class ReportKey
{
    private const string MakeSql = "INSERT INTO report_keys (key_id, key) VALUES (1, @p0) ON CONFLICT DO NOTHING";
    private const string ReadSql = "SELECT key FROM report_keys";

    public static ProtectedCounts ReadOrMake(RecordConnection connection)
    {
        var key = Read(connection);
        if (key is null)
        {
            // Another process may be as fast: one of the two keys stays.
            connection
                .Prepared(MakeSql, ColumnKind.Bytes)
                .Execute(connection.Transaction, RandomNumberGenerator.GetBytes(ProtectedCounts.KeyBytes));
            key = Read(connection);
        }
        return new(key);
    }

    private static byte[]? Read(RecordConnection connection) =>
        connection.Prepared(ReadSql).Read(connection.Transaction, row => row.Bytes()).SingleOrDefault();
}
