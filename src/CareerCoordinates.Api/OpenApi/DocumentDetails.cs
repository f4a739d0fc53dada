using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CareerCoordinates.Api.OpenApi;

/// <summary>Tags with their meaning, and the problem answers that operations share.</summary>
internal sealed class DocumentDetails : IDocumentFilter
{
    /// <summary>Every status of a refusal, with the name of its shared response.</summary>
    public static readonly IReadOnlyDictionary<string, (string Name, string Description)> Problems = new Dictionary<
        string,
        (string, string)
    >
    {
        ["400"] = ("Malformed", "The request is malformed in itself; `errors` names every fault with its place."),
        ["401"] = ("NotSignedIn", "Nobody is signed in, or the token has ended."),
        ["403"] = ("NotAllowed", "The account may not do this."),
        ["404"] = ("NotFound", "The thing does not exist for this caller."),
        ["406"] = ("NotAcceptable", "`Accept` allows none of the forms in which this is given."),
        ["409"] = ("Conflict", "The request conflicts with what is stored."),
        ["412"] = ("Stale", "The caller saw an older revision than the newest."),
        ["413"] = ("TooLarge", "The body is larger than 1 MB, or the file of an import than 50 MB."),
        ["415"] = ("UnsupportedMediaType", "The body is of another media type than this operation takes."),
        ["422"] = ("Refused", "A rule of the framework or of the record refuses it."),
        ["429"] = (
            "TooManyRequests",
            "The account, or the address where nobody is signed in, asks too often; `Retry-After` says how long to wait."
        ),
        ["428"] = ("IfMatchRequired", "`If-Match` is missing."),
        ["default"] = ("Problem", "Anything else that went wrong, such as 503 while the database cannot be written."),
    };

    private const string Token = "token";
    private const string Cookie = "cookie";

    /// <summary>Either of the two ways to be signed in.</summary>
    public static List<OpenApiSecurityRequirement> SignedIn(OpenApiDocument document) =>
        [
            new() { [new OpenApiSecuritySchemeReference(Token, document)] = [] },
            new() { [new OpenApiSecuritySchemeReference(Cookie, document)] = [] },
        ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Components ??= new OpenApiComponents();
        swaggerDoc.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description =
                    "The token that POST /api/v1/sign-in gives, an API token (`cct_…`), or one of the configured OpenID Connect issuer.",
            },
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = Gatekeeper.Cookie,
                Description = $"For the web app; a write carries {Gatekeeper.AntiforgeryHeader} too.",
            },
        };
        var operations = swaggerDoc.Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? []).ToList();
        var tags = operations
            .SelectMany(o => o.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(t => t.Reference.Id)
            .ToHashSet();
        swaggerDoc.Tags = ApiDocument
            .Tags.Where(tag => tags.Contains(tag.Key))
            .Select(tag => new OpenApiTag { Name = tag.Key, Description = tag.Value })
            .ToHashSet();
        swaggerDoc.Components?.Schemas?.Remove(SchemaNames.Of(typeof(NoBody.Nothing)));
        AddProblems(swaggerDoc, context, operations);
        OpenAnswers(context.SchemaRepository.Schemas, operations);
    }

    private static void AddProblems(OpenApiDocument document, DocumentFilterContext context, List<OpenApiOperation> operations)
    {
        var used = operations
            .SelectMany(o => o.Responses?.Values.OfType<OpenApiResponseReference>() ?? [])
            .Select(r => r.Reference.Id)
            .ToHashSet();
        var schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemBody), context.SchemaRepository);
        document.Components ??= new OpenApiComponents();
        document.Components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        foreach (var (name, description) in Problems.Values.Where(p => used.Contains(p.Name)))
        {
            document.Components.Responses[name] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    [Problem.MediaType] = new OpenApiMediaType { Schema = schema },
                },
            };
        }
    }

    /// <summary>Only what is sent to us is closed: an answer may gain members.</summary>
    private static void OpenAnswers(IDictionary<string, IOpenApiSchema> schemas, List<OpenApiOperation> operations)
    {
        var sent = new HashSet<string>();
        foreach (var media in operations.SelectMany(o => o.RequestBody?.Content?.Values.AsEnumerable() ?? []))
        {
            Collect(media.Schema, schemas, sent);
        }
        foreach (var (name, schema) in schemas)
        {
            if (!sent.Contains(name) && schema is OpenApiSchema { Properties.Count: > 0 } answer)
            {
                answer.AdditionalPropertiesAllowed = true;
            }
        }
    }

    private static void Collect(IOpenApiSchema? schema, IDictionary<string, IOpenApiSchema> schemas, HashSet<string> sent)
    {
        switch (schema)
        {
            case OpenApiSchemaReference { Reference.Id: { } id } when sent.Add(id) && schemas.TryGetValue(id, out var target):
                Collect(target, schemas, sent);
                break;
            case OpenApiSchema own:
                foreach (var part in (own.Properties?.Values.AsEnumerable() ?? []).Concat(own.OneOf ?? []).Append(own.Items!))
                {
                    Collect(part, schemas, sent);
                }
                break;
            default:
                break;
        }
    }
}
