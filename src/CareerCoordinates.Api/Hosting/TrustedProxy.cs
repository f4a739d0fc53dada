using System.Net;

namespace CareerCoordinates.Api.Hosting;

/// <summary>
/// The proxies that may stand in front (<c>TrustedProxy:Addresses</c>): they speak https with the world and plain http with
/// this server, and their word is taken for who asks, under which name and by which scheme.
/// </summary>
public sealed record TrustedProxy(IReadOnlyList<IPNetwork> Networks)
{
    private const string Key = "TrustedProxy:Addresses";

    public bool IsConfigured => Networks.Count > 0;

    /// <exception cref="SettingException">It holds something else than addresses.</exception>
    public static TrustedProxy From(IConfiguration configuration) =>
        new([
            .. (configuration[Key] ?? "")
                .Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(Read),
        ]);

    public bool Has(IPAddress? address) => address is not null && Networks.Any(network => network.Contains(Plain(address)));

    /// <summary>An IPv4 peer of a socket that takes both kinds comes as IPv6.</summary>
    internal static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork Read(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : throw new SettingException($"{Key} lists IP addresses and networks such as 10.0.0.7 or 10.0.0.0/24, not \"{text}\".");
}
