using System.Globalization;
using System.Reflection;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.Metadata;

namespace CareerCoordinates.Api.Requests;

/// <summary>
/// The query of an endpoint. <see cref="Read"/> asks the reader for each parameter by name, always for all of them: asking is
/// declaring, so the same lines read the request, refuse what was not asked for, and write the document.
/// </summary>
public interface IQuery<TSelf>
    where TSelf : notnull, IQuery<TSelf>
{
    static abstract TSelf Read(QueryReader query);
}

/// <summary>A handler asks for <c>Query&lt;WorkerList&gt; query</c> and uses <see cref="Value"/>.</summary>
public sealed class Query<T> : IRequestPart, IEndpointParameterMetadataProvider
    where T : notnull, IQuery<T>
{
    private Query(T value, IReadOnlyList<Refusal> refusals)
    {
        Value = value;
        Refusals = refusals;
    }

    public T Value { get; }

    public IReadOnlyList<Refusal> Refusals { get; }

    public object? Content => null;

    public static ValueTask<Query<T>?> BindAsync(HttpContext context) => new(Of(context.Request.Query, context.Request.Path));

    /// <summary>Parameters that came another way than in an address.</summary>
    public static Query<T> Of(IQueryCollection parameters, PathString path = default)
    {
        var reader = new QueryReader(parameters, path);
        var value = T.Read(reader);
        return new Query<T>(value, reader.Refusals);
    }

    public static DeclaredQuery Declared()
    {
        var reader = new QueryReader(new QueryCollection(), "");
        _ = T.Read(reader);
        return new DeclaredQuery(reader.Declared);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(Declared());
}

/// <summary>One declared query parameter, as the document describes it.</summary>
public sealed record QueryParameter(string Name, string Description)
{
    public string Type { get; init; } = "string";

    public string? Format { get; init; }

    public IReadOnlyList<string> Allowed { get; init; } = [];

    public bool Required { get; init; }

    public int? Minimum { get; init; }

    public int? Maximum { get; init; }

    public object? Default { get; init; }

    public int MaxLength { get; init; } = RequestLimits.ParameterCharacters;

    public string? Example { get; init; }
}

/// <summary>All parameters that an endpoint takes; an endpoint without takes none.</summary>
public sealed record DeclaredQuery(IReadOnlyList<QueryParameter> Parameters)
{
    public static readonly DeclaredQuery None = new([]);

    private static readonly Name NoParameters = new("无", "none");

    public void CheckNames(IQueryCollection query, List<Refusal> refusals)
    {
        foreach (var (name, values) in query)
        {
            var known = Parameters.Any(p => p.Name == name);
            if (!known || values.Count > 1)
            {
                var allowed = Parameters.Count == 0 ? NoParameters : (object)string.Join(", ", Parameters.Select(p => p.Name));
                var code = known ? RequestRefusals.RepeatedParameter : RequestRefusals.UnknownParameter;
                refusals.Add(new Refusal(code, "?" + name, name, allowed));
            }
        }
    }
}

/// <summary>Reads query parameters; what is badly formed becomes a refusal and reads as absent.</summary>
public sealed class QueryReader(IQueryCollection query, PathString path)
{
    private delegate bool TryParse<T>(string text, out T value);

    private readonly List<QueryParameter> declared = [];
    private readonly List<Refusal> refusals = [];

    public IReadOnlyList<QueryParameter> Declared => declared;

    public IReadOnlyList<Refusal> Refusals => refusals;

    public DateOnly? Day(string name, string description, string? example = null) =>
        Value<DateOnly>(
            new(name, description) { Format = "date", Example = example },
            DayConverter.TryParse,
            RequestRefusals.NotADay
        );

    public Instant? Instant(string name, string description) =>
        Value<Instant>(
            new(name, description) { Format = "date-time" },
            Domain.Time.Instant.TryParse,
            RequestRefusals.NotAnInstant
        );

    public Guid? Id(string name, string description) =>
        Value<Guid>(
            new(name, description) { Format = "uuid" },
            (string text, out Guid id) => Guid.TryParseExact(text, "D", out id),
            RequestRefusals.NotAnId
        );

    public int? Number(string name, string description, int from, int to, int? byDefault = null, string? example = null)
    {
        var number = Value<int>(
            new(name, description)
            {
                Type = "integer",
                Minimum = from,
                Maximum = to,
                Default = byDefault,
                Example = example,
            },
            (string text, out int value) =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            RequestRefusals.NotAnInteger
        );
        if (number < from || number > to)
        {
            refusals.Add(new Refusal(RequestRefusals.OutOfRange, "?" + name, from, to));
            return null;
        }
        return number;
    }

    public bool? Flag(string name, string description) =>
        Value<bool>(
            new(name, description) { Type = "boolean" },
            (string text, out bool flag) =>
            {
                flag = text == "true";
                return flag || text == "false";
            },
            RequestRefusals.NotAFlag
        );

    /// <summary>One of a closed list, such as <c>include=voided</c>.</summary>
    public string? OneOf(string name, string description, IReadOnlyList<string> allowed)
    {
        var text = Text(new(name, description) { Allowed = allowed });
        if (text is not null && !allowed.Contains(text))
        {
            refusals.Add(new Refusal(RequestRefusals.NotAllowed, "?" + name, string.Join(", ", allowed)));
            return null;
        }
        return text;
    }

    public T? OneOf<T>(string name, string description)
        where T : struct, Enum =>
        OneOf(name, description, [.. Codes<T>.All]) is { } text && Codes<T>.TryParse(text, out var value) ? value : null;

    /// <summary>A code or a short text; whether the code exists is the rule's question.</summary>
    public string? Text(string name, string description, string? example = null) =>
        Text(new QueryParameter(name, description) { Example = example });

    /// <summary>Both clocks.</summary>
    public Clocks Clocks() =>
        new(
            Day("asOf", "The day whose facts count (截至); today in the framework's time zone by default.", "2020-06-01"),
            Instant("knownAt", "The instant whose record is asked (按当时的记录); now by default, never later.")
        );

    /// <summary>Only the clock of the record, for what no day changes.</summary>
    public Clocks KnownAt() =>
        new(null, Instant("knownAt", "The instant whose record is asked (按当时的记录); now by default, never later."));

    /// <summary>The page of a list.</summary>
    public PageWish Page()
    {
        var limit = Number("limit", "How many items at most.", 1, RequestLimits.PageItems, RequestLimits.PageItemsByDefault);
        var text = Text(
            new("cursor", "Where the page before ended: its `nextCursor`.") { MaxLength = RequestLimits.CursorCharacters }
        );
        var count = Flag("count", "`true` adds the number of all items.") ?? false;
        var list = Cursor.ListOf(path, query);
        Cursor? cursor = null;
        if (text is not null && !Cursor.TryOpen(text, list, out cursor))
        {
            refusals.Add(new Refusal(RequestRefusals.BadCursor, "?cursor"));
        }
        return new PageWish(
            limit ?? RequestLimits.PageItemsByDefault,
            cursor,
            count,
            list,
            IsWhole: limit is null && text is null
        );
    }

    /// <summary>Refuses the request where a parameter that the endpoint cannot do without is absent.</summary>
    public T? Required<T>(string name, T? value)
    {
        var index = declared.FindIndex(p => p.Name == name);
        declared[index] = declared[index] with { Required = true };
        if (!query.ContainsKey(name))
        {
            refusals.Add(new Refusal(RequestRefusals.ParameterMissing, "?" + name, name));
        }
        return value;
    }

    private string? Text(QueryParameter parameter)
    {
        var text = Raw(parameter);
        if (text is null)
        {
            return null;
        }
        var fault =
            string.IsNullOrWhiteSpace(text) ? new Refusal(RequestRefusals.Empty, "?" + parameter.Name)
            : text.Length > parameter.MaxLength ? new Refusal(RequestRefusals.TooLong, "?" + parameter.Name, parameter.MaxLength)
            : text.Contains('\0') || text.Contains('\uFFFD') ? new Refusal(RequestRefusals.InvalidText, "?" + parameter.Name)
            : null;
        if (fault is not null)
        {
            refusals.Add(fault);
            return null;
        }
        return text;
    }

    private T? Value<T>(QueryParameter parameter, TryParse<T> parse, RefusalCode otherwise)
        where T : struct
    {
        if (Raw(parameter) is not { } text)
        {
            return null;
        }
        if (parse(text, out var value))
        {
            return value;
        }
        refusals.Add(new Refusal(otherwise, "?" + parameter.Name));
        return null;
    }

    private string? Raw(QueryParameter parameter)
    {
        declared.Add(parameter);
        return query.TryGetValue(parameter.Name, out var values) && values.Count == 1 ? values[0] ?? "" : null;
    }
}
