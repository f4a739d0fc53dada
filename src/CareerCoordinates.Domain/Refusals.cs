using System.Globalization;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Domain;

/// <summary>What an expected refusal means to the caller; one place in the API maps it to an HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The request is malformed in itself (400).</summary>
    Shape,

    /// <summary>The thing does not exist for this caller (404).</summary>
    NotFound,

    /// <summary>The request conflicts with what is stored (409).</summary>
    Conflict,

    /// <summary>The caller saw an older revision (412).</summary>
    Stale,

    /// <summary>A rule of the framework or of the record refuses it (422).</summary>
    Rule,
}

/// <summary>
/// A reason for which the system refuses, listed at the top of the rules file that uses it.
/// <paramref name="Code"/> is stable for ever; the two texts are format strings that name the remedy.
/// </summary>
public sealed record RefusalCode(string Code, RefusalKind Kind, string En, string Zh);

/// <summary>One refusal: why, and where in the request (a JSON pointer such as <c>/attributes/grade</c>; empty for the whole).</summary>
/// <remarks>
/// An argument that is a <see cref="Name"/> is told in the language of the text. An argument or a pointer that holds an ID
/// number is told as <c>…</c>: both may be what a caller sent.
/// </remarks>
public sealed record Refusal(RefusalCode Code, string Pointer, params object?[] Arguments)
{
    public string Pointer
    {
        get;
        init => field = PlainText.WithoutIdNumber(value);
    } = PlainText.WithoutIdNumber(Pointer);

    public string En => Wording.En(Code.En, Arguments);

    public string Zh => Wording.Zh(Code.Zh, Arguments);
}

/// <summary>Fills the arguments of a refusal or a warning into its text.</summary>
internal static class Wording
{
    public static string En(string format, object?[] arguments) => Fill(format, arguments, name => name.En);

    public static string Zh(string format, object?[] arguments) => Fill(format, arguments, name => name.Zh);

    private static string Fill(string format, object?[] arguments, Func<Name, string> said) =>
        string.Format(
            CultureInfo.InvariantCulture,
            format,
            [
                .. arguments.Select(a =>
                    a is Name name ? said(name)
                    : a is string text ? PlainText.WithoutIdNumber(text)
                    : a
                ),
            ]
        );
}

/// <summary>Either a value or at least one refusal. Refusals are values: an exception is a bug or an outage.</summary>
public readonly struct Outcome<T>
{
    private readonly T? value;
    private readonly IReadOnlyList<Refusal>? refusals;

    private Outcome(T? value, IReadOnlyList<Refusal>? refusals)
    {
        this.value = value;
        this.refusals = refusals;
    }

    public bool IsRefused => refusals is not null;

    public IReadOnlyList<Refusal> Refusals => refusals ?? [];

    /// <summary>The value; asking a refused outcome for it is a bug.</summary>
    public T Value => refusals is null ? value! : throw new InvalidOperationException("Refused: " + refusals[0].Code.Code);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, [refusal]);

    public static implicit operator Outcome<T>(List<Refusal> refusals) =>
        refusals.Count > 0 ? new(default, refusals) : throw new ArgumentException("A refusal needs a reason.", nameof(refusals));

    /// <summary>Passes the refusals of this outcome on as those of another type.</summary>
    public Outcome<TOther> As<TOther>() => new(default, refusals ?? throw new InvalidOperationException("Not refused."));
}
