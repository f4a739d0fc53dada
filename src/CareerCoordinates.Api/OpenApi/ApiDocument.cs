using System.Text;
using System.Text.Json.Nodes;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CareerCoordinates.Api.OpenApi;

/// <summary>The document of the API (OpenAPI 3.1): generated from the endpoints, committed as openapi.yaml, shown at /swagger.</summary>
public static class ApiDocument
{
    public const string Name = "v1";

    /// <summary>Where the page stands that shows it.</summary>
    public const string Page = "/swagger";

    // The tags: one per feature folder.
    public const string Frameworks = "Frameworks";
    public const string Organizations = "Organizations";
    public const string Workers = "Workers";
    public const string Affiliations = "Affiliations";
    public const string Milestones = "Milestones";
    public const string Grid = "Grid";
    public const string Reports = "Reports";
    public const string Imports = "Imports";
    public const string Exports = "Exports";
    public const string EnteredFigures = "Entered figures";
    public const string Access = "Access";
    public const string Operations = "Operations";

    public static readonly IReadOnlyDictionary<string, string> Tags = new Dictionary<string, string>
    {
        [Frameworks] = "The model as data: channels, rungs, levels, stages, milestone types, requirements, measures (坐标体系).",
        [Organizations] = "The tree of unions and enterprises (单位/工会).",
        [Workers] = "People and their careers (职工).",
        [Affiliations] = "Who belongs where, from a day until a day (所在单位/所属工会).",
        [Milestones] = "Facts about a worker: recorded, verified, corrected, ended, voided; never overwritten (成长节点).",
        [Grid] = "Where a worker stands, how he came there, what is missing for the next step (职业坐标).",
        [Imports] = "Spreadsheets in: checked first, written whole, undone where nothing stands on it.",
        [Exports] = "People out, as CSV or as workbooks, on both clocks.",
        [Reports] = "Who stands where, who moves, how long it takes; exact or protected, on both clocks.",
        [EnteredFigures] =
            "What organisations report of a year and no milestone counts; never mixed with computed figures (填报数).",
        [Access] = "Sign-in, claim codes, the notice, accounts, roles and the audit trail.",
        [Operations] = "For those who run the server.",
    };

    private const string Description = """
        Keeps the career coordinate (职业坐标) of industrial workers: milestones are logged and verified, and from them follows,
        by a published framework, where each worker stands in four channels, as of any day and as known at any instant.

        **Two clocks.** `asOf` (a day) says which facts are in force; `knownAt` (an instant) says what was recorded. Answers echo both.
        An answer whose `knownAtClosed` is true never changes again; the record closes about ten seconds after it is written.

        **Sign-in.** All but a few operations need an account with a role (`POST /api/v1/sign-in`); a program has a token of its own
        (`POST /api/v1/me/tokens`). Tokens of an OpenID Connect issuer are taken where the server is told of one. What is out of its scope is
        answered like what does not exist. Reads of a person are kept in an audit trail.

        **Personal data.** ID numbers are kept sealed and shown masked (`1****************X`); reading one in clear needs a reason, which is
        kept. A person can be erased, which two administrators decide; from then on he has no name, and what was counted is counted still.

        **Writes.** A change of a single resource needs `If-Match` with the ETag that was read. A creating POST takes an
        `Idempotency-Key`: the same request again gets the same record.

        **Refusals** are problem details (RFC 9457) with a stable `code`, in Chinese or English by `Accept-Language`. An unknown
        query parameter or JSON member is refused, since a dropped one would be a wrong answer. Only what cannot be read as a
        request at all (a malformed line or header, `%00` in the path, a line or headers too long) is 400, 414 or 431 without a body.

        **Disclaimer.** The framework served by default was compiled from public reports and is not affiliated with any authority.
        **Use limit.** A coordinate must not by itself decide rewards, pay or dismissal. No health data may be recorded.
        """;

    public static IServiceCollection AddApiDocument(this IServiceCollection services) =>
        services
            .AddEndpointsApiExplorer()
            .AddSingleton<ISerializerDataContractResolver>(new ContractResolver())
            .AddSwaggerGen(options =>
            {
                options.DocInclusionPredicate((_, operation) => operation.HttpMethod != HttpMethods.Head);
                options.SwaggerDoc(
                    Name,
                    new OpenApiInfo
                    {
                        Title = "Career Coordinates",
                        Version = "1.0.0",
                        Description = Description,
                        Contact = new OpenApiContact { Name = "Career Coordinates" },
                        License = new OpenApiLicense
                        {
                            Name = "All rights reserved",
                            Identifier = "LicenseRef-All-rights-reserved",
                        },
                    }
                );
                options.AddServer(new OpenApiServer { Url = "/", Description = "The server that gave you this document" });
                options.CustomSchemaIds(SchemaNames.Of);
                options.IncludeXmlComments(typeof(ApiDocument).Assembly);
                options.MapType<DateOnly>(() => Text("date", "2020-06-01"));
                options.MapType<Instant>(() => Text("date-time", "2026-11-22T06:00:00.000000Z"));
                options.MapType<PartialDate>(() => PartialDateText());
                options.MapType<ReportCount>(() => Count());
                options.MapType<ReportNumber>(() => Number());
                options.MapType<AttributeSet>(() => AttributesByCode());
                options.SchemaFilter<SchemaDetails>();
                options.DocumentFilter<DocumentDetails>();
                options.OperationFilter<OperationDetails>();
            });

