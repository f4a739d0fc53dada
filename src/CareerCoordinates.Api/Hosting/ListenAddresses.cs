using Microsoft.AspNetCore.Http;

namespace CareerCoordinates.Api.Hosting;

/// <summary>
/// The addresses as they were set, looked at before anything else is done: a start that is refused must leave no database
/// behind. <see cref="SocketGuard"/> guards the sockets themselves.
/// </summary>
public static class ListenAddresses
{
    private const int LastPort = 65_535;

    /// <exception cref="SettingException">One is no address.</exception>
    /// <exception cref="NotLoopbackException">One can be reached from other machines in clear.</exception>
    public static void Check(IConfiguration configuration)
    {
        var proxy = TrustedProxy.From(configuration);
        foreach (var (address, parsed) in Of(configuration))
        {
            if (IsForOthers(parsed) && !IsHttps(parsed) && !proxy.IsConfigured)
            {
                throw new NotLoopbackException(address);
            }
            if (parsed is { Host: "localhost", Port: 0 })
            {
                throw new SettingException($"localhost takes no port 0 ({address}). Name a port, or write http://127.0.0.1:0.");
            }
        }
    }

    /// <summary>Whether other machines can connect.</summary>
    public static bool AreForOthers(IConfiguration configuration) => Of(configuration).Any(a => IsForOthers(a.Parsed));

    /// <summary>The ports that speak https.</summary>
    public static IReadOnlySet<int> HttpsPorts(IConfiguration configuration) =>
        Of(configuration).Where(a => IsHttps(a.Parsed)).Select(a => a.Parsed.Port).ToHashSet();

    private static IEnumerable<(string Address, BindingAddress Parsed)> Of(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"] ?? "");
        var addresses = Split(configuration["urls"]).Concat(endpoints.SelectMany(Split)).ToList();
        if (addresses.Count == 0)
        {
            // Only then does the server look at these; they are for every address of the machine.
            addresses.AddRange(Split(configuration["http_ports"]).Select(port => $"http://*:{port}"));
            addresses.AddRange(Split(configuration["https_ports"]).Select(port => $"https://*:{port}"));
        }
        return addresses.Select(address => (address, Parse(address)));
    }

    private static bool IsForOthers(BindingAddress address) =>
        !address.IsUnixPipe && !address.IsNamedPipe && !Network.IsLoopbackName(address.Host);

    private static bool IsHttps(BindingAddress address) => address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    private static string[] Split(string? addresses) =>
        (addresses ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static BindingAddress Parse(string address)
    {
        try
        {
            var parsed = BindingAddress.Parse(address);
            if (parsed.Port <= LastPort && parsed.PathBase.Length == 0)
            {
                return parsed;
            }
        }
        catch (FormatException)
        {
            // Told below.
        }
        throw new SettingException($"'{address}' is no address to listen on. Write one such as {WebServer.DefaultUrl}.");
    }
}
