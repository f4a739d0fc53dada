using System.Text.Json;

namespace CareerCoordinates.Tests.Contract.Fuzz;

/// <summary>Sends to every operation of a document what callers send by mistake or by malice.</summary>
public sealed class Fuzzer
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FROB"];

    private readonly FuzzTarget target;
    private readonly Schemas schemas;
    private readonly Random random;

    public Fuzzer(FuzzTarget target, JsonElement document, int seed, Func<Operation, bool>? which = null)
    {
        this.target = target;
        schemas = new Schemas(document);
        random = new Random(seed);
        Operations = [.. Operation.AllOf(document).Where(o => which?.Invoke(o) ?? true)];
        World = new World(target, Operations, schemas, random);
    }

    public IReadOnlyList<Operation> Operations { get; }

    public World World { get; }

    /// <summary>Valid requests, until each operation was carried out at least once; names those that never were.</summary>
    public async Task<IReadOnlyList<string>> CallAllAsync(int tries = 200)
    {
        var missed = new List<string>();
        // What deletes comes last: the others find what they are about.
        foreach (var operation in Operations.OrderBy(operation => operation.Method == "DELETE"))
        {
            FuzzAnswer? last = null;
            for (var i = 1; i <= tries && !World.Reached(operation); i++)
            {
                last = await World.CallAsync(operation.Id);
                if (i % 20 == 0)
                {
                    await World.GrowAsync();
                }
            }
            if (!World.Reached(operation))
            {
                missed.Add($"{operation}: {last?.Status} {last?.Text}");
            }
        }
        return missed;
    }

    /// <summary>So many cases, taken by lot from all that there are for the operation.</summary>
    public async Task TryAsync(Operation operation, int most)
    {
        while (most > 0)
        {
            var path = World.PathOf(operation);
            var thing = await World.ThingAsync(operation, path);
            var cases = (await CasesOfAsync(operation, path, thing)).ToArray();
            random.Shuffle(cases);
            foreach (var request in cases)
            {
                most--;
                var answer = await target.AskAsync(request);
                if (answer.Status == 201)
                {
                    World.Learn(answer.Location);
                }
                // What was changed needs a new If-Match, and perhaps cannot be changed again.
                if (most <= 0 || (answer.IsGood && operation.NeedsIfMatch))
                {
                    break;
                }
            }
        }
    }

    public async Task TryForAsync(TimeSpan time)
    {
        var end = DateTime.UtcNow + time;
        while (DateTime.UtcNow < end)
        {
            await World.GrowAsync();
            for (var i = 0; i < 10 && DateTime.UtcNow < end; i++)
            {
                await TryAsync(Operations[random.Next(Operations.Count)], 20);
            }
        }
    }

    private async Task<IEnumerable<FuzzRequest>> CasesOfAsync(Operation operation, string path, FuzzAnswer? thing)
    {
        var body = await World.BodyOfAsync(operation, path, thing);
        var valid = new FuzzRequest("valid", operation.Method, path + operation.NeededQuery())
        {
            Body = body is null ? null : () => JsonSerializer.SerializeToUtf8Bytes(body),
            MediaType = operation.Body?.MediaTypes[random.Next(operation.Body.MediaTypes.Count)],
            Headers = thing?.Etag is { } etag ? [("If-Match", etag)] : [],
        };
        var bare = valid with { Target = path };
        var cases = QueryCases(operation, bare)
            .Concat(PathCases(operation, bare))
            .Concat(HeaderCases(operation, valid))
            .Concat(MethodCases(operation, bare))
            .Prepend(valid);
        return body is null
            ? cases
            : cases
                .Concat(
                    new BodyMutations(schemas)
                        .Of(body, operation.Body!.Schema)
                        .Select(m => valid with { What = m.What, Body = m.Body, MustRefuse = m.MustRefuse })
                )
                .Concat(
                    Hostile.MediaTypes.Select(type => valid with { What = "media type", MediaType = type, MustRefuse = true })
                )
                .Append(valid with { What = "no media type", MediaType = null, MustRefuse = true });
    }

    private static IEnumerable<FuzzRequest> QueryCases(Operation operation, FuzzRequest valid)
    {
        FuzzRequest With(string what, string query, bool mustRefuse, string? instead = null) =>
            valid with
            {
                What = what,
                Target = operation.NeededQuery(instead) is { Length: > 0 } needed
                    ? $"{valid.Target}{needed}&{query}"
                    : $"{valid.Target}?{query}",
                MustRefuse = mustRefuse,
            };
        foreach (
            var query in new[] { "unknown=1", "%00=1", "=1", "asof=2020-01-01", "api-version=1", "unknown", "%F0%9F%91%B7=1" }
        )
        {
            yield return With("unknown parameter", query, mustRefuse: query != "=1");
        }
        yield return With("an endless query", "x=" + new string('q', 20_000), true) with
        {
            MayBeBare = true,
        };
        foreach (var name in operation.Query.Select(parameter => parameter.Name))
        {
            yield return With("repeated", $"{name}=true&{name}=true", true, name);
            yield return With("another case", $"{name.ToUpperInvariant()}=1", true);
            yield return With("a NUL", $"{name}=a%00b", true, name);
            foreach (var value in Hostile.Escaped)
            {
                yield return With("value", $"{name}={value}", mustRefuse: value.Length == 0, name);
            }
        }
    }

    private static IEnumerable<FuzzRequest> PathCases(Operation operation, FuzzRequest valid)
    {
        var given = valid.Target.Split('/');
        foreach (var (segment, i) in operation.Path.Split('/').Select((segment, i) => (segment, i)))
        {
            if (!segment.StartsWith('{'))
            {
                continue;
            }
            var verb = segment[(segment.IndexOf('}') + 1)..];
            FuzzRequest With(string value, bool mayBeBare) =>
                valid with
                {
                    What = "path",
                    Target = string.Join('/', [.. given[..i], value + verb, .. given[(i + 1)..]]),
                    MayBeBare = mayBeBare,
                };
            foreach (var value in Hostile.Escaped)
            {
                yield return With(value, mayBeBare: false);
            }
            foreach (var value in Hostile.PathOddities)
            {
                yield return With(value, mayBeBare: true);
            }
        }
        yield return valid with
        {
            What = "a slash behind",
            Target = valid.Target + "/",
        };
        yield return valid with
        {
            What = "more path",
            Target = valid.Target + "/x",
            MustRefuse = true,
        };
        yield return valid with
        {
            What = "a verb",
            Target = valid.Target + ":frob",
            MustRefuse = true,
        };
        yield return valid with
        {
            What = "capitals",
            Target = valid.Target.ToUpperInvariant(),
        };
    }

    private static IEnumerable<FuzzRequest> HeaderCases(Operation operation, FuzzRequest valid)
    {
        FuzzRequest With(string name, string value, bool mustRefuse = false) =>
            valid with
            {
                What = "header",
                MustRefuse = mustRefuse,
                MayBeBare = true,
                Headers = [.. valid.Headers.Where(h => h.Name != name), (name, value)],
            };
        foreach (var value in Hostile.Headers)
        {
            if (operation.NeedsIfMatch)
            {
                yield return With("If-Match", value, mustRefuse: true);
            }
            yield return With(operation.TakesKey ? "Idempotency-Key" : "If-None-Match", value);
            yield return With("Accept-Language", value);
            yield return With("Accept", value);
        }
        if (operation.NeedsIfMatch)
        {
            yield return valid with
            {
                What = "no If-Match",
                Headers = [],
                MustRefuse = true,
            };
        }
        yield return With("Content-Encoding", "gzip");
        yield return With("X-HTTP-Method-Override", "DELETE");
        yield return With("Accept-Language", string.Join(',', Enumerable.Repeat("zh;q=0.5", 300)));
        yield return With("Host", "example.org", mustRefuse: true);
    }

    private IEnumerable<FuzzRequest> MethodCases(Operation operation, FuzzRequest valid)
    {
        var taken = Operations.Where(o => o.Path == operation.Path).Select(o => o.Method).ToHashSet();
        return Methods
            .Where(method => !taken.Contains(method))
            .Select(method => valid with { What = "method", Method = method, Body = null, MustRefuse = true });
    }
}
