using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CareerCoordinates.Data;
using CareerCoordinates.Tests.Api.Durability;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Network;

/// <summary>The program as a process of its own with a certificate, on every address of the machine.</summary>
public class HttpsTests
{
    private DirectoryInfo folder = null!;
    private X509Certificate2 certificate = null!;
    private string[] settings = null!;

    [OneTimeSetUp]
    public void MakeCertificate()
    {
        folder = Directory.CreateTempSubdirectory("career-https-");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=career.example", key, HashAlgorithmName.SHA256);
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (path, keyPath) = (Path.Combine(folder.FullName, "career.pem"), Path.Combine(folder.FullName, "career.key"));
        File.WriteAllText(path, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        settings = [$"--Kestrel:Certificates:Default:Path={path}", $"--Kestrel:Certificates:Default:KeyPath={keyPath}"];
    }

    [OneTimeTearDown]
    public void Remove()
    {
        certificate.Dispose();
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task WithAnAccount_ItListensToEverybody_ByHttps()
    {
        await using var database = await TestEngine.Sqlite.OpenAsync();
        var token = await SignInAsync(database);
        using var server = await ServerProcess.StartAsync(database, "https://0.0.0.0:0", settings);
        using var client = Client(server);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        using var named = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        named.Headers.Host = "career.example";
        using var answer = await client.SendAsync(named);
        using var local = await client.GetAsync("/api/v1/me");

        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Headers.GetValues("Strict-Transport-Security"), Is.EqualTo(new[] { "max-age=31536000" }));
        Assert.That(
            local.Headers.Contains("Strict-Transport-Security"),
            Is.False,
            "a browser would refuse other servers on loopback"
        );
        Assert.That(answer.Headers.Contains("Server"), Is.False);
    }

    [Test]
    public async Task WithoutAnAccount_ItListensToNobodyElse()
    {
        await using var database = await TestEngine.Sqlite.OpenAsync();

        Assert.That(
            async () => await ServerProcess.StartAsync(database, "https://0.0.0.0:0", settings),
            Throws.InvalidOperationException.With.Message.Contains("There is no account yet, so other machines must not connect.")
        );
        using var server = await ServerProcess.StartAsync(database, "https://127.0.0.1:0", settings);
        using var client = Client(server);
        Assert.That((int)(await client.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task CertificateThatIsMissing_IsToldInOneLine()
    {
        await using var database = await TestEngine.Sqlite.OpenAsync();
        await SignInAsync(database);

        Assert.That(
            async () =>
                await ServerProcess.StartAsync(
                    database,
                    "https://0.0.0.0:0",
                    "--Kestrel:Certificates:Default:Path=" + Path.Combine(folder.FullName, "absent.pfx")
                ),
            Throws.InvalidOperationException.With.Message.Contains("absent.pfx").And.Message.Not.Contains("   at ")
        );
        Assert.That(
            async () => await ServerProcess.StartAsync(database, "https://0.0.0.0:0"),
            Throws
                .InvalidOperationException.With.Message.Contains("The server could not start on its addresses:")
                .And.Message.Not.Contains("   at ")
        );
    }

    [TestCase("http://127.0.0.1:0", "--TrustedProxy:Addresses=proxy", "lists IP addresses and networks")]
    [TestCase("http://127.0.0.1:0", "--OpenIdConnect:Issuer=http://issuer.example", "OpenIdConnect:Issuer must be https")]
    [TestCase("http://127.0.0.1:0", "--RateLimits:Read=many", "RateLimits:Read is requests a second")]
    [TestCase("http://0.0.0.0:0", "--RateLimits:Read=0", "Refusing to listen on http://0.0.0.0:0")]
    [TestCase("nonsense", "--RateLimits:Read=0", "'nonsense' is no address to listen on")]
    public async Task SettingThatMakesNoSense_IsToldInOneLine(string urls, string setting, string told)
    {
        await using var database = await TestEngine.Sqlite.OpenAsync();

        Assert.That(
            async () => await ServerProcess.StartAsync(database, urls, setting),
            Throws.InvalidOperationException.With.Message.Contains(told).And.Message.Not.Contains("   at ")
        );
    }

    private static async Task<string> SignInAsync(TestDatabase database)
    {
        await using var store = await CareerStore.OpenAsync(
            TestStore.EngineOf(database),
            TimeProvider.System,
            TestFrameworks.Chaoyang,
            migrate: true
        );
        return await store.SignInOfficeAsync();
    }

    private HttpClient Client(ServerProcess server)
    {
        var thumbprint = certificate.Thumbprint;
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == thumbprint,
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{server.Address.Port}") };
    }
}
