using CareerCoordinates.Api.Access;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Demo;

/// <summary>
/// An account of each role for the demo district, all with one password: the one in <c>CAREER_DEMO_PASSWORD</c>; without that
/// the demo has no account. What the demo's people have was recorded by one of them and verified by another.
/// </summary>
public static class DemoAccounts
{
    public const string Recorder = "officer-district";
    public const string Verifier = "verifier";

    /// <summary>Makes them, where there is no account yet.</summary>
    /// <returns>What to tell who started the demo; null where there are accounts already.</returns>
    public static async Task<string?> MakeAsync(CareerStore store, Passwords passwords, string password)
    {
        if (store.Reader.OnConnection(c => c.HasAccounts()))
        {
            return null;
        }
        if (Passwords.Check("demo", password, "") is { } weak)
        {
            throw new DemoDataException("CAREER_DEMO_PASSWORD: " + weak.En);
        }
        var hash = await passwords.HashAsync("demo", password);
        var (district, street, enterprise) = Places(store);
        var bodies = store.Frameworks.Current.VerifierRoles.Keys.Order(StringComparer.Ordinal).ToArray();
        var workers = WorkersOf(store, 3);
        await store.Gate.RunAsync<bool>(tx =>
        {
            Add(tx, "officer-enterprise", hash, null, new RoleGrant(tx.NewId(), Role.Officer, enterprise, []));
            Add(tx, "officer-street", hash, null, new RoleGrant(tx.NewId(), Role.Officer, street, []));
            Add(tx, Recorder, hash, null, new RoleGrant(tx.NewId(), Role.Officer, district, []));
            Add(tx, Verifier, hash, null, new RoleGrant(tx.NewId(), Role.Verifier, district, bodies));
            Add(tx, "analyst", hash, null, new RoleGrant(tx.NewId(), Role.Analyst, district, []));
            Add(tx, "administrator", hash, null, new RoleGrant(tx.NewId(), Role.Administrator, null, []));
            Add(tx, "auditor", hash, null, new RoleGrant(tx.NewId(), Role.Auditor, null, []));
            for (var i = 0; i < workers.Count; i++)
            {
                Add(tx, $"worker-{i + 1}", hash, workers[i]);
            }
            return true;
        });
        return "Accounts: officer-enterprise, officer-street, officer-district, verifier, worker-1, worker-2, worker-3, "
            + "analyst, administrator, auditor, all with the password in CAREER_DEMO_PASSWORD.";
    }

    private static void Add(RecordTransaction tx, string name, string hash, Guid? workerId, params RoleGrant[] grants)
    {
        var account = new Account(tx.NewId(), name, hash, workerId, false, tx.RecordedAt, "demo");
        tx.Add(account);
        foreach (var grant in grants)
        {
            tx.Add(account.Id, grant, "demo");
        }
    }

    /// <summary>The district, the street of its first enterprise that stands below one, and that enterprise.</summary>
    private static (Guid District, Guid Street, Guid Enterprise) Places(CareerStore store)
    {
        using var context = store.Read();
        var tree = context
            .Organizations.Where(o => o.SupersededAt == null)
            .Select(o => new
            {
                o.OrganizationId,
                o.ParentId,
                o.Kind,
            })
            .ToDictionary(o => o.OrganizationId);
        var district = tree.Values.First(o => o.Kind == "district-federation").OrganizationId;
        foreach (var enterprise in tree.Values.Where(o => o.Kind == "enterprise").OrderBy(o => o.OrganizationId))
        {
            for (var above = enterprise; above.ParentId is { } parent; )
            {
                above = tree[parent];
                if (above.Kind == "street-union")
                {
                    return (district, above.OrganizationId, enterprise.OrganizationId);
                }
            }
        }
        throw new DemoDataException("The demo district has no enterprise below a street union.");
    }

    /// <summary>The first workers of the demo: the example of the documentation is among them.</summary>
    private static List<Guid> WorkersOf(CareerStore store, int count)
    {
        using var context = store.Read();
        return
        [
            .. context
                .Workers.Where(w => w.SupersededAt == null && w.Number != null)
                .NotVoided()
                .OrderBy(w => w.Number)
                .Take(count)
                .Select(w => w.WorkerId),
        ];
    }
}
