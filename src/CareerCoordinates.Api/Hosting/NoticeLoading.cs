using CareerCoordinates.Api.Json;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Hosting;

/// <summary>The notice's file, checked whole before anything else starts.</summary>
public static class NoticeLoading
{
    /// <exception cref="SettingException">There is no such file, or it is faulty.</exception>
    public static Notice Load(IConfiguration configuration)
    {
        var path = configuration["Notice:File"] is { Length: > 0 } given
            ? given
            : Path.Combine(AppContext.BaseDirectory, "seeds", "notices", "notice.json");
        if (!File.Exists(path))
        {
            throw new SettingException($"There is no notice {path}. Notice:File names the file with what workers are told.");
        }
        var read = StrictJson.Read<Notice>(File.ReadAllBytes(path));
        var faults = read.IsRefused ? read.Refusals : read.Value.Check();
        return faults.Count == 0
            ? read.Value
            : throw new SettingException(
                $"The notice {path} is faulty: {string.Join(" ", faults.Select(f => $"{f.Pointer}: {f.En}".TrimStart(':', ' ')))}"
            );
    }
}
