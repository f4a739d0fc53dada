using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CareerCoordinates.Api.OpenApi;

/// <summary>Adds to each operation what the types cannot say: declared query parameters, headers, refusals, examples.</summary>
internal sealed class OperationDetails : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var endpoint = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        operation.Responses ??= [];
        if (endpoint.OfType<IAcceptsMetadata>().Any(accepted => accepted.RequestType == typeof(NoBody.Nothing)))
        {
            operation.RequestBody = null;
        }
        if (endpoint.OfType<TakesForm>().LastOrDefault() is { } form)
        {
            operation.RequestBody = FormOf(form);
        }
        DescribePath(operation);
        foreach (var parameter in endpoint.OfType<DeclaredQuery>().SelectMany(query => query.Parameters))
        {
            operation.Parameters.Add(InQuery(parameter));
        }
        AddHeaders(operation, endpoint, context.ApiDescription.HttpMethod);
        AddExamples(operation, endpoint);
        foreach (var response in operation.Responses!.Where(r => r.Key.StartsWith('2')).Select(r => r.Value))
        {
            response.Description = operation.Summary ?? response.Description;
        }
        AddProblems(operation, endpoint, context);
    }

    private static OpenApiRequestBody FormOf(TakesForm form) =>
        new()
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["multipart/form-data"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = form.Fields.Where(f => f.Required).Select(f => f.Name).ToHashSet(),
                        Properties = form.Fields.ToDictionary(
                            f => f.Name,
                            f =>
                                (IOpenApiSchema)
                                    new OpenApiSchema
                                    {
                                        Type = JsonSchemaType.String,
                                        Format = f.IsFile ? "binary" : null,
                                        Description = f.Description,
                                        Enum = f.Allowed is null
                                            ? null
                                            : [.. f.Allowed.Select(a => (JsonNode)JsonValue.Create(a))],
                                    }
                        ),
                    },
                },
            },
        };

    private static void DescribePath(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters!.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path))
        {
            parameter.Description ??= parameter.Name switch
            {
                "code" => "The framework's code.",
                "version" => "The number of the version.",
                "id" => "The id, a UUID.",
                _ => $"The {parameter.Name}.",
            };
        }
    }

    private static OpenApiParameter InQuery(QueryParameter parameter) =>
        new()
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description,
            Required = parameter.Required,
            Example =
                parameter.Example is not { } example ? null
                : parameter.Type == "integer" ? JsonNode.Parse(example)
                : JsonValue.Create(example),
            Schema = new OpenApiSchema
            {
                Type = parameter.Type switch
                {
                    "integer" => JsonSchemaType.Integer,
                    "boolean" => JsonSchemaType.Boolean,
                    _ => JsonSchemaType.String,
                },
                Format = parameter.Type == "integer" ? "int32" : parameter.Format,
                Minimum = parameter.Minimum?.ToString(CultureInfo.InvariantCulture),
                Maximum = parameter.Maximum?.ToString(CultureInfo.InvariantCulture),
                MaxLength = parameter is { Type: "string", Format: null, Allowed.Count: 0 } ? parameter.MaxLength : null,
                Default = Json(parameter.Default),
                Enum =
                    parameter.Allowed.Count == 0 ? null : [.. parameter.Allowed.Select(code => (JsonNode)JsonValue.Create(code))],
            },
        };

    private static void AddHeaders(OpenApiOperation operation, IList<object> endpoint, string? method)
    {
        if (endpoint.OfType<NeedsIfMatch>().Any())
        {
            operation.Parameters!.Add(
                InHeader(
                    "If-Match",
                    "The ETag that was read. Its revision decides, the number before the hyphen: what stands after it is not compared.",
                    required: true,
                    "\"2-1f0c3a5e9b7d2468\""
                )
            );
        }
        if (endpoint.OfType<TakesIdempotencyKey>().Any())
        {
            var key = InHeader(
                IdempotencyHeader.Name,
                "1 to 200 visible ASCII characters. The same request again within 24 hours gets the same record.",
                required: false,
                "4f7c2b1e-import-17"
            );
            operation.Parameters!.Add(key);
        }
        if (!endpoint.OfType<GivesEntityTag>().Any())
        {
            return;
        }
        foreach (
            var response in operation
                .Responses!.Where(r => r.Key is "200" or "201")
                .Select(r => r.Value)
                .OfType<OpenApiResponse>()
        )
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers["ETag"] = ResponseHeader("The revision and a hash of the body without `knownAt`.");
        }
        if (operation.Responses!.TryGetValue("201", out var created) && created is OpenApiResponse { Headers: { } headers })
        {
            headers["Location"] = ResponseHeader("The path of what was recorded.");
        }
        if (method == "GET")
        {
            operation.Parameters!.Add(
                InHeader("If-None-Match", "The ETag that the caller has.", required: false, "W/\"2-1f0c3a5e9b7d2468\"")
            );
            operation.Responses!["304"] = new OpenApiResponse { Description = "The caller has the newest already." };
        }
    }

    private static void AddExamples(OpenApiOperation operation, IList<object> endpoint)
    {
        if (endpoint.OfType<BodyExample>().LastOrDefault() is { } body)
        {
            foreach (var media in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
            {
                media.Example = Json(body.Make());
            }
        }
        if (endpoint.OfType<AnswerExample>().LastOrDefault() is { } answer)
        {
            var answers = operation.Responses!.Where(r => r.Key is "200" or "201").SelectMany(r => r.Value.Content?.Values ?? []);
            foreach (var media in answers.OfType<OpenApiMediaType>())
            {
                media.Example = Json(answer.Make());
            }
        }
        // The same for people: as a page to read or print, or as a table.
        foreach (
            var content in operation.Responses!.Values.Select(r => r.Content).OfType<IDictionary<string, IOpenApiMediaType>>()
        )
        {
            foreach (var (type, media) in content)
            {
                if (type is "text/html" or SheetForms.Csv or SheetForms.Xlsx && media is OpenApiMediaType text)
                {
                    var format = type == SheetForms.Xlsx ? "binary" : null;
                    (text.Schema, text.Example) = (new OpenApiSchema { Type = JsonSchemaType.String, Format = format }, null);
                }
            }
        }
    }

    private static void AddProblems(OpenApiOperation operation, IList<object> endpoint, OperationFilterContext context)
    {
        var writes = context.ApiDescription.HttpMethod != "GET";
        var statuses = new List<string> { "400", "429" };
        if (endpoint.OfType<Needs>().Any())
        {
            operation.Security = DocumentDetails.SignedIn(context.Document);
            statuses.AddRange(["401", "403"]);
        }
        else
        {
            // Said, not left out.
            operation.Security = [new OpenApiSecurityRequirement()];
        }
        if (operation.Parameters!.Any(p => p.In == ParameterLocation.Path))
        {
            statuses.Add("404");
        }
        if (endpoint.OfType<ComesInForms>().Any())
        {
            statuses.Add("406");
        }
        if (writes)
        {
            statuses.AddRange(["409", "413", "415", "422"]);
        }
        if (endpoint.OfType<NeedsIfMatch>().Any())
        {
            statuses.AddRange(["412", "428"]);
        }
        statuses.Add("default");
        foreach (var status in statuses.Order(StringComparer.Ordinal))
        {
            operation.Responses![status] = new OpenApiResponseReference(DocumentDetails.Problems[status].Name, context.Document);
        }
    }

    private static OpenApiParameter InHeader(string name, string description, bool required, string example) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Required = required,
            Example = JsonValue.Create(example),
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static OpenApiHeader ResponseHeader(string description) =>
        new()
        {
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static JsonNode? Json(object? value) =>
        value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), ApiJson.Options);
}
