using System.Globalization;
using System.Text;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Benchmarks.Reporting;

/// <summary>The rows that reports count, copied from the tables to DuckDB: workers as integers, codes as enumerations, sorted by worker.</summary>
internal sealed class DistrictCopy(DistrictTables tables, DirectoryInfo folder, Framework framework)
{
    private readonly Dictionary<Guid, int> workers = [];

    public static string Hex(Guid id) => Convert.ToHexString(id.ToByteArray(bigEndian: true));

    public async Task FillAsync(DuckDb duck)
    {
        await CopyAsync(
            duck,
            "w",
            "w INTEGER, cs INTEGER, g VARCHAR, active BOOLEAN, k BIGINT, u BIGINT",
            "SELECT worker_id, career_start, gender, state = 'active', recorded_at, superseded_at FROM worker_revisions ORDER BY worker_id, revision"
        );
        await CopyAsync(
            duck,
            "a",
            "w INTEGER, o VARCHAR, f INTEGER, e INTEGER, oc VARCHAR, k BIGINT, u BIGINT",
            $"SELECT w, {tables.HexOf("o")}, f, e, oc, k, u FROM a ORDER BY w"
        );
        await CopyAsync(
            duck,
            "s0",
            "w INTEGER, c VARCHAR, r VARCHAR, l TINYINT, f INTEGER, e INTEGER, k BIGINT, u BIGINT",
            "SELECT w, c, r, l, f, e, k, u FROM s ORDER BY w"
        );
        await duck.AskAsync("CREATE TYPE channel AS ENUM (SELECT DISTINCT c FROM s0 ORDER BY c)");
        await duck.AskAsync("CREATE TYPE rung AS ENUM (SELECT DISTINCT r FROM s0 ORDER BY r)");
        await duck.AskAsync("CREATE TABLE s AS SELECT w, c::channel AS c, r::rung AS r, l, f, e, k, u FROM s0");
        await duck.AskAsync("DROP TABLE s0");
        await CopyAsync(
            duck,
            "m0",
            "w INTEGER, t VARCHAR, d INTEGER, y INTEGER, z INTEGER, g VARCHAR, j VARCHAR, k BIGINT, u BIGINT",
            "SELECT w, t, d, y, z, g, j, k, u FROM m ORDER BY w"
        );
        await duck.AskAsync("CREATE TYPE milestone AS ENUM (SELECT DISTINCT t FROM m0 ORDER BY t)");
        var figures = new FigureSql(framework);
        var kinds = framework.MilestoneTypes.Values.Select(t => $"WHEN '{t.Code}' THEN '{t.Kind}'");
        await duck.AskAsync(
            $"CREATE TYPE kind AS ENUM ({string.Join(", ", framework.MilestoneTypes.Values.Select(t => $"'{t.Kind}'").Distinct())})"
        );
        foreach (var type in figures.Types)
        {
            await duck.AskAsync(type);
        }
        var kind = $"CAST(CASE t {string.Join(' ', kinds)} END AS kind)";
        await duck.AskAsync(
            $"CREATE TABLE m AS SELECT w, t::milestone AS t, {kind} AS kind, d, greatest(d, coalesce(least(y, z), 2147483647)) AS l, "
                + $"hash(g) AS g, k, u, {string.Join(", ", figures.Columns)} FROM m0"
        );
        await duck.AskAsync("DROP TABLE m0");
    }

    private async Task CopyAsync(DuckDb duck, string name, string columns, string sql)
    {
        var path = Path.Combine(folder.FullName, name + ".csv");
        await using (var file = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20))
        {
            using var command = tables.Command(sql);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var worker = tables.ReadId(reader);
                if (!workers.TryGetValue(worker, out var number))
                {
                    workers[worker] = number = workers.Count;
                }
                file.Write(number);
                for (var i = 1; i < reader.FieldCount; i++)
                {
                    file.Write(',');
                    if (!reader.IsDBNull(i))
                    {
                        file.Write(Quoted(Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!));
                    }
                }
                file.Write('\n');
            }
        }
        await duck.AskAsync($"CREATE TABLE {name} ({columns})");
        await duck.AskAsync($"COPY {name} FROM '{path}' (FORMAT csv, HEADER false, NULLSTR '')");
        File.Delete(path);
    }

    private static string Quoted(string text) => text.Contains('"') ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
