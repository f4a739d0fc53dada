using CareerCoordinates.Data;
using CareerCoordinates.Data.Engines;

namespace CareerCoordinates.Api.Hosting;

/// <summary>Which database, and how it is opened.</summary>
public static class CareerData
{
    public const string DefaultSqlite = "Data Source=data/career.db";

    public static IServiceCollection AddCareerData(this IServiceCollection services) => services.AddSingleton(Open);

    /// <exception cref="SettingException">A setting names no database.</exception>
    public static Engine EngineOf(IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("Career");
        try
        {
            return configuration["Database:Engine"] switch
            {
                null or "" or "sqlite" => new SqliteEngine(string.IsNullOrEmpty(connection) ? DefaultSqlite : connection),
                "postgres" => string.IsNullOrEmpty(connection)
                    ? throw new SettingException("Database:Engine is postgres; say which server by ConnectionStrings:Career.")
                    : new PostgresEngine(connection),
                var other => throw new SettingException($"Database:Engine is sqlite or postgres, not \"{other}\"."),
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // What it holds is not told: it may hold a password.
            throw new SettingException(
                "ConnectionStrings:Career is no connection string, such as \"Data Source=data/career.db\"."
            );
        }
    }

    /// <summary>For what makes no sense on a new, empty database.</summary>
    /// <exception cref="SettingException">The file is not there.</exception>
    public static void CheckExists(IConfiguration configuration)
    {
        if (EngineOf(configuration) is SqliteEngine { Path: var path } && !File.Exists(path))
        {
            throw new SettingException($"There is no database {path}. Name it by --ConnectionStrings:Career=\"Data Source=…\".");
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
