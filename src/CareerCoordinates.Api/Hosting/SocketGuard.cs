using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CareerCoordinates.Api.Hosting;

/// <summary>
/// Passwords and tokens must not cross a network in clear: other machines may connect only to ports that speak https, or where
/// a trusted proxy stands in front. The guard sits where sockets are bound: it sees each address as resolved, whatever setting
/// it came from.
/// </summary>
public sealed class SocketGuard(IConnectionListenerFactory sockets, IConfiguration configuration) : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint is IPEndPoint ip
        && !IPAddress.IsLoopback(ip.Address)
        && !TrustedProxy.From(configuration).IsConfigured
        && !ListenAddresses.HttpsPorts(configuration).Contains(ip.Port)
            ? throw new NotLoopbackException(ip.ToString())
            : sockets.BindAsync(endpoint, cancellationToken);
}

public sealed class NotLoopbackException(string address)
    : Exception(
        $"Refusing to listen on {address}: without https whoever stands between reads passwords and tokens. Listen on this "
            + "machine only (http://localhost:5080), give an https address and a certificate, or name the proxy in front by "
            + "TrustedProxy:Addresses."
    );

public static class SocketGuardRegistration
{
    public static IServiceCollection GuardSockets(this IServiceCollection services)
    {
        var sockets = services.Last(s => s.ServiceType == typeof(IConnectionListenerFactory));
        services.Replace(
            ServiceDescriptor.Singleton<IConnectionListenerFactory>(provider => new SocketGuard(
                (IConnectionListenerFactory)ActivatorUtilities.CreateInstance(provider, sockets.ImplementationType!),
                provider.GetRequiredService<IConfiguration>()
            ))
        );
        // HTTP/3 would bind past the guard.
        services.RemoveAll<IMultiplexedConnectionListenerFactory>();
        return services;
    }
}
