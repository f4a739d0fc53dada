using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Web;

/// <param name="Gzip">The same, compressed when the app was built; null where that saves nothing. So is <paramref name="Brotli"/>.</param>
/// <param name="Tag">Of the content, without quotes: each encoding adds its name.</param>
/// <param name="IsHashed">Its name changes with its content, so a browser may keep it.</param>
public sealed record WebFile(string Type, byte[] Plain, byte[]? Gzip, byte[]? Brotli, string Tag, bool IsHashed);

/// <summary>
/// What the build of the web app made, all of it in memory: it is less than two megabytes, and what is not in this table cannot be asked for.
/// </summary>
public sealed class WebFiles
{
    /// <summary>What vite names after its content.</summary>
    private const string Hashed = "/assets/";

    /// <summary>In the page, told apart at the start: what a demo shows is marked as invented.</summary>
    private const string NoDemo = "<meta name=\"career-demo\" content=\"no\"";
    private const string Demo = "<meta name=\"career-demo\" content=\"yes\"";

    /// <summary>In the page that asks for the framework before the app does.</summary>
    private const string ServedFramework = "{framework}";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".json"] = "application/json",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, WebFile> files;

    private WebFiles(FrozenDictionary<string, WebFile> files, WebFile page) => (this.files, Page) = (files, page);

    /// <summary>The one page; which part of the app it shows, its address says.</summary>
    public WebFile Page { get; }

    /// <summary>The page for an address: where a part of the app has HTML of its own, that asks at once for what the part needs.</summary>
    /// <param name="isPlain">Whether the address asks nothing: then its own HTML may ask for what is shown at first.</param>
    public WebFile PageAt(string path, bool isPlain) =>
        (isPlain ? Find(path + ".plain.html") : null) ?? Find(path + ".html") ?? Page;

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>The file at an address, such as <c>/assets/index-Bq3.js</c>; null where there is none.</summary>
    public WebFile? Find(string path) => files.GetValueOrDefault(path);

    /// <summary>Null where the program was built without the app.</summary>
    public static WebFiles? Read(string folder, bool isDemo, Framework served)
    {
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            return null;
        }
        var files = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Types.ContainsKey(Path.GetExtension(file)))
            .ToDictionary(
                file => "/" + Path.GetRelativePath(folder, file).Replace('\\', '/'),
                file => ReadFile(folder, file, isDemo, served)
            );
        return new(files.ToFrozenDictionary(), files["/index.html"]);
    }

    private static WebFile ReadFile(string folder, string file, bool isDemo, Framework served)
    {
        var plain = File.ReadAllBytes(file);
        if (Path.GetExtension(file) == ".html")
        {
            var page = Encoding
                .UTF8.GetString(plain)
                .Replace(ServedFramework, $"{served.Code}/versions/{served.Version}", StringComparison.Ordinal);
            plain = Encoding.UTF8.GetBytes(isDemo ? page.Replace(NoDemo, Demo, StringComparison.Ordinal) : page);
        }
        return new(
            Types[Path.GetExtension(file)],
            plain,
            Compressed(file + ".gz"),
            Compressed(file + ".br"),
            Convert.ToHexStringLower(SHA256.HashData(plain))[..16],
            ("/" + Path.GetRelativePath(folder, file).Replace('\\', '/')).StartsWith(Hashed, StringComparison.Ordinal)
        );
    }

    private static byte[]? Compressed(string file) => File.Exists(file) ? File.ReadAllBytes(file) : null;
}
