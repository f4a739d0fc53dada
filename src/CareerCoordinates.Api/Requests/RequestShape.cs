using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using FluentValidation;
using FluentValidation.Results;

namespace CareerCoordinates.Api.Requests;

/// <summary>A part of a request (body, query, header) that was read on arrival and knows what is wrong with it.</summary>
public interface IRequestPart
{
    IReadOnlyList<Refusal> Refusals { get; }

    /// <summary>What a validator may look at, or null.</summary>
    object? Content { get; }
}

/// <summary>
/// The first hop of every request, attached once to the group: each part must have been readable, the query must hold only
/// declared parameters, the validators must agree, and what is accepted must be what the endpoint can give. So a handler never sees a part whose <c>Value</c> is not there.
/// </summary>
public sealed class RequestShape : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var refusals = new List<Refusal>();
        var declared = http.GetEndpoint()?.Metadata.GetMetadata<DeclaredQuery>() ?? DeclaredQuery.None;
        declared.CheckNames(http.Request.Query, refusals);
        foreach (var part in context.Arguments.OfType<IRequestPart>())
        {
            if (part.Refusals.Count > 0)
            {
                refusals.AddRange(part.Refusals);
            }
            else if (part.Content is { } content)
            {
                await Validate(http, content, refusals);
            }
        }
        // Where there is one form only it is given whatever is accepted, as HTTP allows.
        if (
            refusals.Count == 0
            && http.GetEndpoint()?.Metadata.GetMetadata<ComesInForms>() is { Forms: var forms }
            && SheetForms.Of(http.Request, forms) is null
        )
        {
            refusals.Add(SheetForms.NotAcceptable(forms));
        }
        return refusals.Count > 0 ? Problem.Of(refusals) : await next(context);
    }

    private static async ValueTask Validate(HttpContext http, object content, List<Refusal> refusals)
    {
        if (http.RequestServices.GetService(typeof(IValidator<>).MakeGenericType(content.GetType())) is not IValidator validator)
        {
            return;
        }
        var result = await validator.ValidateAsync(new ValidationContext<object>(content), http.RequestAborted);
        refusals.AddRange(result.Errors.Select(ToRefusal));
    }

    private static Refusal ToRefusal(ValidationFailure failure)
    {
        var pointer = Pointers.OfPropertyPath(failure.PropertyName);
        object? Placeholder(string name) => failure.FormattedMessagePlaceholderValues?.GetValueOrDefault(name);
        return failure.CustomState is RefusalCode code
            ? new Refusal(code, pointer, failure.AttemptedValue)
            : failure.ErrorCode switch
            {
                "NotNullValidator" or "NotEmptyValidator" => new Refusal(RequestRefusals.Empty, pointer),
                "MaximumLengthValidator" => new Refusal(RequestRefusals.TooLong, pointer, Placeholder("MaxLength")),
                "MinimumLengthValidator" => new Refusal(RequestRefusals.TooShort, pointer, Placeholder("MinLength")),
                "LengthValidator" => (int)(Placeholder("TotalLength") ?? 0) > (int)(Placeholder("MaxLength") ?? 0)
                    ? new Refusal(RequestRefusals.TooLong, pointer, Placeholder("MaxLength"))
                    : new Refusal(RequestRefusals.TooShort, pointer, Placeholder("MinLength")),
                "InclusiveBetweenValidator" => new Refusal(
                    RequestRefusals.OutOfRange,
                    pointer,
                    Placeholder("From"),
                    Placeholder("To")
                ),
                _ => new Refusal(RequestRefusals.NotWellFormed, pointer),
            };
    }
}

public static class RequestShapeRegistration
{
    /// <summary>Every validator of this assembly: a feature's validator stands in the file of its request.</summary>
    public static IServiceCollection AddRequestValidators(this IServiceCollection services, System.Reflection.Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (
                var validator in type.GetInterfaces()
                    .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IValidator<>))
            )
            {
                services.AddSingleton(validator, type);
            }
        }
        return services;
    }

    /// <summary>Refuse with this code (arguments: the value) instead of the general <c>not-well-formed</c>.</summary>
    public static IRuleBuilderOptions<T, TProperty> WithRefusal<T, TProperty>(
        this IRuleBuilderOptions<T, TProperty> rule,
        RefusalCode code
    ) => rule.WithState(_ => code);

    /// <summary>For a text that no rule of the domain looks at.</summary>
    public static IRuleBuilderOptions<T, string?> WithoutIdNumber<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => !IdNumber.StandsIn(text)).WithRefusal(PlainText.IdNumberElsewhere);

    /// <summary>At most so many items.</summary>
    public static IRuleBuilderOptions<T, TList> AtMost<T, TList>(this IRuleBuilder<T, TList> rule, int most)
        where TList : System.Collections.IEnumerable? =>
        rule.Must(list => list is null || list.Cast<object?>().Take(most + 1).Count() <= most)
            .WithState(_ =>
                RequestRefusals.TooMany with
                {
                    En = RequestRefusals.TooMany.En.Replace("{0}", $"{most}", StringComparison.Ordinal),
                    Zh = RequestRefusals.TooMany.Zh.Replace("{0}", $"{most}", StringComparison.Ordinal),
                }
            );
}
