using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CareerCoordinates.Api.Requests;

namespace CareerCoordinates.Api.Json;

/// <summary>How the API writes and reads JSON: strictly, in camelCase, with days, instants and codes in one form each.</summary>
public static class ApiJson
{
    public static readonly JsonSerializerOptions Options = Frozen();

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.ReadCommentHandling = JsonCommentHandling.Disallow;
        options.AllowTrailingCommas = false;
        options.MaxDepth = RequestLimits.JsonDepth;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        // Answers are application/json with nosniff, never inside a page: Chinese stays readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new DayConverter());
        options.Converters.Add(new PartialDateConverter());
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new KebabEnumConverterFactory());
        options.Converters.Add(new OptionalConverterFactory());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(OptionalConverterFactory.Modify);
    }

    private static JsonSerializerOptions Frozen()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}
