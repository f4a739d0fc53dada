using CareerCoordinates.Api.Access;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>What is over is deleted, and nothing else.</summary>
[BothEngines]
public class CleanUpTests(TestEngine engine)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Test]
    public async Task CleanUp_DeletesWhatIsOver_AndNothingElse()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));
        await using var test = await TestStore.OpenAsync(engine, clock);
        var now = Instant.From(clock.GetUtcNow());
        var pause = Gatekeeper.LongestPause;
        await test.Store.Gate.RunAsync<bool>(tx =>
        {
            // More of them than one write deletes.
            for (var i = 0; i < 1_001; i++)
            {
                tx.Add(SignInOf($"ended {i}", now, now));
            }
            tx.Add(SignInOf("paused", now.Plus(Hour), now.Plus(-pause)));
            tx.Add(SignInOf("in use", now.Plus(Hour), now.Plus(-pause + TimeSpan.FromMinutes(1))));
            tx.Add(new ClaimCode(IdOf(1), SignIns.HashOf("ended"), now, "officer"));
            tx.Add(new ClaimCode(IdOf(2), SignIns.HashOf("good"), now.Plus(Hour), "officer"));
            tx.AddDevice(SignIns.HashOf("unseen"), IdOf(3));
            tx.Acknowledge(IdOf(3), 1);
            return true;
        });
        var before = Counts(test);
        clock.Pass(TimeSpan.FromSeconds(1));

        var deleted = await test.Store.DeleteLeftoversAsync(pause);
        var after = Counts(test);
        clock.Pass(KnownDevices.Last);
        var later = await test.Store.DeleteLeftoversAsync(pause);

        Assert.That(deleted, Is.EqualTo(1_001 + 1 + 1));
        Assert.That(before.Select((count, i) => count - after[i]), Is.EqualTo(new[] { 1_002, 1, 0, 0 }));
        Assert.That(later, Is.EqualTo(3), "the sign-in, the code and the device have ended, too");
        Assert.That(Counts(test), Is.EqualTo(new[] { 0, 0, 0, 1 }), "an acknowledgement is kept for ever");
    }

    private static SignIn SignInOf(string token, Instant endsAt, Instant seenAt) =>
        new(SignIns.HashOf(token), null, IdOf(0), SignInKind.Bearer, null, endsAt, endsAt, seenAt);

    private static Guid IdOf(int number) => new($"0199c0de-0000-7000-8000-{number:D12}");

    private static int[] Counts(TestStore test) =>
        test.Store.Reader.OnConnection(c =>
            new[] { "sign_ins", "claim_codes", "known_devices", "notice_acknowledgements" }
                .Select(table =>
                    c.Prepared($"SELECT CAST(count(*) AS INTEGER) FROM {table}").Read(c.Transaction, r => r.Int())[0]
                )
                .ToArray()
        );
}
