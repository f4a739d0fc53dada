using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Tests.Api.Durability;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Protection;

/// <summary>What is stored of ID numbers, and with which key the store opens at all.</summary>
[BothEngines]
public class ProtectedStoreTests(TestEngine engine)
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] OtherSecret = [.. Secret.Reverse()];

    [Test]
    public async Task Numbers_OpenForTheirWorkerOnly()
    {
        await using var test = await TestStore.OpenProtectedAsync(engine, Secret);
        var (one, ones) = await AddAsync(test, Invented.IdNumber());
        var (other, others) = await AddAsync(test, Invented.IdNumber());
        var tampered = others with { Sealed = [.. others.Sealed[..20], (byte)(others.Sealed[20] ^ 1), .. others.Sealed[21..]] };

        Assert.That(Open(test, one, ones).Shown, Is.EqualTo(ones.Shown));
        Assert.That(Open(test, other, others).Shown, Is.EqualTo(others.Shown));
        Assert.That(() => Open(test, one, others), Throws.TypeOf<BrokenSealException>(), "swapped numbers");
        Assert.That(() => Open(test, other, tampered), Throws.TypeOf<BrokenSealException>(), "tampered");
        await test.Store.Gate.MaintainAsync(c =>
            c.Execute(
                "UPDATE worker_keys SET nonce = (SELECT nonce FROM worker_keys o WHERE o.worker_id <> worker_keys.worker_id), "
                    + "wrapped_key = (SELECT wrapped_key FROM worker_keys o WHERE o.worker_id <> worker_keys.worker_id), "
                    + "tag = (SELECT tag FROM worker_keys o WHERE o.worker_id <> worker_keys.worker_id)"
            )
        );
        Assert.That(() => Open(test, one, ones), Throws.TypeOf<BrokenSealException>(), "swapped keys");
    }

    [Test]
    public async Task Store_WithProtectedData_OpensWithItsKeyOnly()
    {
        await using var test = await TestStore.OpenProtectedAsync(engine, Secret);
        await test.ReopenAsync(null);
        await test.ReopenAsync(_ => new KeyEncryptionKey(1, Secret));
        var (worker, number) = await AddAsync(test, Invented.IdNumber());
        var text = Convert.ToBase64String(Secret);

        await test.ReopenAsync(stored => ProtectionKey.FromText(text, stored));
        Assert.That(Open(test, worker, number).Shown, Is.EqualTo(number.Shown));
        Assert.That(() => test.ReopenAsync(null), Throws.TypeOf<ProtectionKeyException>().With.Message.Contains("none is set"));
        Assert.That(
            () => test.ReopenAsync(stored => ProtectionKey.FromText(Convert.ToBase64String(OtherSecret), stored)),
            Throws.TypeOf<ProtectionKeyException>().With.Message.Contains("another one")
        );
        await test.ReopenAsync(stored => ProtectionKey.FromText(text, stored));
    }

    /// <summary>Of two processes that started before anything was protected, the first to protect something decides the key.</summary>
    [Test]
    public async Task ProcessWithAnotherKey_ProtectsNothing()
    {
        await using var test = await TestStore.OpenProtectedAsync(engine, Secret);
        await AddAsync(test, Invented.IdNumber());
        using var other = new KeyEncryptionKey(1, OtherSecret);

        Assert.That(
            () => AddAsync(test, Invented.IdNumber(), other),
            Throws.TypeOf<StoreUnavailableException>().With.Message.Contains("another key")
        );
    }

    /// <summary>As the operator sees it: the program itself, its key lost.</summary>
    [Test]
    public async Task Program_WithoutTheKeyOfItsData_DoesNotStart_AndSaysSoInOneLine()
    {
        await using var database = await engine.OpenAsync();
        var keyFile = database.Settings["Protection:KeyFile"] is { Length: > 0 } named ? named : null;
        var path =
            keyFile ?? new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.ConnectionString).DataSource + ".key";
        await using (var host = new ApiHost(new TestDatabase(engine, database.ConnectionString, () => Task.CompletedTask)))
        {
            var key = host.Store.Key!;
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
            await AddAsync(host.Store, Invented.IdNumber(), key);
        }
        var settings = new Dictionary<string, string?>(database.Settings);
        if (keyFile is null)
        {
            File.Move(path, path + ".away");
        }
        else
        {
            settings["Protection:KeyFile"] = path + ".away";
        }

        var refused = await ServerProcess.RefusedAsync(settings);

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(
            refused.Said,
            Does.Contain($"There is no key file {path}").And.Contain("Restore that file from your copy of it.")
        );
        Assert.That(refused.Said.Trim().Split('\n'), Has.Length.EqualTo(1));
    }

    private static IdNumber Open(TestStore test, Guid worker, SealedIdNumber number) =>
        test.Store.Reader.OnConnection(c => IdNumbers.Open(c, test.Store.Key, worker, number));

    private static Task<(Guid, SealedIdNumber)> AddAsync(TestStore test, string number, KeyEncryptionKey? key = null) =>
        AddAsync(test.Store, number, key ?? test.Store.Key!);

    private static async Task<(Guid, SealedIdNumber)> AddAsync(
        CareerCoordinates.Data.CareerStore store,
        string number,
        KeyEncryptionKey key
    )
    {
        var outcome = await store.Gate.RunAsync<(Guid, SealedIdNumber)>(tx =>
        {
            var id = tx.NewId();
            var kept = IdNumbers.Seal(tx, key, id, IdNumber.Read(number, "", tx.Today).Value);
            var content = new WorkerContent(null, "Ma Lan", null, null, null, null, kept);
            tx.Add(new Revision<WorkerContent>(id, 1, false, content, null, tx.RecordedAt, "local"));
            return (id, kept);
        });
        return outcome.Value;
    }
}
