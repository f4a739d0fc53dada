using System.Net;
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

    /// <summary>No account has a name with a blank in it.</summary>
    public const string CommandLine = "command line";

    private static readonly string[] MarksOfProxies =
    [
        "Forwarded",
        "Via",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Original-For",
        "X-Original-Host",
        "X-Original-Proto",
        "X-Real-IP",
    ];

    private static readonly SignIn NoSignIn = new([], null, Guid.Empty, SignInKind.Bearer, null, default, default, default);

    public static bool IsAlone(CareerStore store) => !store.Reader.OnConnection(c => c.HasAccounts());

    /// <summary>By another machine, or through a proxy that has put its mark on the request.</summary>
    public static bool IsFromElsewhere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address)
        || MarksOfProxies.Any(context.Request.Headers.ContainsKey);

    public static SignedIn SignedIn(CareerStore store, string operation, Guid? workerId) =>
        new(Caller(store, Name), NoSignIn, operation, Right.ReadOrganizations, workerId) { Frameworks = store.Frameworks };

    /// <summary>Whoever runs a command on the database itself: he could do anything with it anyway, but what he reads of persons is in the trail.</summary>
    public static SignedIn AtCommandLine(CareerStore store, string operation) =>
        new(Caller(store, CommandLine), NoSignIn, operation, Right.ReadOrganizations, null) { Frameworks = store.Frameworks };

    public static bool Is(SignedIn me) => ReferenceEquals(me.SignIn, NoSignIn);

    /// <summary>Nobody stands behind it, so the audit trail has nothing to say of it.</summary>
    public static bool IsNobody(SignedIn me) => Is(me) && me.Name == Name;

    private static Caller Caller(CareerStore store, string name) =>
        new(
            Guid.Empty,
            name,
            null,
            [
                new(Guid.Empty, Role.Officer, null, []),
                new(Guid.Empty, Role.Verifier, null, [.. store.Frameworks.Current.VerifierRoles.Keys]),
                new(Guid.Empty, Role.Administrator, null, []),
            ]
        );
}
