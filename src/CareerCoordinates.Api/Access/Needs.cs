using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Access;

/// <summary>What an endpoint needs of who asks. An endpoint that says neither this nor <see cref="OpenToAll"/> lets nobody in.</summary>
public sealed record Needs(Right Right);

/// <summary>Marks an endpoint below <c>/me</c>: its worker is the caller himself, whom no address names.</summary>
public sealed record OfOneself;

/// <summary>Marks the few endpoints that answer without a sign-in.</summary>
public sealed record OpenToAll;

/// <summary>Marks what a worker may do about himself before he has acknowledged the notice.</summary>
public sealed record BeforeNotice;

public static class NeedsRight
{
    public static TBuilder BeforeNotice<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new BeforeNotice());

    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Right right)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Needs(right));

    /// <summary>As <see cref="Needs{TBuilder}"/>, of the caller about himself; who has no record of his own gets 404.</summary>
    public static TBuilder NeedsOfOneself<TBuilder>(this TBuilder endpoint, Right right)
        where TBuilder : IEndpointConventionBuilder => endpoint.Needs(right).WithMetadata(new OfOneself());

    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OpenToAll());
}
