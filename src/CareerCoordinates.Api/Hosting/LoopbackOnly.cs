using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CareerCoordinates.Api.Hosting;

/// <summary>
/// Passwords and tokens must not cross a network in clear, so only this machine may connect. The guard sits where
/// sockets are bound: it sees each address as resolved, whatever setting it came from.
/// </summary>
public sealed class LoopbackOnly(IConnectionListenerFactory sockets) : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint switch
        {
            IPEndPoint ip when !IPAddress.IsLoopback(ip.Address) => throw new NotLoopbackException(ip.ToString()),
            _ => sockets.BindAsync(endpoint, cancellationToken),
        };
}

public sealed class NotLoopbackException(string address)
    : Exception(
        $"Refusing to listen on {address}: there are no accounts yet, so whoever can connect may read and change everything. "
            + "Listen on this machine only, for example --urls http://localhost:5080."
    );

public static class LoopbackOnlyRegistration
{
    public static IServiceCollection ListenOnLoopbackOnly(this IServiceCollection services)
    {
        var sockets = services.Last(s => s.ServiceType == typeof(IConnectionListenerFactory));
        services.Replace(
            ServiceDescriptor.Singleton<IConnectionListenerFactory>(provider => new LoopbackOnly(
                (IConnectionListenerFactory)ActivatorUtilities.CreateInstance(provider, sockets.ImplementationType!)
            ))
        );
        // HTTP/3 would bind past the guard.
        services.RemoveAll<IMultiplexedConnectionListenerFactory>();
        return services;
    }
}
