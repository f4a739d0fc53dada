using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace CareerCoordinates.Api.Problems;

/// <summary>
/// The methods of exactly one address. Routing's own list is that of its search tree, which looks at <c>{id}</c> and
/// <c>{id}:verb</c> as one place; so it would offer POST where only GET is, and know nothing of an action asked by GET.
/// </summary>
internal static class AllowedMethods
{
    public static IReadOnlyList<string> Of(HttpContext context)
    {
        var policies = context.RequestServices.GetRequiredService<ParameterPolicyFactory>();
        return
        [
            .. context
                .RequestServices.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => IsAt(endpoint.RoutePattern, context, policies))
                .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsAt(RoutePattern pattern, HttpContext context, ParameterPolicyFactory policies)
    {
        var values = new RouteValueDictionary();
        return new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(context.Request.Path, values)
            && pattern.Parameters.All(parameter =>
                parameter
                    .ParameterPolicies.Select(policy => policies.Create(parameter, policy))
                    .OfType<IRouteConstraint>()
                    .All(constraint => constraint.Match(context, null, parameter.Name, values, RouteDirection.IncomingRequest))
            );
    }
}
