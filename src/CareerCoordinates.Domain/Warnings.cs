namespace CareerCoordinates.Domain;

/// <summary>Something that a person should look at although nothing is refused. Texts as in <see cref="RefusalCode"/>.</summary>
public sealed record WarningCode(string Code, string En, string Zh);

/// <summary>One warning: what, where in the request, and the id of the thing it is about, where there is one.</summary>
public sealed record Warning(WarningCode Code, string Pointer, Guid? About, params object?[] Arguments)
{
    public string En => Wording.En(Code.En, Arguments);

    public string Zh => Wording.Zh(Code.Zh, Arguments);
}
