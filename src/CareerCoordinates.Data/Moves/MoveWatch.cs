namespace CareerCoordinates.Data.Moves;

/// <summary>What a move is doing.</summary>
public enum MoveStep
{
    Checking,
    Copying,
    Indexing,
    Comparing,
}

/// <summary>How far a move has come: rows of all tables, or steps where indexes are built.</summary>
/// <param name="Table">The one that is under way; empty where indexes are built.</param>
public readonly record struct MoveState(MoveStep Step, string Table, long Done, long Total);

/// <summary>Tells how far a move has come, and ends it where that is asked for.</summary>
public sealed class MoveWatch(Action<MoveState> told, CancellationToken stopping)
{
    private const int RowsBetweenTold = 2_000;

    private MoveState state;

    /// <param name="total">Rows of all tables.</param>
    internal void Begin(MoveStep step, long total) => state = new(step, "", 0, total);

    internal void Table(string name) => Tell(state with { Table = name });

    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    internal void Row()
    {
        stopping.ThrowIfCancellationRequested();
        state = state with { Done = state.Done + 1 };
        if (state.Done % RowsBetweenTold == 0)
        {
            Tell(state);
        }
    }

    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    internal void Steps(int done, int of) => Tell(state with { Done = done, Total = of });

    private void Tell(MoveState now)
    {
        stopping.ThrowIfCancellationRequested();
        state = now;
        told(now);
    }
}
