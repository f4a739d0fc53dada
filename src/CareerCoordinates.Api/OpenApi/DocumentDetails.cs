using CareerCoordinates.Api.Problems;
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
        ["404"] = ("NotFound", "The thing does not exist for this caller."),
        ["409"] = ("Conflict", "The request conflicts with what is stored."),
        ["412"] = ("Stale", "The caller saw an older revision than the newest."),
        ["413"] = ("TooLarge", "The body is larger than 1 MB."),
        ["415"] = ("UnsupportedMediaType", "The body is of another media type than this operation takes."),
        ["422"] = ("Refused", "A rule of the framework or of the record refuses it."),
        ["428"] = ("IfMatchRequired", "`If-Match` is missing."),
        ["default"] = ("Problem", "Anything else that went wrong, such as 503 while the database cannot be written."),
    };

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var used = swaggerDoc
            .Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? [])
            .SelectMany(operation => operation.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Reference.Id)
            .ToHashSet();
        swaggerDoc.Tags = ApiDocument
            .Tags.Where(tag => used.Contains(tag.Key))
            .Select(tag => new OpenApiTag { Name = tag.Key, Description = tag.Value })
            .ToHashSet();
        var schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemBody), context.SchemaRepository);
        swaggerDoc.Components ??= new OpenApiComponents();
        swaggerDoc.Components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        foreach (var (name, description) in Problems.Values)
        {
            swaggerDoc.Components.Responses[name] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    [Problem.MediaType] = new OpenApiMediaType { Schema = schema },
                },
            };
        }
    }
}
