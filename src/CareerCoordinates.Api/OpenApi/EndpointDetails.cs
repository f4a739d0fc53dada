namespace CareerCoordinates.Api.OpenApi;

/// <summary>What an endpoint adds to its document beyond its types.</summary>
public static class EndpointDetails
{
    /// <summary>A real answer, as an anonymous object or a record; serialized as the API does.</summary>
    public static RouteHandlerBuilder WithAnswerExample(this RouteHandlerBuilder endpoint, Func<object> example) =>
        endpoint.WithMetadata(new AnswerExample(example));

    /// <summary>A real request body.</summary>
    public static RouteHandlerBuilder WithBodyExample(this RouteHandlerBuilder endpoint, Func<object> example) =>
        endpoint.WithMetadata(new BodyExample(example));

    /// <summary>Takes multipart/form-data, which the handler reads itself after the request was let in.</summary>
    public static RouteHandlerBuilder TakesForm(this RouteHandlerBuilder endpoint, IReadOnlyList<FormField> fields) =>
        endpoint.WithMetadata(new TakesForm(fields));

    /// <summary>200 with an object whose members the framework file's schema describes.</summary>
    public static RouteHandlerBuilder AnswersJsonObject(this RouteHandlerBuilder endpoint) =>
        endpoint
            .WithMetadata(
                new ProducesResponseTypeMetadata(
                    200,
                    typeof(Dictionary<string, System.Text.Json.JsonElement>),
                    ["application/json"]
                )
            )
            .WithMetadata(new Answers.GivesEntityTag());
}

/// <param name="Make">Called when the document is made: a start needs none.</param>
public sealed record AnswerExample(Func<object> Make);

/// <inheritdoc cref="AnswerExample"/>
public sealed record BodyExample(Func<object> Make);

/// <summary>A field of a form.</summary>
/// <param name="Allowed">Null: any text.</param>
public sealed record FormField(
    string Name,
    string Description,
    bool IsFile = false,
    bool Required = false,
    IReadOnlyList<string>? Allowed = null
);

public sealed record TakesForm(IReadOnlyList<FormField> Fields);
