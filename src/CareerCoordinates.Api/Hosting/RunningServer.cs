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

    public static Command.Mistaken NoAddress(string given) =>
        new(
            $"--url takes a server's address, such as {WebServer.DefaultUrl}, not '{given}'; of another machine only https, so that nobody reads the token.",
            $"--url 应为服务器地址，例如 {WebServer.DefaultUrl}，而不是“{given}”；其他机器只能用 https，以免令牌被他人看到。"
        );

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
    public static CommandRefusal Refusal(HttpResponseMessage response, byte[] bytes, Language language)
    {
        var advice =
            response.StatusCode != System.Net.HttpStatusCode.Unauthorized
                ? ""
                : language.Say(
                    $" An API token is taken from {TokenVariable}; POST /api/v1/me/tokens makes one.",
                    $"API 令牌取自环境变量 {TokenVariable}，可用 POST /api/v1/me/tokens 生成。"
                );
        try
        {
            if (JsonSerializer.Deserialize<ProblemBody>(bytes, ApiJson.Options) is { } problem)
            {
                return problem.Errors is { Count: > 0 } errors
                    ? CommandRefusal.Of((int)response.StatusCode, [.. errors.Select(e => (e.Pointer, e.Detail))])
                    : new([problem.Detail + advice], IsOfLine: false);
            }
        }
        catch (JsonException)
        {
            // Another server answers there.
        }
        var answered = $"{(int)response.StatusCode} {response.ReasonPhrase}";
        return new(
            [language.Say($"The server answered {answered}.{advice}", $"服务器回答 {answered}。{advice}")],
            IsOfLine: false
        );
    }

    public static SettingException Silent(Uri url, Exception why) =>
        new($"The server at {url} does not answer: {why.Message}", $"服务器 {url} 没有回应：{why.Message}");
}
