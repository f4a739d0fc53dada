namespace CareerCoordinates.Api.Writes;

/// <summary>What a write made or changed, as the audit trail tells it.</summary>
internal interface IWritten
{
    /// <summary>Its id, and the id's name such as <c>milestoneId</c>; null where the address names it.</summary>
    (string Name, Guid Id)? Made { get; }

    /// <summary>The revision that was written; 0 where that says nothing.</summary>
    int Revision { get; }
}
