using System.Text.Json;
using CareerCoordinates.Tests.Api.Access;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>What the record says of people and organisations, as the API answers, to be compared before and after.</summary>
public static class RosterDesk
{
    /// <summary>Uploads and commits.</summary>
    public static async Task<AccessReply> TakeInAsync(
        this AccessOffice office,
        string csv,
        (string, string)[] fields,
        bool skip = false,
        string account = "officer"
    )
    {
        var looked = (await office.UploadAsync(account, csv, fields)).Expect(200);
        var written = await office.CommitAsync(account, looked.Id, skip);
        Assert.That(written.Text, Does.Contain("\"committed\""), looked.Text);
        return written;
    }

    public static async Task<Guid[]> FindAsync(this AccessOffice office, string name) =>
        [
            .. (await office.PostAsync("officer", "workers:search", new { text = name }))
                .Expect(200)
                .Items.Where(item => $"{item.GetProperty("name")}" == name)
                .Select(item => item.GetProperty("id").GetGuid()),
        ];

    public static async Task<Guid> OnlyAsync(this AccessOffice office, string name) => (await office.FindAsync(name)).Single();

    public static async Task<string> SaidAsync(this AccessOffice office, Guid worker)
    {
        var body = (await office.GetAsync("officer", $"workers/{worker}")).Expect(200).Body;
        string[] members = ["number", "careerStart", "birthDate", "gender", "migrantWorker", "idNumber"];
        return string.Join(
            ' ',
            members
                .Where(m => body.GetProperty(m).ValueKind != JsonValueKind.Null)
                .Select(m => $"{m}={body.GetProperty(m)}")
                .Prepend($"{body.GetProperty("name")}")
        );
    }

    public static async Task<string[]> PlacesAsync(this AccessOffice office, Guid worker) =>
        [
            .. (await office.GetAsync("officer", $"workers/{worker}/affiliations"))
                .Expect(200)
                .Items.Select(a =>
                    $"{a.GetProperty("kind")} {a.GetProperty("organizationId")} {a.GetProperty("from")}..{a.GetProperty("until")}  "
                    + $"primary={a.GetProperty("primary")} staffNumber={a.GetProperty("staffNumber")} "
                    + $"employmentForm={a.GetProperty("employmentForm")} occupationCode={a.GetProperty("occupationCode")}"
                ),
        ];

    public static async Task<string> StateAsync(this AccessOffice office, Guid worker) =>
        string.Join('\n', (await office.PlacesAsync(worker)).Prepend(await office.SaidAsync(worker)));

    public static async Task<string> CoordinateAsync(this AccessOffice office, Guid worker)
    {
        var body = (await office.GetAsync("officer", $"workers/{worker}/coordinate?asOf=1940-01-01")).Expect(200).Body;
        return $"{body.GetProperty("stage")} {body.GetProperty("level")} {body.GetProperty("channels")}";
    }

    /// <summary>An organisation on a day, without what tells one revision from another.</summary>
    public static async Task<string> OrganizationAsync(this AccessOffice office, Guid id, string? asOf = null)
    {
        var body = (await office.GetAsync("officer", $"organizations/{id}{(asOf is null ? "" : $"?asOf={asOf}")}"))
            .Expect(200)
            .Body;
        string[] members = ["name", "kind", "parentId", "creditCode", "industryCode", "from", "unionFoundedOn", "tags"];
        return string.Join(' ', members.Select(m => $"{body.GetProperty(m)}"));
    }
}
