using System.Security.Cryptography;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Demo;

/// <summary>
/// An account of each role for the demo, all with one password: the one in <c>CAREER_DEMO_PASSWORD</c>, or one that is made up
/// and shown once. What the demo's people have was recorded by one of them and verified by another.
/// </summary>
public static class DemoAccounts
{
    public const string Recorder = "officer-district";
    public const string Verifier = "verifier";

    private const string PasswordVariable = "CAREER_DEMO_PASSWORD";
    private const string By = "demo";

    /// <summary>The password that was chosen; null where one is to be made up.</summary>
    /// <exception cref="DemoDataException">It is too weak.</exception>
    public static string? ChosenPassword()
    {
        if (Environment.GetEnvironmentVariable(PasswordVariable) is not { Length: > 0 } chosen)
        {
            return null;
        }
        return Passwords.Check(By, chosen, "") is { } weak
            ? throw new DemoDataException($"{PasswordVariable}: {weak.En}")
            : chosen;
    }

    /// <summary>How to get into a demo that was made before; null where the database has none of its accounts.</summary>
    public static string? MadeBefore(CareerStore store)
    {
        var accounts = store.Reader.OnConnection(c => c.ListAccounts("", 500)).Where(a => a.CreatedBy == By).ToList();
        return accounts.Count == 0
            ? null
            : $"The demo was made here before. Accounts: {string.Join(", ", accounts.Select(a => a.Name))}. "
                + $"Their password is the one that was printed then, or was in {PasswordVariable} then.";
    }

    /// <summary>Makes them, once the demo is filled.</summary>
    /// <param name="chosen">The password of all of them; null makes one up.</param>
    /// <returns>What to tell who started the demo; a password that was made up is said here only.</returns>
    public static async Task<string> MakeAsync(CareerStore store, Passwords passwords, string? chosen)
    {
        if (store.Reader.OnConnection(c => c.HasAccounts()))
        {
            return "The database has accounts already, so the demo made none of its own.";
        }
        var password = chosen ?? MadeUp();
        var hash = await passwords.HashAsync(By, password);
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
        return "Accounts: officer-enterprise, officer-street, officer-district, verifier, "
            + string.Concat(Enumerable.Range(1, workers.Count).Select(i => $"worker-{i}, "))
            + "analyst, administrator, auditor. The password of all of them"
            + (chosen is null ? $", shown only now: {password}" : $" is the one in {PasswordVariable}.");
    }

    /// <summary>Twenty characters that nobody takes for one another.</summary>
    private static string MadeUp() =>
        string.Join(
            '-',
            RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 20).Chunk(5).Select(part => new string(part))
        );

    private static void Add(RecordTransaction tx, string name, string hash, Guid? workerId, params RoleGrant[] grants)
    {
        var account = new Account(tx.NewId(), name, hash, workerId, false, tx.RecordedAt, By);
        tx.Add(account);
        foreach (var grant in grants)
        {
            tx.Add(account.Id, grant, By);
        }
    }

    /// <summary>The district, the street of the first enterprise that stands below one, and that enterprise.</summary>
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
        throw new DemoDataException("The demo has no enterprise below a street union.");
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
