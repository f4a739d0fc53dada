using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// While a database has no account, whoever can connect (this machine alone) is this one and may do everything: a first look
/// needs no set-up. The first account ends that for good, with the next request.
/// </summary>
public static class LocalUser
{
    public const string Name = "local";

    private static readonly SignIn NoSignIn = new([], null, Guid.Empty, SignInKind.Bearer, null, default, default, default);

    public static bool IsAlone(CareerStore store) => !store.Reader.OnConnection(c => c.HasAccounts());

    public static SignedIn SignedIn(CareerStore store, string operation, Guid? workerId) =>
        new(Caller(store), NoSignIn, operation, Right.ReadOrganizations, workerId) { Frameworks = store.Frameworks };

    /// <summary>Nobody stands behind it, so the audit trail has nothing to say of it.</summary>
    public static bool Is(SignedIn me) => ReferenceEquals(me.SignIn, NoSignIn);

    private static Caller Caller(CareerStore store) =>
        new(
            Guid.Empty,
            Name,
            null,
            [
                new(Guid.Empty, Role.Officer, null, []),
                new(Guid.Empty, Role.Verifier, null, [.. store.Frameworks.Current.VerifierRoles.Keys]),
                new(Guid.Empty, Role.Administrator, null, []),
            ]
        );
}
