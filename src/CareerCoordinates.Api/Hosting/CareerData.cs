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
        return configuration["Database:Engine"] switch
        {
            null or "" or "sqlite" => new SqliteEngine(string.IsNullOrEmpty(connection) ? DefaultSqlite : connection),
            "postgres" => string.IsNullOrEmpty(connection)
                ? throw new SettingException("Database:Engine is postgres; say which server by ConnectionStrings:Career.")
                : new PostgresEngine(connection),
            var other => throw new SettingException($"Database:Engine is sqlite or postgres, not \"{other}\"."),
        };
    }

    // Asked for once, before the server listens: there is nobody yet whom waiting could hold up.
    private static CareerStore Open(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        return CareerStore
            .OpenAsync(
                EngineOf(configuration),
                services.GetRequiredService<TimeProvider>(),
                FrameworkLoading.Load(configuration),
                configuration.GetValue("Database:Migrate", true)
            )
            .GetAwaiter()
            .GetResult();
    }
}

/// <summary>A setting that makes no sense, in words for who set it.</summary>
public sealed class SettingException(string message) : Exception(message);
