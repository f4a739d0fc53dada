namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>What a workbook says of itself: its sheets and where their parts are.</summary>
/// <param name="From1904">Days are counted from 1904, as workbooks from old Macintoshes do.</param>
internal sealed record XlsxContents(IReadOnlyList<XlsxTab> Tabs, bool From1904, string? SharedTexts, string? Styles)
{
    public static XlsxContents Read(XlsxParts parts)
    {
        var workbook =
            Relations(parts, "")
                .Values.Where(one => one.Type == "officeDocument")
                .Select(one => one.Target)
                .FirstOrDefault(parts.Has)
            ?? "xl/workbook.xml";
        var relations = Relations(parts, workbook);
        var (tabs, from1904) = (new List<XlsxTab>(), false);
        using var part = new PartReader(parts.Content(workbook));
        while (part.Read())
        {
            if (!part.IsElement)
            {
                continue;
            }
            switch (part.Name)
            {
                case "workbookPr":
                    from1904 = part.Flag("date1904");
                    break;
                // Sheets of charts and dialogues have no cells.
                case "sheet"
                    when relations.GetValueOrDefault(part.AttributeOfAnyNamespace("id") ?? "") is { Type: "worksheet" } sheet:
                    tabs.Add(
                        new(part.Attribute("name") ?? "", part.Attribute("state") is "hidden" or "veryHidden", sheet.Target)
                    );
                    break;
            }
            if (tabs.Count > SheetLimits.Sheets)
            {
                throw XlsxParts.Suspicious(
                    $"工作表超过 {SheetLimits.Sheets} 个",
                    $"it has more than {SheetLimits.Sheets} sheets"
                );
            }
        }
        if (tabs.DistinctBy(tab => tab.Part, StringComparer.OrdinalIgnoreCase).Count() < tabs.Count)
        {
            throw XlsxParts.Suspicious("两个工作表共用同一部件", "two sheets have the same cells");
        }
        return new(tabs, from1904, Of("sharedStrings"), Of("styles"));

        string? Of(string type) =>
            relations.Values.Where(one => one.Type == type).Select(one => one.Target).FirstOrDefault(parts.Has);
    }

    /// <summary>The relations of a part by their ids: the kind, which is the last word of its address in both forms of the standard, and the part they lead to.</summary>
    private static Dictionary<string, (string Type, string Target)> Relations(XlsxParts parts, string of)
    {
        var slash = of.LastIndexOf('/') + 1;
        var folder = of[..slash];
        var name = $"{folder}_rels/{of[slash..]}.rels";
        var relations = new Dictionary<string, (string, string)>();
        if (!parts.Has(name))
        {
            return relations;
        }
        using var part = new PartReader(parts.Content(name));
        while (part.Read())
        {
            if (part.IsElement && part.Name == "Relationship" && part.Attribute("TargetMode") != "External")
            {
                var type = part.Attribute("Type") ?? "";
                relations[part.Attribute("Id") ?? ""] = (
                    type[(type.LastIndexOf('/') + 1)..],
                    Resolved(folder, (part.Attribute("Target") ?? "").Replace('\\', '/'))
                );
            }
        }
        return relations;
    }

    private static string Resolved(string folder, string target)
    {
        var path = new List<string>();
        foreach (var step in (target.StartsWith('/') ? target : folder + target).Split('/'))
        {
            if (step == ".." && path.Count > 0)
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (step is not ("" or "." or ".."))
            {
                path.Add(step);
            }
        }
        return string.Join('/', path);
    }
}

/// <summary>A sheet as the workbook lists it.</summary>
internal sealed record XlsxTab(string Name, bool Hidden, string Part);
