using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Tests.Contract;
using Microsoft.AspNetCore.WebUtilities;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>
/// A real OpenID Connect provider (npm <c>oidc-provider</c>) as a process of its own on loopback; it also signs tokens that no
/// provider would. Without Node or the package a test that needs it fails: <c>tests/run</c> installs both.
/// </summary>
public sealed class OidcProvider : IDisposable
{
    public const string Audience = "https://career.example/api";

    private readonly Process process;
    private readonly HttpClient client;

    private OidcProvider(Process process, string issuer)
    {
        this.process = process;
        Issuer = issuer;
        client = new HttpClient { BaseAddress = new Uri(issuer) };
    }

    public string Issuer { get; }

    public static async Task<OidcProvider> StartAsync()
    {
        var start = new ProcessStartInfo("node", ["provider.mjs"])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "tests", "oidc"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        const string listening = "listening ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(listening, StringComparison.Ordinal))
            {
                return new(process, line[listening.Length..]);
            }
        }
        await process.WaitForExitAsync();
        throw new InvalidOperationException("The provider did not start; was npm ci run in tests/oidc?\n" + errors);
    }

    /// <summary>A token as the provider gives it to this client, who is its subject.</summary>
    public async Task<string> TokenAsync(string clientId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("resource", Audience)]),
        };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(clientId + ":secret")));
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("access_token").GetString()!;
    }

    /// <summary>The page of the web app, and as whom the provider knows it.</summary>
    public const string Page = "https://career.example/sign-in";
    public static readonly (string Name, string Value)[] WebApp =
    [
        ("OpenIdConnect:Audience", Audience),
        ("OpenIdConnect:ClientId", "web-app"),
        ("OpenIdConnect:ClientSecret", "secret of + the web app"),
        ("OpenIdConnect:RedirectUri", Page),
    ];

    /// <summary>What a browser is sent back with whose user signs in at the provider under this name.</summary>
    public async Task<(string Code, string State)> SignInAsync(string address, string name)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = client.BaseAddress,
        };
        var next = new Uri(client.BaseAddress!, address);
        while (!next.ToString().StartsWith(Page, StringComparison.Ordinal))
        {
            using var page = await browser.GetAsync(next);
            if (page.Headers.Location is { } redirect)
            {
                next = new Uri(next, redirect);
                continue;
            }
            var prompt = (await page.Content.ReadAsStringAsync()).Contains("name=\"login\"", StringComparison.Ordinal)
                ? "login"
                : "consent";
            using var form = new FormUrlEncodedContent([new("prompt", prompt), new("login", name), new("password", "any")]);
            using var sent = await browser.PostAsync(next, form);
            next = new Uri(next, sent.Headers.Location!);
        }
        var query = QueryHelpers.ParseQuery(next.Query);
        return (query["code"].ToString(), query["state"].ToString());
    }

    /// <summary>A token by the provider's key, with other header fields and claims; null takes one away.</summary>
    public async Task<string> SignAsync(object wish)
    {
        using var response = await client.PostAsJsonAsync("test/sign", wish);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The provider has new keys, and forgets the old ones.</summary>
    public async Task RenewAsync()
    {
        using var response = await client.PostAsync("test/renew", null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Down, the provider closes every connection.</summary>
    public async Task SetDownAsync(bool isDown)
    {
        using var response = await client.PostAsJsonAsync("test/down", new { isDown });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>How often its discovery document was asked for.</summary>
    public async Task<int> FetchesAsync() => int.Parse(await client.GetStringAsync("test/fetches"));

    public void Dispose()
    {
        client.Dispose();
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
