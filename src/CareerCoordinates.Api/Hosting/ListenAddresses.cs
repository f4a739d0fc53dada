using System.Net;
using Microsoft.AspNetCore.Http;

namespace CareerCoordinates.Api.Hosting;

/// <summary>
/// The addresses as they were set, looked at before anything else is done: a start that is refused must leave no database
/// behind. <see cref="LoopbackOnly"/> guards the sockets themselves.
/// </summary>
public static class ListenAddresses
{
    private const int LastPort = 65_535;

    /// <exception cref="SettingException">One is no address.</exception>
    /// <exception cref="NotLoopbackException">One can be reached from other machines.</exception>
    public static void Check(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"] ?? "");
        foreach (var address in Split(configuration["urls"]).Concat(endpoints.SelectMany(Split)))
        {
            var parsed = Parse(address);
            if (!parsed.IsUnixPipe && !parsed.IsNamedPipe && !IsLoopback(parsed.Host))
            {
                throw new NotLoopbackException(address);
            }
            if (parsed is { Host: "localhost", Port: 0 })
            {
                throw new SettingException($"localhost takes no port 0 ({address}). Name a port, or write http://127.0.0.1:0.");
            }
        }
    }

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

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