    /// <param name="isForEverybody">The page shows itself without a sign-in, too: in the demo. The document itself is open.</param>
    public static WebApplication MapApiDocument(this WebApplication app, bool isForEverybody)
    {
        var yaml = Once(() => ToYaml(app.Services), "application/yaml");
        var json = Once(() => ToJson(app.Services), "application/json");
        app.MapGet("/openapi.yaml", () => yaml()).OpenToAll().ExcludeFromDescription();
        app.MapGet("/openapi.json", () => json()).OpenToAll().ExcludeFromDescription();
        // Only there: it tries regular expressions on every path that it sees.
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Page, StringComparison.OrdinalIgnoreCase),
            swagger =>
            {
                if (!isForEverybody)
                {
                    swagger.UseSignedInOnly();
                }
                swagger.UseSwaggerUI(ui =>
                {
                    ui.DocumentTitle = "Career Coordinates";
                    ui.SwaggerEndpoint("/openapi.json", "Career Coordinates");
                });
            }
        );
        return app;
    }

    public static async Task<string> ToYaml(IServiceProvider services)
    {
        var yaml = await (await Generate(services)).SerializeAsYamlAsync(OpenApiSpecVersion.OpenApi3_1);
        return yaml.ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    private static async Task<string> ToJson(IServiceProvider services) =>
        await (await Generate(services)).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);

    /// <summary>Made when it is first asked for: anybody may ask, and to make it costs a thousand times what it takes to answer.</summary>
    private static Func<Task<IResult>> Once(Func<Task<string>> make, string type)
    {
        var made = new Lazy<Task<string>>(make);
        return async () => TypedResults.Text(await made.Value, type, Encoding.UTF8);
    }

    private static Task<OpenApiDocument> Generate(IServiceProvider services) =>
        services.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(Name);

    private static OpenApiSchema Text(string format, string example) =>
        new()
        {
            Type = JsonSchemaType.String,
            Format = format,
            Examples = [JsonValue.Create(example)],
        };

    private static OpenApiSchema AttributesByCode() =>
        new()
        {
            Type = JsonSchemaType.Object,
            AdditionalProperties = new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Boolean,
            },
        };

    private static OpenApiSchema Count() =>
        new()
        {
            Description = "A number; where a protected one is hidden, a text such as `<10`.",
            OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^<[0-9]+$" },
            ],
        };

    private static OpenApiSchema Number() =>
        new()
        {
            Description = "A number; where a protected one is not shown, `<10` for a count of workers, else `hidden`.",
            OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.Number },
                new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^(<[0-9]+|hidden)$" },
            ],
        };

    private static OpenApiSchema PartialDateText() =>
        new()
        {
            Type = JsonSchemaType.String,
            Pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
            Description = "A day, or a month or a year where only that is known.",
            Examples = [JsonValue.Create("2020-11-30")],
        };
}

/// <summary>Schemas are named after what they are: <c>WorkerBody</c> is <c>Worker</c>, a page of them <c>WorkerPage</c>.</summary>
internal static class SchemaNames
{
    public static string Of(Type type)
    {
        if (type.IsGenericType)
        {
            var arguments = string.Concat(type.GetGenericArguments().Select(Of));
            return arguments + Plain(type.Name[..type.Name.IndexOf('`')]);
        }
        return Plain(type.Name);
    }

    private static string Plain(string name) =>
        name.EndsWith("Body", StringComparison.Ordinal) && name.Length > 4 ? name[..^4] : name;
}

/// <summary>The API's own JSON rules; a member of a merge-patch is documented as what it holds.</summary>
internal sealed class ContractResolver : ISerializerDataContractResolver
{
    private readonly JsonSerializerDataContractResolver inner = new(ApiJson.Options);

    public DataContract GetDataContractForType(Type type) =>
        inner.GetDataContractForType(OptionalConverterFactory.IsOptional(type) ? type.GetGenericArguments()[0] : type);
}
