using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Durability;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>I16 over a real socket: a connection that stays open carries no right from one request to the next.</summary>
[BothEngines]
public class RevocationTests(TestEngine engine)
{
    [TestCase("grants/{0}:revoke", 403)]
    [TestCase(":disable", 401)]
    public async Task RevokedBetweenTwoRequestsOnOneConnection_TheSecondIsRefused(string act, int status)
    {
        await using var database = await engine.OpenAsync();
        var grant = AccessOffice.Grant(Role.Officer, null);
        string officeToken,
            officerToken;
        await using (
            var store = await CareerStore.OpenAsync(
                TestStore.EngineOf(database),
                TimeProvider.System,
                TestFrameworks.Chaoyang,
                migrate: true
            )
        )
        {
            officeToken = await store.SignInOfficeAsync();
            officerToken = await store.SignInAsync("officer", null, grant);
        }
        using var server = await ServerProcess.StartAsync(database);
        using var office = new HttpClient { BaseAddress = server.Address };
        office.DefaultRequestHeaders.Authorization = new("Bearer", officeToken);
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 1,
            ConnectCallback = async (context, stop) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var officer = new HttpClient(handler) { BaseAddress = server.Address };
        officer.DefaultRequestHeaders.Authorization = new("Bearer", officerToken);
        var accounts = await office.GetFromJsonAsync<JsonElement>("/api/v1/accounts");
        var account = accounts.GetProperty("items").EnumerateArray().Single(a => a.GetProperty("name").GetString() == "officer");
        var path = $"/api/v1/accounts/{account.GetProperty("id").GetGuid()}";

        using var before = await officer.GetAsync("/api/v1/workers");
        using var revoked = await office.PostAsync(
            path + (act.StartsWith(':') ? act : "/" + string.Format(null, act, grant.Id)),
            JsonContent.Create(new { })
        );
        using var after = await officer.GetAsync("/api/v1/workers");

        Assert.That((int)before.StatusCode, Is.EqualTo(200));
        Assert.That((int)revoked.StatusCode, Is.EqualTo(200), await revoked.Content.ReadAsStringAsync());
        Assert.That((int)after.StatusCode, Is.EqualTo(status));
        Assert.That(connections, Is.EqualTo(1));
    }
}
