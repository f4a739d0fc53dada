using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Api;

/// <summary>Accounts made in the store itself, signed in for long, the notice acknowledged: most tests are about something else than signing in.</summary>
public static class TestAccounts
{
    public const string Office = "office";
    public const string Second = "second";

    /// <summary>Tests and benchmarks ask faster than any office; a test of the limits sets its own.</summary>
    public static IReadOnlyDictionary<string, string?> NoLimits { get; } =
        new[] { "SignIn", "Read", "List", "Write" }.ToDictionary(name => "RateLimits:" + name, _ => (string?)"0");

    /// <summary>Everything that officers, verifiers and administrators may do, in the whole tree.</summary>
    /// <param name="workerId">Whose account it is, where it is made now.</param>
    public static Task<string> SignInOfficeAsync(this CareerStore store, Guid? workerId = null) =>
        store.SignInAsync(
            Office,
            workerId,
            [.. OfficerAndVerifier(store), new RoleGrant(Guid.CreateVersion7(), Role.Administrator, null, [])]
        );

    /// <summary>The second pair of eyes, with the same rights.</summary>
    public static Task<string> SignInSecondAsync(this CareerStore store, string name = Second) =>
        store.SignInAsync(
            name,
            null,
            [.. OfficerAndVerifier(store), new RoleGrant(Guid.CreateVersion7(), Role.Administrator, null, [])]
        );

    private static RoleGrant[] OfficerAndVerifier(CareerStore store) =>
        [
            new(Guid.CreateVersion7(), Role.Officer, null, []),
            new(
                Guid.CreateVersion7(),
                Role.Verifier,
                null,
                [.. store.Frameworks.Current.VerifierRoles.Keys.Except(store.Frameworks.Current.EmployerBodies)]
            ),
            // By itself: what speaks for the employer sees nothing restricted.
            new(Guid.CreateVersion7(), Role.Verifier, null, [.. store.Frameworks.Current.EmployerBodies]),
        ];

    /// <summary>Makes the account where there is none of this name, signs it in, and answers its bearer token.</summary>
    public static async Task<string> SignInAsync(this CareerStore store, string name, Guid? workerId, params RoleGrant[] grants)
    {
        var token = SignIns.NewSecret();
        await store.Gate.RunAsync<bool>(tx =>
        {
            var account = tx.Connection.FindAccount(name);
            if (account is null)
            {
                account = new Account(tx.NewId(), name, null, workerId, false, tx.RecordedAt, "test");
                tx.Add(account);
                foreach (var grant in grants)
                {
                    tx.Add(account.Id, grant, "test");
                }
                tx.Acknowledge(account.Id, tx.Connection.CurrentNotice());
            }
            var end = tx.RecordedAt.Plus(TimeSpan.FromDays(3650));
            tx.Add(new SignIn(SignIns.HashOf(token), null, account.Id, SignInKind.Bearer, null, end, end, end));
            return true;
        });
        return token;
    }
}
