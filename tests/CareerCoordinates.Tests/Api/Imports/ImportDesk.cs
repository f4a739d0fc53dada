using System.Net.Http.Headers;
using System.Text;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>Sends sheets as an officer's program would, and waits for what becomes of them.</summary>
public static class ImportDesk
{
    private static readonly string[] UnderWay = ["checking", "committing", "undoing"];

    /// <summary>Sends a CSV; the answer is the import once it is checked, or the refusal.</summary>
    public static Task<AccessReply> UploadAsync(
        this AccessOffice office,
        string account,
        string csv,
        params (string Name, string Value)[] fields
    ) => office.UploadAsync(account, Encoding.UTF8.GetBytes(csv), "sheet.csv", fields);

    public static async Task<AccessReply> UploadAsync(
        this AccessOffice office,
        string account,
        byte[] file,
        string name,
        params (string Name, string Value)[] fields
    )
    {
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(content, "file", name);
        foreach (var (field, value) in fields.Any(f => f.Name == "kind") ? fields : [.. fields, ("kind", "milestones")])
        {
            form.Add(new StringContent(value), field);
        }
        var sent = await office.SendFormAsync(account, "imports", form);
        return sent.Status == 202 ? await office.SettledAsync(account, sent.Id) : sent;
    }

    /// <summary>The import when nothing is under way any more.</summary>
    public static async Task<AccessReply> SettledAsync(this AccessOffice office, string account, Guid import)
    {
        for (var i = 0; i < 3_000; i++)
        {
            var now = (await office.GetAsync(account, $"imports/{import}")).Expect(200);
            if (!UnderWay.Contains(now["state"]))
            {
                return now;
            }
            await Task.Delay(20);
        }
        throw new AssertionException("It is still under way.");
    }

    /// <summary>Commits, or undoes, and waits.</summary>
    public static async Task<AccessReply> GoOnAsync(
        this AccessOffice office,
        string account,
        Guid import,
        string verb,
        object? body = null
    )
    {
        var reply = await office.SendAsync(account, HttpMethod.Post, $"imports/{import}:{verb}", body);
        return reply.Status == 202 ? await office.SettledAsync(account, import) : reply;
    }

    public static Task<AccessReply> CommitAsync(this AccessOffice office, string account, Guid import, bool skip = false) =>
        office.GoOnAsync(account, import, "commit", skip ? new { refused = "skip" } : new { });

    /// <summary>Uploads and commits; the answer is the import when that is done, or the first refusal.</summary>
    public static async Task<AccessReply> WriteSheetAsync(
        this AccessOffice office,
        string account,
        string csv,
        params (string Name, string Value)[] fields
    )
    {
        var looked = (await office.UploadAsync(account, csv, fields)).Expect(200);
        return await office.CommitAsync(account, looked.Id);
    }

    /// <summary>A template, as the bytes of its file.</summary>
    public static async Task<byte[]> TemplateAsync(this AccessOffice office, string account, string query) =>
        (await office.GetAsync(account, $"imports/template?{query}")).Expect(200).Bytes;

    /// <summary>A worker with a staff number at an organisation.</summary>
    public static async Task<Guid> HireAsync(this AccessOffice office, Guid organization, string name, string staffNumber) => (
            await office.PostAsync(
                TestAccounts.Office,
                "workers",
                new
                {
                    name,
                    birthDate = "1990-02-14",
                    careerStart = "2012-07-01",
                    affiliation = new
                    {
                        kind = "labour-contract",
                        organizationId = organization,
                        from = "2012-07-01",
                        staffNumber,
                    },
                }
            )
        ).Expect(201).Id;

    public static string Counts(this AccessReply import) =>
        $"{import["state"]} {import["create"]} new, {import["change"]} changed, {import["same"]} same, {import["refuse"]} refused";

    /// <summary>Cell and code of each problem.</summary>
    public static string[] Problems(this AccessReply import) => Told(import, "problems");

    /// <summary>Cell and code of each warning.</summary>
    public static string[] Warnings(this AccessReply import) => Told(import, "warnings");

    private static string[] Told(AccessReply import, string list) =>
        [.. import.Body.GetProperty(list).EnumerateArray().Select(p => $"{p.GetProperty("cell")} {p.GetProperty("code")}")];
}
