using System.Text.RegularExpressions;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Tests.Api;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.RepresentationModel;

namespace CareerCoordinates.Tests.Contract;

/// <summary>The endpoints themselves against the committed document.</summary>
public partial class EndpointTests
{
    [Test]
    public async Task EveryEndpoint_IsAnOperationOfTheDocument_AndEveryOperationAnEndpoint()
    {
        await using var host = await ApiHost.StartAsync(TestEngine.Sqlite);

        var mapped =
            from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any method"]
            // Wherever GET is.
            where method != "HEAD"
            select $"{method} /{Constraint().Replace(endpoint.RoutePattern.RawText!, "}").Trim('/')}";

        // The document itself and the page that shows it are no operations.
        Assert.That(
            mapped.Where(m =>
                !m.Contains("/openapi", StringComparison.Ordinal) && !m.Contains("/swagger", StringComparison.Ordinal)
            ),
            Is.EquivalentTo(DocumentedOperations())
        );
    }

    /// <summary>A member that is documented and taken, but read by nobody, would be a wrong answer.</summary>
    [Test]
    public void EveryMemberOfARequest_IsRead()
    {
        var bodies = typeof(Program)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Body<>))
            .Select(type => type.GetGenericArguments()[0])
            .Where(type => !type.IsGenericParameter)
            .Distinct()
            .ToList();

        var unread =
            from body in bodies
            from member in ApiJson.Options.GetTypeInfo(body).Properties
            where member.AssociatedParameter is null && member.Set is null
            select $"{body.Name}.{member.Name}";

        Assert.That(bodies, Is.Not.Empty);
        Assert.That(unread, Is.Empty);
    }

    private static IEnumerable<string> DocumentedOperations()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read("openapi.yaml")));
        var paths = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children["paths"];
        return from path in paths.Children
            from operation in ((YamlMappingNode)path.Value).Children
            select $"{operation.Key.ToString().ToUpperInvariant()} {path.Key}";
    }

    [GeneratedRegex(@":[^}]*\}")]
    private static partial Regex Constraint();
}
