using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Identity;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// Passwords by the hasher of ASP.NET Core Identity (PBKDF2, salted, its parameters in the hash). Hashing is meant to be
/// slow, so only a few run at a time: a flood of sign-ins must not take the processors from everybody else.
/// </summary>
public sealed class Passwords
{
    public const int Shortest = 12;
    public const int Longest = 200;

    public static readonly RefusalCode TooWeak = new(
        "password-too-weak",
        RefusalKind.Rule,
        "A password has {0} to {1} characters and is not the account's name. A sentence is easy to remember.",
        "密码须为 {0} 至 {1} 个字符，且不能与账号相同。可使用一句便于记忆的话。"
    );

    private static readonly SemaphoreSlim Turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly PasswordHasher<string> hasher = new();
    private readonly string nobody;

    public Passwords() => nobody = hasher.HashPassword("nobody", Guid.NewGuid().ToString());

    public static Refusal? Check(string account, string password, string pointer) =>
        password.Length is >= Shortest and <= Longest && !string.Equals(password, account, StringComparison.OrdinalIgnoreCase)
            ? null
            : new Refusal(TooWeak, pointer, Shortest, Longest);

    public async Task<string> HashAsync(string account, string password) =>
        await InTurn(() => hasher.HashPassword(account, password));

    /// <summary>Takes as long for an account that is not there: nobody learns which names exist.</summary>
    public async Task<bool> IsRightAsync(string account, string? hash, string password) =>
        await InTurn(() => hasher.VerifyHashedPassword(account, hash ?? nobody, password)) != PasswordVerificationResult.Failed
        && hash is not null;

    private static async Task<T> InTurn<T>(Func<T> work)
    {
        await Turns.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            Turns.Release();
        }
    }
}
