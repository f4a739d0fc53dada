using System.Collections.Frozen;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Frameworks;

/// <summary>A version of the framework and the instant from which questions are answered with it.</summary>
public sealed record PublishedFramework(Framework Framework, Instant PublishedAt);

/// <summary>The versions of the one framework code that this database serves. Safe for several threads.</summary>
public sealed class PublishedFrameworks
{
    private readonly Lock adding = new();
    private volatile IReadOnlyList<PublishedFramework> versions = [];
    private volatile FrozenDictionary<string, MilestoneType> restricted = FrozenDictionary<string, MilestoneType>.Empty;

    public IReadOnlyList<PublishedFramework> Versions => versions;

    /// <summary>The highest published version.</summary>
    public Framework Current =>
        versions.Count > 0 ? versions[^1].Framework : throw new InvalidOperationException("No framework is published yet.");

    /// <summary>
    /// The restricted types, each as the newest version that has it defines it: rights are always today's, also over what was
    /// recorded under an older version.
    /// </summary>
    public IReadOnlyDictionary<string, MilestoneType> Restricted => restricted;

    public Framework? Find(int version) => versions.FirstOrDefault(v => v.Framework.Version == version)?.Framework;

    /// <summary>The highest version published at or before <paramref name="knownAt"/>; the first one for any instant before it.</summary>
    public Framework At(Instant knownAt)
    {
        var known = versions;
        for (var i = known.Count - 1; i > 0; i--)
        {
            if (known[i].PublishedAt <= knownAt)
            {
                return known[i].Framework;
            }
        }
        return known[0].Framework;
    }

    /// <summary>Two threads may learn of the same version: the first one tells it.</summary>
    internal void Add(PublishedFramework version)
    {
        lock (adding)
        {
            if (versions.Count == 0 || versions[^1].Framework.Version < version.Framework.Version)
            {
                IReadOnlyList<PublishedFramework> all = [.. versions, version];
                restricted = all.Reverse()
                    .SelectMany(v => v.Framework.MilestoneTypes.Values)
                    .DistinctBy(type => type.Code)
                    .Where(type => type.Sensitivity == Sensitivity.Restricted)
                    .ToFrozenDictionary(type => type.Code);
                versions = all;
            }
        }
    }
}
