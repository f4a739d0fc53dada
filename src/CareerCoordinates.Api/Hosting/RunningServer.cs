using System.Net.Http.Headers;
using System.Text.Json;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using Microsoft.AspNetCore.Http.Extensions;

namespace CareerCoordinates.Api.Hosting;

/// <summary>A server that a command asks in the place of the database: by its API, with a token.</summary>
internal static class RunningServer
{
    /// <summary>In the environment, and no option: the command line of a process can be read by others.</summary>
    public const string TokenVariable = "CAREER_TOKEN";

    /// <summary>Whether a token may be sent there.</summary>
    public static bool TryParse(string address, out Uri? url) =>
        Uri.TryCreate(address, UriKind.Absolute, out url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" };

    public static string NoAddress(string given) =>
        $"--url takes a server's address, such as {WebServer.DefaultUrl}, not '{given}'; of another machine only https, so that nobody reads the token.";

    /// <param name="path">Such as <c>reports/grid</c>.</param>
    public static HttpRequestMessage Request(string path, AskedQuestion asked)
    {
        var request = Request(HttpMethod.Get, path + new QueryBuilder(asked.Parameters), asked.Language);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(asked.Form.MediaType()));
        return request;
    }

    /// <param name="path">Such as <c>imports</c>.</param>
    public static HttpRequestMessage Request(HttpMethod method, string path, Language language)
    {
        var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language.Tag()));
        if (Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token.Trim());
        }
        return request;
    }

    /// <summary>Why the server refuses.</summary>
    public static IReadOnlyList<string> Refusals(HttpResponseMessage response, byte[] bytes)
    {
        var advice =
            response.StatusCode == System.Net.HttpStatusCode.Unauthorized
                ? $" An API token is taken from {TokenVariable}; POST /api/v1/me/tokens makes one."
                : "";
        try
        {
            if (JsonSerializer.Deserialize<ProblemBody>(bytes, ApiJson.Options) is { } problem)
            {
                return problem.Errors is { Count: > 0 } errors
                    ? [.. errors.Select(e => Line(e.Pointer, e.Detail))]
                    : [problem.Detail + advice];
            }
        }
        catch (JsonException)
        {
            // Another server answers there.
        }
        return [$"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.{advice}"];
    }

    /// <summary>What is wrong, with the option in which it stands.</summary>
    public static string Line(string pointer, string why) =>
        pointer.StartsWith('?') ? $"--{QuestionLine.Option(pointer[1..])}: {why}" : why;

    public static SettingException Silent(Uri url, Exception why) => new($"The server at {url} does not answer: {why.Message}");
}
