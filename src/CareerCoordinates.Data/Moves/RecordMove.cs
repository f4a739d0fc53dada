using System.Data.Common;

namespace CareerCoordinates.Data.Moves;

/// <summary>Copies a whole record, every revision of everything, to an empty place, and proves it: each table is read back there, and its hash is that of the source.</summary>
public static class RecordMove
{
    /// <summary>What the place would be asked to take; writes nothing.</summary>
    /// <exception cref="MoveException">It would not be taken.</exception>
    public static void Check(MoveSource source, MoveTarget target)
    {
        if (source.Identity == target.Identity)
        {
            throw new MoveException(
                $"Source and target are the same: {source.Name}. Name another, empty one as the target.",
                $"来源与目标相同：{source.Name}。请另指定一个空的目标。"
            );
        }
        target.Check();
    }

    /// <summary>Moves; the source keeps what it has.</summary>
    /// <param name="first">Done when the target has said that it takes the record, and before any of it is read.</param>
    /// <param name="last">Done in the target when all is proven and before it is known, as the one thing that it has and the source has not.</param>
    /// <returns>What each table held on both sides.</returns>
    /// <exception cref="MoveException">It could not be moved, and nothing stays in the target.</exception>
    /// <exception cref="OperationCanceledException">It was stopped, and nothing stays in the target.</exception>
    public static IReadOnlyList<TableContent> Run(
        MoveSource source,
        MoveTarget target,
        MoveWatch watch,
        Action? first = null,
        Action? last = null
    )
    {
        Check(source, target);
        first?.Invoke();
        source.Begin();
        var rows = source.CountRows().Sum();
        target.Begin();
        watch.Begin(MoveStep.Copying, rows);
        var contents = MovedTables.All.Select(table => InTable(table, () => target.Take(table, source, watch))).ToList();
        watch.Begin(MoveStep.Indexing, 0);
        target.Finish(watch);
        watch.Begin(MoveStep.Comparing, rows);
        foreach (var (table, read) in MovedTables.All.Zip(contents))
        {
            var written = InTable(table, () => target.Read(table, watch));
            if (read.FirstDifference(written) is var (from, to))
            {
                throw new MoveException(
                    $"The table {table.Name} is not the same in {target.Name}: {read.Rows:N0} rows with hash {read.Sha256} were read, {written.Rows:N0} with {written.Sha256} are there; "
                        + $"the first difference lies between the rows {from:N0} and {to:N0}. Nothing was kept there. Try again; if it happens twice, look at that machine's disk and memory.",
                    $"表 {table.Name} 在 {target.Name} 中与来源不一致：读出 {read.Rows:N0} 行，哈希 {read.Sha256}；写入 {written.Rows:N0} 行，哈希 {written.Sha256}；首处差异位于第 {from:N0} 至 {to:N0} 行之间。目标中未保留任何内容。请重试；如再次出现，请检查该机器的磁盘和内存。"
                );
            }
        }
        last?.Invoke();
        target.Complete(contents);
        return contents;

        TableContent InTable(MovedTable table, Func<TableContent> work)
        {
            watch.Table(table.Name);
            try
            {
                return work();
            }
            catch (Exception e) when (e is DbException or IOException)
            {
                throw new MoveException(
                    $"The table {table.Name} could not be copied to {target.Name}: {e.Message.TrimEnd('.')}. Nothing was kept there.",
                    $"表 {table.Name} 无法复制到 {target.Name}：{e.Message.TrimEnd('.')}。目标中未保留任何内容。",
                    e
                );
            }
        }
    }
}
