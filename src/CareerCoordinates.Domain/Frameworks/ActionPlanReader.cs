namespace CareerCoordinates.Domain.Frameworks;

/// <summary>
/// Reads <c>programme</c>: its plans and their tasks. It is read after the indicators, since a task may name the one that shows it.
/// </summary>
internal static class ActionPlanReader
{
    public static IReadOnlyList<ActionPlan> ReadAll(FileObject root, IReadOnlyList<Indicator> indicators)
    {
        if (root.Object("programme", required: false) is not { } programme)
        {
            return [];
        }
        programme.Name();
        var known = indicators.DistinctBy(i => i.Code).ToDictionary(i => i.Code);
        var plans = ReadList(
            programme,
            "plans",
            (plan, code, name) =>
            {
                var tasks = ReadList(plan, "tasks", (task, its, called) => ReadTask(task, its, called, known));
                return new ActionPlan(code, name, tasks);
            }
        );
        programme.Close();
        return plans;
    }

    private static ProgrammeTask ReadTask(FileObject task, string code, Name name, Dictionary<string, Indicator> known) =>
        new(code, name, task.Reference("indicator", known, "indicator", required: false));

    /// <summary>A list whose codes differ; an entry without a code or a name is a fault and reads as nameless, so that its own faults are found.</summary>
    private static List<T> ReadList<T>(FileObject holder, string member, Func<FileObject, string, Name, T> read)
    {
        var found = new List<T>();
        var codes = new HashSet<string>();
        foreach (var item in holder.Objects(member, required: false, min: 0))
        {
            var code = item.Code();
            var name = item.Name();
            item.NameAt("meaning", required: false);
            found.Add(read(item, code ?? "", name ?? FrameworkReader.Nameless));
            item.Close();
            if (code is not null && !codes.Add(code))
            {
                item.Fault("code", "declared twice: " + code);
            }
        }
        return found;
    }
}
