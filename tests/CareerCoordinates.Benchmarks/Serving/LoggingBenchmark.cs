using System.Security.Cryptography;
using System.Text.Json;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Benchmarks.Logging;
using CareerCoordinates.Benchmarks.Measuring;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Record;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CareerCoordinates.Benchmarks.Serving;

/// <summary>Logging a milestone over HTTP: the real program, against plain endpoints that write the same in the usual ways.</summary>
public static class LoggingBenchmark
{
    private const int Connections = 64;
    private const int Workers = 20_000;
    private const int FactsEach = 6;

    internal static async Task RunAsync(Settings settings)
    {
        var folder = Directory.CreateTempSubdirectory("career-benchmark-");
        try
        {
            await using var real = new RealHost(Path.Combine(folder.FullName, "real.db"));
            await using var silent = new RealHost(Path.Combine(folder.FullName, "silent.db"), isFollowed: false);
            await using var same = await CareerStore.OpenAsync(
                new SqliteEngine($"Data Source={folder}/one.db"),
                TimeProvider.System,
                Lives.Framework,
                migrate: true
            );
            using var oneAtATime = new OneAtATime(same);
            var naive = new NaiveEf(o => o.UseSqlite($"Data Source={folder}/naive.db"));
            var ids = await GateBenchmark.FillAsync(real.Store, Workers, FactsEach);
            var silentIds = await GateBenchmark.FillAsync(silent.Store, Workers, FactsEach);
            var sameIds = await GateBenchmark.FillAsync(same, Workers, FactsEach);
            await naive.PrepareAsync(Workers, FactsEach, ids);

            await using var one = await ServeAsync(async r =>
                LogMilestone.Answer((await oneAtATime.RunAsync(tx => LogMilestone.Write(tx, r))).Value)
            );
            await using var ef = await ServeAsync(naive.LogAsync);
            var (script, sameScript) = (WrkScripts.Log(folder, "log", ids), WrkScripts.Log(folder, "log-same", sameIds));
            var silentScript = WrkScripts.Log(folder, "log-silent", silentIds);
            var (token, silentToken) = (await real.SignInAsync(), await silent.SignInAsync());
            Console.WriteLine($"{Connections} clients, {Workers:N0} workers");
            await Contest.RunAsync(
                settings.Rounds,
                new("the program", () => Wrk.RunAsync(real.Address, script, Connections, settings.Duration, token)),
                new(
                    "the program, no report following",
                    () => Wrk.RunAsync(silent.Address, silentScript, Connections, settings.Duration, silentToken)
                ),
                new(
                    "a transaction per request",
                    () => Wrk.RunAsync(RealHost.AddressOf(one.Services), sameScript, Connections, settings.Duration)
                ),
                new("naive EF", () => Wrk.RunAsync(RealHost.AddressOf(ef.Services), script, Connections, settings.Duration))
            );
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<WebApplication> ServeAsync(Func<LogRequest, Task<byte[]>> log)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost(
            "/api/v1/workers/{workerId:guid}/milestones",
            async (Guid workerId, HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                var said = JsonSerializer.Deserialize<Said>(
                    body.GetBuffer().AsSpan(0, (int)body.Length),
                    JsonSerializerOptions.Web
                )!;
                var key = new IdempotencyKey(
                    "local",
                    "POST",
                    request.Path,
                    request.Headers["Idempotency-Key"].ToString(),
                    SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length))
                );
                var draft = new Domain.Milestones.MilestoneDraft(said.Type, said.OccurredOn, null, said.Attributes, [], null);
                return Results.Bytes(await log(new LogRequest(workerId, draft, key)), "application/json");
            }
        );
        await app.StartAsync();
        return app;
    }

    private sealed record Said(string Type, string OccurredOn, Dictionary<string, JsonElement> Attributes);
}
