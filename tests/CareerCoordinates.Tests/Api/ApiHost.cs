using CareerCoordinates.Data;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api;

/// <summary>The real program on a database of its own; its disposal removes that too.</summary>
public class ApiHost : WebApplicationFactory<Program>
{
    private readonly TimeProvider? time;
    private readonly string? frameworkFile;
    private readonly Lazy<string> officeToken;
    private readonly Lazy<string> secondToken;

    public ApiHost(TestDatabase database, TimeProvider? time = null, string? frameworkFile = null)
    {
        Database = database;
        this.time = time;
        this.frameworkFile = frameworkFile;
        officeToken = new(() => Store.SignInOfficeAsync().GetAwaiter().GetResult());
        secondToken = new(() => Store.SignInSecondAsync().GetAwaiter().GetResult());
    }

    /// <summary>Settings of this host besides; set them before its first use.</summary>
    public Dictionary<string, string?> Settings { get; } = new(TestAccounts.NoLimits);

    public static async Task<ApiHost> StartAsync(TestEngine engine, TimeProvider? time = null, string? frameworkFile = null) =>
        new(await engine.OpenAsync(), time, frameworkFile);

    public TestDatabase Database { get; }

    /// <summary>What its workers are told instead of the notice in seeds.</summary>
    public string? NoticeFile { get; init; }

    public CareerStore Store => Services.GetRequiredService<CareerStore>();

    /// <summary>The token of an account that may do all that officers, verifiers and administrators may; its clients send it.</summary>
    public string OfficeToken => officeToken.Value;

    /// <summary>A client of the account that verifies what the office recorded.</summary>
    public HttpClient CreateSecondClient() => CreateClient(secondToken.Value);

    /// <summary>A client of another account.</summary>
    public HttpClient CreateClient(string? token)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);
        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureClient(HttpClient client)
    {
        base.ConfigureClient(client);
        client.DefaultRequestHeaders.Authorization = new("Bearer", OfficeToken);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in Database.Settings.Concat(Settings))
        {
            builder.UseSetting(name, value);
        }
        if (frameworkFile is not null)
        {
            builder.UseSetting("Framework:File", frameworkFile);
        }
        if (NoticeFile is not null)
        {
            builder.UseSetting("Notice:File", NoticeFile);
        }
        if (time is not null)
        {
            builder.ConfigureTestServices(services => services.AddSingleton(time));
        }
    }
}

/// <summary>A clock that stands still.</summary>
public sealed class StandingTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => 1;
}
