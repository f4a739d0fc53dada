using System.Data.Common;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Tests.Api;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CareerCoordinates.Tests.Contract.Fuzz;

/// <param name="Target">Path and query as they go over the wire.</param>
/// <param name="MustRefuse">Any 2xx would be wrong.</param>
/// <param name="MayBeBare">The web server itself may refuse it, before the program can say why.</param>
public sealed record FuzzRequest(
    string What,
    string Method,
    string Target,
    Func<byte[]>? Body = null,
    string? MediaType = null,
    bool MustRefuse = false,
    bool MayBeBare = false,
    params (string Name, string Value)[] Headers
);

public sealed record FuzzAnswer(int Status, string? MediaType, string Text, string? Etag, string? Location)
{
    public bool IsGood => Status is >= 200 and < 300;

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);
}

/// <summary>A server on a real socket: sends requests to it and writes down every answer that no caller should get.</summary>
public sealed class FuzzTarget : IAsyncDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);
    private const int MostFindings = 40;

    /// <summary>Nobody judges what he recorded, or approves what he asked for.</summary>
    private static readonly string[] NeedsSecondPerson = [":verify", ":return", ":reject", ":approve"];

    private const int MostOfAKind = 2;

    private readonly ApiHost host;
    private readonly HttpClient client;
    private readonly DbConnection rows;
    private readonly string address;
    private readonly string secondToken;
    private readonly Dictionary<string, int> kinds = [];
    private long rowsBefore;

    private FuzzTarget(ApiHost host, DbConnection rows, string secondToken)
    {
        this.host = host;
        this.rows = rows;
        this.secondToken = secondToken;
        address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }
        )
        {
            Timeout = TimeSpan.FromSeconds(60),
            DefaultRequestHeaders = { Authorization = new("Bearer", host.OfficeToken) },
        };
    }

    public List<string> Findings { get; } = [];

    public int Sent { get; private set; }

    /// <param name="host">Not started yet.</param>
    public static async Task<FuzzTarget> StartAsync(ApiHost host)
    {
        host.UseKestrel(0);
        host.StartServer();
        DbConnection rows =
            host.Database.Engine == TestEngine.Sqlite
                ? new SqliteConnection(host.Database.ConnectionString)
                : new NpgsqlConnection(host.Database.ConnectionString);
        await rows.OpenAsync();
        // The account has a record of its own, so that what is about oneself can be reached.
        await host.Store.SignInOfficeAsync(await AddWorkerAsync(host));
        var target = new FuzzTarget(host, rows, await host.Store.SignInSecondAsync());
        target.rowsBefore = await target.CountRowsAsync();
        return target;
    }

    private static async Task<Guid> AddWorkerAsync(ApiHost host)
    {
        var content = new WorkerContent(null, "Ma Lan", new DateOnly(2012, 7, 1), null, null, null);
        var made = await host.Store.Gate.RunAsync<Guid>(tx =>
        {
            var id = tx.NewId();
            tx.Add(new Revision<WorkerContent>(id, 1, false, content, null, tx.RecordedAt, "test"));
            return id;
        });
        return made.Value;
    }

    public Task<FuzzAnswer> GetAsync(string path) => AskAsync(new FuzzRequest("as it is", "GET", path));

    /// <summary>Sends the request and notes whatever is wrong with the answer.</summary>
    public async Task<FuzzAnswer> AskAsync(FuzzRequest request)
    {
        var watch = Stopwatch.StartNew();
        var answer = await SendAsync(request);
        // On a machine with more to do a slow answer is asked for again: only one that is slow each time is a finding.
        for (var again = 0; again < 2 && watch.Elapsed > LongestAnswer; again++)
        {
            // What the slow one stored is not what the next one stores.
            rowsBefore = await CountRowsAsync();
            watch.Restart();
            answer = await SendAsync(request);
        }
        if (watch.Elapsed > LongestAnswer)
        {
            Find(request, answer, $"took {watch.Elapsed.TotalSeconds:0.0} s");
        }
        if (FaultOf(request, answer) is { } fault)
        {
            Find(request, answer, fault);
        }
        if (request.Method != "GET")
        {
            var now = await CountRowsAsync();
            if (!answer.IsGood && now != rowsBefore)
            {
                Find(request, answer, $"refused, but {now - rowsBefore} rows were stored");
            }
            rowsBefore = now;
        }
        return answer;
    }

    public void Find(string finding)
    {
        if (Findings.Count < MostFindings)
        {
            Findings.Add(finding);
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await rows.DisposeAsync();
        await host.DisposeAsync();
    }

    private static string? FaultOf(FuzzRequest request, FuzzAnswer answer)
    {
        if (answer.Status >= 500)
        {
            return "failed";
        }
        if (answer.IsGood)
        {
            return request.MustRefuse ? "accepted what it must refuse" : null;
        }
        if (answer.Status == 304)
        {
            return null;
        }
        if (answer.Text.Length == 0 && (request.MayBeBare || request.Method == "HEAD"))
        {
            return null;
        }
        if (answer.MediaType != "application/problem+json")
        {
            return $"refused with {answer.MediaType ?? "no body"} in place of problem details";
        }
        try
        {
            var problem = answer.Json;
            return
                problem.GetProperty("code").GetString() is { Length: > 0 }
                && problem.GetProperty("detail").GetString() is { Length: > 0 }
                && problem.GetProperty("status").GetInt32() == answer.Status
                ? null
                : "refused without saying why";
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"refused with broken problem details: {broken.Message}";
        }
    }

    private async Task<FuzzAnswer> SendAsync(FuzzRequest asked)
    {
        Sent++;
        var raw = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        Uri.TryCreate(address + asked.Target, raw, out var uri);
        using var request = new HttpRequestMessage(new HttpMethod(asked.Method), uri);
        if (asked.Target.Contains("sign-out", StringComparison.OrdinalIgnoreCase))
        {
            // Another sign-in than the one with which all others are sent.
            request.Headers.Authorization = new("Bearer", await host.Store.SignInOfficeAsync());
        }
        else if (NeedsSecondPerson.Any(verb => asked.Target.EndsWith(verb, StringComparison.Ordinal)))
        {
            request.Headers.Authorization = new("Bearer", secondToken);
        }
        if (asked.Body?.Invoke() is { } body)
        {
            request.Content = new ByteArrayContent(body);
            if (asked.MediaType is { } type)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
            // The server need not read what it refuses by its length.
            request.Headers.ExpectContinue = body.Length > 1024 * 1024;
        }
        foreach (var (name, value) in asked.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        try
        {
            using var response = await client.SendAsync(request);
            return new FuzzAnswer(
                (int)response.StatusCode,
                response.Content.Headers.ContentType?.MediaType,
                await response.Content.ReadAsStringAsync(),
                response.Headers.ETag?.ToString(),
                response.Headers.Location?.ToString()
            );
        }
        catch (HttpRequestException broken)
        {
            return new FuzzAnswer(599, null, broken.ToString(), null, null);
        }
    }

    private void Find(FuzzRequest request, FuzzAnswer answer, string fault)
    {
        var kind = $"{request.Method} {request.Target.Split('?')[0].Length} {request.What.Split(' ')[0]} {fault} {answer.Status}";
        kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        if (kinds[kind] > MostOfAKind)
        {
            return;
        }
        var headers = string.Concat(request.Headers.Select(h => $"\n  {h.Name}: {Short(h.Value, 100)}"));
        var body = request.Body?.Invoke() is { } bytes ? "\n  " + Short(Encoding.UTF8.GetString(bytes), 600) : "";
        Find(
            $"{request.Method} {Short(request.Target, 200)} ({request.What}) {fault}: {answer.Status} {Short(answer.Text, 300)}{headers}{body}"
        );
    }

    private async Task<long> CountRowsAsync()
    {
        string[] tables =
        [
            "organization_revisions",
            "worker_revisions",
            "affiliation_revisions",
            "milestone_revisions",
            "milestone_contests",
            "idempotency_keys",
        ];
        await using var command = rows.CreateCommand();
        command.CommandText = "SELECT " + string.Join(" + ", tables.Select(table => $"(SELECT count(*) FROM {table})"));
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Short(string text, int length) => text.Length <= length ? text : $"{text[..length]}… ({text.Length})";
}
