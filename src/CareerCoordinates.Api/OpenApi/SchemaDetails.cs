using System.Text.Json.Serialization.Metadata;
using CareerCoordinates.Api.Json;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CareerCoordinates.Api.OpenApi;

/// <summary>
/// What is required and what may be null, exactly as the serializer has it: a constructor parameter without a default is
/// required, an annotation <c>?</c> takes null.
/// </summary>
internal sealed class SchemaDetails : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { Count: > 0 } properties } known)
        {
            return;
        }
        var contract = ApiJson.Options.GetTypeInfo(context.Type);
        known.Required = contract
            .Properties.Where(p => IsRequired(p) && properties.ContainsKey(p.Name))
            .Select(p => p.Name)
            .ToHashSet();
        foreach (var property in contract.Properties.Where(p => properties.ContainsKey(p.Name)))
        {
            properties[property.Name] = WithNullability(properties[property.Name], TakesNull(property));
        }
    }

    private static bool IsRequired(JsonPropertyInfo property) =>
        !OptionalConverterFactory.IsOptional(property.PropertyType)
        && (property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false });

    private static bool TakesNull(JsonPropertyInfo property) =>
        OptionalConverterFactory.IsOptional(property.PropertyType) ? OptionalConverterFactory.TakesNull(property)
        : property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : property.IsGetNullable;

    private static IOpenApiSchema WithNullability(IOpenApiSchema schema, bool takesNull)
    {
        switch (schema)
        {
            case OpenApiSchema { Type: { } type } own:
                own.Type = takesNull ? type | JsonSchemaType.Null : type & ~JsonSchemaType.Null;
                return own;
            case OpenApiSchemaReference reference when takesNull:
                return new OpenApiSchema { OneOf = [reference, new OpenApiSchema { Type = JsonSchemaType.Null }] };
            default:
                return schema;
        }
    }
}
