using CareerCoordinates.Data;
using CareerCoordinates.Data.Engines;

namespace CareerCoordinates.Api.Hosting;

/// <summary>Which database, and how it is opened.</summary>
public static class CareerData
{
    public const string DefaultSqlite = "Data Source=data/career.db";

    public static IServiceCollection AddCareerData(this IServiceCollection services) => services.AddSingleton(Open);

    /// <param name="withPatience">For work on whole tables, which may take long.</param>
    /// <exception cref="SettingException">A setting names no database.</exception>
    public static Engine EngineOf(IConfiguration configuration, bool withPatience = false)
    {
        const string setting = "ConnectionStrings:Career";
        var connection = configuration.GetConnectionString("Career");
        return configuration["Database:Engine"] switch
        {
            null or "" or "sqlite" => EngineOf("sqlite", string.IsNullOrEmpty(connection) ? DefaultSqlite : connection, setting),
            "postgres" => string.IsNullOrEmpty(connection)
                ? throw new SettingException(
                    $"Database:Engine is postgres; say which server by {setting}.",
                    $"Database:Engine 为 postgres，请用 {setting} 指定服务器。"
                )
                : EngineOf("postgres", connection, setting, withPatience),
            var other => throw new SettingException(
                $"Database:Engine is sqlite or postgres, not \"{other}\".",
                $"Database:Engine 应为 sqlite 或 postgres，而不是“{other}”。"
            ),
        };
    }

    /// <param name="setting">Where the connection string was given.</param>
    /// <exception cref="SettingException">It names no database.</exception>
    public static Engine EngineOf(string engine, string connection, string setting, bool withPatience = false)
    {
        try
        {
            return engine == "sqlite" ? new SqliteEngine(connection) : new PostgresEngine(connection, withPatience);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // What it holds is not told: it may hold a password.
            var example =
                setting == "ConnectionStrings:Career" || engine == "sqlite"
                    ? DefaultSqlite
                    : "Host=127.0.0.1;Database=career;Username=career";
            throw new SettingException(
                $"{setting} is no connection string, such as \"{example}\".",
                $"{setting} 不是连接字符串，例如 \"{example}\"。"
            );
        }
    }

    /// <summary>For what makes no sense on a new, empty database.</summary>
    /// <exception cref="SettingException">The file is not there.</exception>
    public static void CheckExists(IConfiguration configuration)
    {
        if (EngineOf(configuration) is SqliteEngine { Path: var path } && !File.Exists(path))
        {
            throw new SettingException(
                $"There is no database {path}. Name it by --ConnectionStrings:Career=\"Data Source=…\".",
                $"没有数据库 {path}。请用 --ConnectionStrings:Career=\"Data Source=…\" 指定。"
            );
        }
    }

    /// <exception cref="SettingException">It is neither true nor false.</exception>
    public static bool Migrates(IConfiguration configuration) =>
        configuration["Database:Migrate"] switch
        {
            null or "" => true,
            var text => bool.TryParse(text, out var migrate)
                ? migrate
                : throw new SettingException($"Database:Migrate is true or false, not \"{text}\"."),
        };

    // Asked for once, before the server listens: there is nobody yet whom waiting could hold up.
    private static CareerStore Open(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var engine = EngineOf(configuration);
        var migrate = Migrates(configuration);
        if (!migrate && engine is SqliteEngine sqlite && !File.Exists(sqlite.Path))
        {
            throw new SettingException($"There is no database {sqlite.Path}. Start once with Database__Migrate=true to make it.");
        }
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(ProtectionKeys));
        return CareerStore
            .OpenAsync(
                engine,
                services.GetRequiredService<TimeProvider>(),
                FrameworkLoading.Load(configuration),
                migrate,
                stored => ProtectionKeys.Of(configuration, engine, stored, warning => log.LogWarning("{Warning}", warning))
            )
            .GetAwaiter()
            .GetResult();
    }
}
