using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;

namespace CareerCoordinates.Api.Access;

/// <summary>Endpoints that cost about the same, and share a limit.</summary>
public enum LimitClass
{
    /// <summary>Without a sign-in, by POST: signing in and the like.</summary>
    SignIn,

    /// <summary>One thing, or what belongs to one.</summary>
    Read,

    /// <summary>Lists and searches across things, and files of them.</summary>
    List,

    Write,
}

/// <summary>
/// How many requests an account may send, its API tokens included; an address, where nobody is signed in. A bucket of tokens
/// each, so that a script may hurry for a while and nobody takes the server from the others.
/// </summary>
public sealed class RateLimits : IDisposable
{
    /// <summary>Addresses share so many buckets: however many an attacker has, memory is bounded.</summary>
    private const int BucketsOfAddresses = 16_384;

    private readonly PartitionedRateLimiter<(LimitClass Class, string Caller)> limiter;

    public RateLimits(IConfiguration configuration)
    {
        var limits = RateLimitSettings.From(configuration);
        limiter = PartitionedRateLimiter.Create<(LimitClass Class, string Caller), (LimitClass, string)>(asked =>
            limits[asked.Class] is { PerSecond: > 0 } limit
                ? RateLimitPartition.GetTokenBucketLimiter(
                    (asked.Class, asked.Caller),
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = limit.Burst,
                        TokensPerPeriod = limit.PerSecond,
                        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    }
                )
                // One for all: nothing is counted.
                : RateLimitPartition.GetNoLimiter((asked.Class, ""))
        );
    }

    public void Dispose() => limiter.Dispose();

    /// <summary>Counts the request; the refusal where it is one too many.</summary>
    public Problem? Take(HttpContext context, Endpoint endpoint, SignedIn? me)
    {
        var caller = me?.Name ?? AddressOf(context.Connection.RemoteIpAddress);
        using var lease = limiter.AttemptAcquire((ClassOf(context, endpoint), caller));
        if (lease.IsAcquired)
        {
            return null;
        }
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problem.Of(NetworkRefusals.TooManyRequests, seconds);
    }

    /// <summary>Told by the method and the operation's name, so that a new endpoint has a class without being given one.</summary>
    public static LimitClass ClassOf(HttpContext context, Endpoint endpoint)
    {
        var name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "";
        var isOfOne = endpoint is RouteEndpoint { RoutePattern.Parameters.Count: > 0 };
        var isList = !isOfOne && ListNames.Any(start => name.StartsWith(start, StringComparison.Ordinal));
        return isList ? LimitClass.List
            : HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? LimitClass.Read
            : endpoint.Metadata.GetMetadata<OpenToAll>() is not null ? LimitClass.SignIn
            : LimitClass.Write;
    }

    private static readonly string[] ListNames = ["list", "search", "find", "export"];

    /// <summary>In IPv6 a whole /64 belongs to one household: its addresses count as one.</summary>
    private static string AddressOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }
        var bytes = address?.GetAddressBytes() ?? [];
        var hash = new HashCode();
        hash.AddBytes(address?.AddressFamily == AddressFamily.InterNetworkV6 ? bytes.AsSpan(0, 8) : bytes);
        // Not a name that an account can have.
        return "@" + ((uint)hash.ToHashCode() % BucketsOfAddresses).ToString(CultureInfo.InvariantCulture);
    }
}
