namespace CareerCoordinates.Domain.Imports;

/// <summary>What the rows of an uploaded sheet are.</summary>
public enum ImportKind
{
    Organizations,
    Workers,
    Milestones,
}

/// <summary>Where an import stands (design §7).</summary>
public enum ImportState
{
    /// <summary>The dry run reads the rows; nothing is written.</summary>
    Checking,

    /// <summary>Each row is known to be created, changed, the same or refused; it waits for somebody to commit it.</summary>
    Checked,
    Committing,
    Committed,
    Undoing,
    Undone,
    Cancelled,
    Failed,
}

/// <summary>What becomes of a row.</summary>
public enum RowAction
{
    Create,
    Change,

    /// <summary>The record says so already.</summary>
    Same,
    Refuse,
}
