using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Identity;

namespace CareerCoordinates.Api.Access;

/// <summary>So many wait for their password to be looked at that one more would wait too long; answered with 503.</summary>
public sealed class TooManyPasswordsException() : Exception("Too many passwords are waiting.");

/// <summary>
/// Passwords by the hasher of ASP.NET Core Identity (PBKDF2, salted, its parameters in the hash), and claim codes. Hashing is
/// meant to be slow, so only a few run at a time and few wait: a flood of sign-ins must not take the processors from everybody
/// else. Who is known (signed in, or at a known device) stands in a line of his own, which strangers cannot fill.
/// </summary>
public sealed class Passwords : IDisposable
{
    public const int Shortest = 12;
    public const int Longest = 200;
    public const int FewestDifferent = 5;

    /// <summary>From one character to the next: a run up or down, round again or repeated, has one or two.</summary>
    private const int FewestSteps = 3;

    public static readonly RefusalCode TooWeak = new(
        "password-too-weak",
        RefusalKind.Rule,
        "A password has {0} to {1} characters, at least {2} different ones among them, is no run such as 123456789012, and is not the account's name. A sentence is easy to remember.",
        "密码须为 {0} 至 {1} 个字符，其中至少 {2} 个互不相同，不能是 123456789012 一类的连续字符，也不能与账号相同。可使用一句便于记忆的话。"
    );

    /// <summary>Strangers' hashes that run at the same time.</summary>
    private static readonly int Strangers = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Hashes that run at the same time, one of somebody known among them.</summary>
    public static readonly int Cap = Strangers + 1;

    private readonly Line strangers = new(Strangers);
    private readonly Line known = new(1);
    private readonly PasswordHasher<string> hasher = new();
    private readonly string nobody;
    private int running;
    private int mostAtOnce;

    public Passwords() => nobody = hasher.HashPassword("nobody", Guid.NewGuid().ToString());

    /// <summary>The most hashes that ran at the same time since the start.</summary>
    public int MostAtOnce => mostAtOnce;

    public static Refusal? Check(string account, string password, string pointer) =>
        password.Length is >= Shortest and <= Longest
        && password.Distinct().Count() >= FewestDifferent
        && password.Zip(password.Skip(1), (one, next) => next - one).Distinct().Count() >= FewestSteps
        && !string.Equals(password, account, StringComparison.OrdinalIgnoreCase)
            ? null
            : new Refusal(TooWeak, pointer, Shortest, Longest, FewestDifferent);

    /// <exception cref="TooManyPasswordsException">The line is too long.</exception>
    public Task<string> HashAsync(string account, string password) => InTurn(known, () => hasher.HashPassword(account, password));

    /// <summary>Takes as long for an account that is not there: nobody learns which names exist.</summary>
    /// <exception cref="TooManyPasswordsException">The line is too long.</exception>
    public async Task<bool> IsRightAsync(string account, string? hash, string password, bool isKnown) =>
        await InTurn(isKnown ? known : strangers, () => hasher.VerifyHashedPassword(account, hash ?? nobody, password))
            != PasswordVerificationResult.Failed
        && hash is not null;

    /// <inheritdoc cref="ClaimCodes.HashOf"/>
    /// <exception cref="TooManyPasswordsException">The line is too long.</exception>
    public Task<byte[]> HashCodeAsync(string name, string code, bool isKnown) =>
        InTurn(isKnown ? known : strangers, () => ClaimCodes.HashOf(name, code));

    public void Dispose()
    {
        strangers.Dispose();
        known.Dispose();
    }

    private async Task<T> InTurn<T>(Line line, Func<T> work)
    {
        await line.EnterAsync();
        try
        {
            return await Task.Run(() =>
            {
                Count(Interlocked.Increment(ref running));
                try
                {
                    return work();
                }
                finally
                {
                    Interlocked.Decrement(ref running);
                }
            });
        }
        finally
        {
            line.Leave();
        }
    }

    private void Count(int now)
    {
        for (var most = mostAtOnce; now > most; most = mostAtOnce)
        {
            Interlocked.CompareExchange(ref mostAtOnce, now, most);
        }
    }

    private sealed class Line(int atOnce) : IDisposable
    {
        /// <summary>A few seconds of work.</summary>
        private const int Longest = 50;

        private readonly SemaphoreSlim turns = new(atOnce);
        private int waiting;

        public async Task EnterAsync()
        {
            if (Interlocked.Increment(ref waiting) > Longest)
            {
                Interlocked.Decrement(ref waiting);
                throw new TooManyPasswordsException();
            }
            try
            {
                await turns.WaitAsync();
            }
            finally
            {
                Interlocked.Decrement(ref waiting);
            }
        }

        public void Leave() => turns.Release();

        public void Dispose() => turns.Dispose();
    }
}
