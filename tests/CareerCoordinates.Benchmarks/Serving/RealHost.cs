using CareerCoordinates.Api.Reports;
using CareerCoordinates.Data;
using CareerCoordinates.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CareerCoordinates.Benchmarks.Serving;

/// <summary>
/// The real program on loopback inside this process, and beside it <c>/fixed</c>: an endpoint of the plainest kind,
/// which answers with bytes that are as long as a coordinate and passes none of the program's own code.
/// </summary>
public sealed class RealHost : WebApplicationFactory<Program>
{
    private static readonly byte[] Fixed = [.. Enumerable.Repeat((byte)'x', 900)];
    private readonly string database;
    private readonly bool isFollowed;

    /// <param name="isFollowed">Whether the columns of the reports follow the record, as they do; false shows what that costs.</param>
    public RealHost(string database, bool isFollowed = true)
    {
        this.database = database;
        this.isFollowed = isFollowed;
        UseKestrel(0);
        StartServer();
        Address = AddressOf(Services);
    }

    public Uri Address { get; }

    /// <summary>The token of one who may do everything everywhere: what is measured is measured signed in.</summary>
    public Task<string> SignInAsync() => Store.SignInOfficeAsync();

    public CareerStore Store => Services.GetRequiredService<CareerStore>();

    public static Uri AddressOf(IServiceProvider services) =>
        new(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Career", $"Data Source={database}");
        builder.UseSetting("urls", "http://127.0.0.1:0");
        foreach (var (name, value) in TestAccounts.NoLimits)
        {
            builder.UseSetting(name, value);
        }
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter, FixedEndpoint>());
        if (!isFollowed)
        {
            builder.ConfigureTestServices(services =>
                services.Remove(services.Single(s => s.ImplementationType == typeof(FollowTheRecord)))
            );
        }
    }

    private sealed class FixedEndpoint : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Map(
                    "/fixed",
                    branch =>
                        branch.UseRouting().UseEndpoints(e => e.MapGet("{*rest}", () => Results.Bytes(Fixed, "application/json")))
                );
                next(app);
            };
    }
}
