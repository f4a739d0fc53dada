using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Exports;

/// <summary>How many files are made at once: each may be of everybody, and others want to be answered, too.</summary>
public sealed class RunningExports
{
    public const int MostOfAccount = 2;
    public const int Most = 8;
    internal const string RetryAfterSeconds = "10";

    public static readonly RefusalCode TooMany = new(
        "too-many-exports",
        RefusalKind.Shape,
        "{0} exports of your account are under way. Wait until one has ended, or close it.",
        "您的账号已有 {0} 个导出正在进行，请等待其完成或将其取消。"
    );
    public static readonly RefusalCode AllBusy = new(
        "exports-busy",
        RefusalKind.Shape,
        "{0} exports are under way, and no more are made at once. Try again shortly.",
        "已有 {0} 个导出正在进行，暂不能开始新的导出，请稍后重试。"
    );

    private readonly Lock counting = new();
    private readonly Dictionary<string, int> running = [];

    /// <summary>Takes a place; give it back when the file is made. Null where there is none.</summary>
    public IDisposable? TryBegin(string account, out Refusal? refusal)
    {
        lock (counting)
        {
            var own = running.GetValueOrDefault(account);
            refusal =
                own >= MostOfAccount ? new(TooMany, "", own)
                : running.Values.Sum() >= Most ? new(AllBusy, "", Most)
                : null;
            if (refusal is not null)
            {
                return null;
            }
            running[account] = own + 1;
            return new Place(this, account);
        }
    }

    private void End(string account)
    {
        lock (counting)
        {
            if (--running[account] == 0)
            {
                running.Remove(account);
            }
        }
    }

    private sealed class Place(RunningExports exports, string account) : IDisposable
    {
        public void Dispose() => exports.End(account);
    }
}
