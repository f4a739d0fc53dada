using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>Who guesses passwords takes neither the processors nor the disk from everybody else.</summary>
[BothEngines]
public class SignInFloodTests(TestEngine engine)
{
    private const int Guesses = 10_000;
    private const int Connections = 100;

    [Test]
    public async Task TenThousandGuesses_HoldNobodyUp()
    {
        await using var office = await AccessOffice.OpenAsync(engine);
        string[] attacked = ["officer", "verifier", "auditor", "nobody", "nobody-here", "nor-here"];
        using var user = office.Host.CreateClient(await office.Store.SignInAsync("worker", office.Worker));
        var (answers, others, latencies) = (new ConcurrentQueue<int>(), new List<int>(), new List<double>());
        using var guesser = office.Host.CreateClient((string?)null);
        var next = 0;

        var flood = Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (var i = Interlocked.Increment(ref next); i <= Guesses; i = Interlocked.Increment(ref next))
                        {
                            // Into the queue of all threads, as what comes from a network: what a thread gives itself goes first, and would hold up the other in this process.
                            await Task.Yield();
                            answers.Enqueue(await GuessAsync(guesser, attacked[i % attacked.Length], i));
                        }
                    })
                )
        );
        while (!flood.IsCompleted)
        {
            var begun = Stopwatch.GetTimestamp();
            using var reply = await user.GetAsync($"/api/v1/workers/{office.Worker}/coordinate");
            latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            others.Add((int)reply.StatusCode);
        }
        await flood;

        var passwords = office.Host.Services.GetRequiredService<Passwords>();
        latencies.Sort();
        TestContext.Out.WriteLine(
            $"{engine}: {string.Join(", ", answers.GroupBy(a => a).OrderBy(g => g.Key).Select(g => $"{g.Count()} × {g.Key}"))}; "
                + $"{others.Count} requests of another meanwhile: median {latencies[latencies.Count / 2]:0.0} ms, "
                + $"99% {latencies[latencies.Count * 99 / 100]:0.0} ms, longest {latencies[^1]:0.0} ms; "
                + $"at most {passwords.MostAtOnce} hashes at once"
        );
        Assert.That(answers, Has.Count.EqualTo(Guesses));
        Assert.That(answers, Is.All.EqualTo(401).Or.EqualTo(429).Or.EqualTo(503));
        Assert.That(answers.Count(a => a == 401), Is.InRange(1, attacked.Length * (SignInThrottle.FreeFailures + 1)));
        Assert.That(others, Has.Count.GreaterThan(10).And.All.EqualTo(200));
        Assert.That(passwords.MostAtOnce, Is.InRange(1, Passwords.Cap));
        var told = await office.GetAsync("auditor", "audit-entries?limit=500");
        Assert.That(
            told.Items.Count(e => e.GetProperty("action").GetString() == "signInRefused"),
            Is.InRange(1, 5 * RefusedAttempts.ToldEach),
            "four accounts and the names of none, ten each"
        );
    }

    [Test]
    public async Task Trail_TellsTheFirstTen_ThenOneAMinuteThatCountsTheRest()
    {
        await using var office = await AccessOffice.OpenAsync(engine);
        var refused = office.Host.Services.GetRequiredService<RefusedAttempts>();
        for (var i = 0; i < 100; i++)
        {
            await refused.NoteAsync("signInRefused", "officer", "192.0.2.7");
        }
        office.Clock.Pass(RefusedAttempts.TimeBetween);
        await refused.NoteAsync("signInRefused", "officer", "192.0.2.7");
        office.Clock.Pass(TimeSpan.FromSeconds(1));
        await refused.NoteAsync("signInRefused", "officer", "192.0.2.8");

        var details = (await office.GetAsync("auditor", "audit-entries?account=officer"))
            .Items.Where(e => e.GetProperty("action").GetString() == "signInRefused")
            .Select(e => e.GetProperty("details"))
            .ToList();

        Assert.That(details.Select(d => d.GetProperty("attempts").GetInt32()).Sum(), Is.EqualTo(102));
        Assert.That(details, Has.Count.EqualTo(12));
        Assert.That(details[0].GetProperty("address").GetString(), Is.EqualTo("192.0.2.8"));
        Assert.That(details[1].GetProperty("attempts").GetInt32(), Is.EqualTo(91));
    }

    [Test]
    public async Task SignInsAndSignOuts_StandInTheTrail()
    {
        await using var office = await AccessOffice.OpenAsync(engine);
        const string password = "a sentence that only I know";
        (await office.PostAsync("administrator", "accounts", new { name = "ada", password })).Expect(201);
        await office.PostAsync("anonymous", "sign-in", new { account = "ada", password = "not this one" });
        await office.PostAsync("anonymous", "sign-in", new { account = "canary-no-account", password });
        var signedIn = await office.PostAsync("anonymous", "sign-in", new { account = "ada", password });
        using var client = office.Host.CreateClient(signedIn.Body.GetProperty("token").GetString());
        office.Clock.Pass(TimeSpan.FromSeconds(1));
        using var _ = await client.PostAsync("/api/v1/sign-out", null);

        var all = await office.GetAsync("auditor", "audit-entries?limit=500");
        var hers = await office.GetAsync("auditor", "audit-entries?account=ada");

        Assert.That(
            hers.Items.Select(e => e.GetProperty("action").GetString()),
            Is.EqualTo(new[] { "signOut", "signIn", "signInRefused" })
        );
        Assert.That(hers.Items[1].GetProperty("details").GetProperty("isNewDevice").GetBoolean());
        Assert.That(all.Text, Does.Not.Contain("canary-no-account"), "a name of no account may be a password");
    }

    private static async Task<int> GuessAsync(HttpClient client, string account, int guess)
    {
        using var body = new StringContent(
            JsonSerializer.Serialize(new { account, password = $"guess number {guess}" }),
            Encoding.UTF8,
            "application/json"
        );
        using var reply = await client.PostAsync("/api/v1/sign-in", body);
        return (int)reply.StatusCode;
    }
}
