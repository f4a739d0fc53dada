using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Protection;

namespace CareerCoordinates.Api.Hosting;

/// <summary>Which protection key the program starts with: a setting, a file, or with SQLite a file of its own beside the database.</summary>
public static class ProtectionKeys
{
    /// <summary>Holds the key itself: only for the environment, since a command line can be read by others.</summary>
    public const string Setting = "Protection:Key";
    public const string FileSetting = "Protection:KeyFile";

    private const string NoKey =
        "No protection key is set, so ID numbers are refused. To keep them, name a file with a key by Protection:KeyFile.";

    /// <param name="warn">Told what the operator has to see to.</param>
    /// <exception cref="ProtectionKeyException">It is no key, or not the one with which the database is protected.</exception>
    /// <exception cref="SettingException">Both settings are given.</exception>
    public static KeyEncryptionKey? Of(IConfiguration configuration, Engine engine, KeyCheck? stored, Action<string> warn)
    {
        var (text, file) = (configuration[Setting] ?? "", configuration[FileSetting] ?? "");
        if (text.Length > 0 && file.Length > 0)
        {
            throw new SettingException($"{Setting} and {FileSetting} are both set. Keep one of them.");
        }
        if (text.Length > 0)
        {
            return ProtectionKey.FromText(text, stored);
        }
        if (file.Length > 0)
        {
            return ProtectionKey.FromFile(file, stored);
        }
        if (engine is SqliteEngine { Path: var database })
        {
            return ProtectionKey.FromOwnFile(database + ".key", stored, warn);
        }
        if (stored is null)
        {
            warn(NoKey);
        }
        return null;
    }
}
