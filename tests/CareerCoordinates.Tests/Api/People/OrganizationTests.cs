using System.Text.Json;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.People;

[BothEngines]
public class OrganizationTests(TestEngine engine) : PeopleTests(engine)
{
    [Test]
    public async Task Organization_Recorded_IsReadBackWhole()
    {
        var root = await Desk.OrganizationAsync(kind: "district-federation");
        var code = Desk.NewCreditCode("81");
        var made = await Desk.PostAsync(
            "organizations",
            $$"""
            {"kind":"enterprise-union","name":" Rope walk ","from":"2003-05-01","parentId":"{{root.Id}}","creditCode":"{{code.ToLowerInvariant()}}",
             "industryCode":"c2511","unionFoundedOn":"2004-03-08","tags":["demo","demo","rope"],"phone":"010-0000 0120"}
            """
        );
        made.Expect(201);

        Assert.That(made.Location, Is.EqualTo($"/api/v1/organizations/{made.Id}"));
        Assert.That(made["name"].GetString(), Is.EqualTo("Rope walk"));
        Assert.That(made["creditCode"].GetString(), Is.EqualTo(code));
        Assert.That(made["industryCode"].GetString(), Is.EqualTo("C2511"));
        Assert.That(made["tags"].EnumerateArray().Select(t => t.GetString()), Is.EqualTo(["demo", "rope"]));
        Assert.That(made["phone"].GetString(), Is.EqualTo("010-0000 0120"));
        Assert.That(made["revision"].GetInt32(), Is.EqualTo(1));
        var read = await Desk.GetAsync($"organizations/{made.Id}");
        Assert.That(read.Text, Does.StartWith(made.Text[..^1] + ","), "the same, and the clocks");
    }

    [Test]
    public async Task Organization_BeforeItWasRecorded_IsUnknown()
    {
        var made = await Desk.OrganizationAsync();
        Desk.Clock.Pass(TimeSpan.FromMinutes(1));

        var before = await Desk.GetAsync($"organizations/{made.Id}?knownAt=2026-11-22T05:59:59Z");
        Assert.That((before.Status, before.Code), Is.EqualTo((404, "unknown-organization")));
        (await Desk.GetAsync($"organizations/{made.Id}?knownAt={made.RecordedAt}")).Expect(200);
        (await Desk.GetAsync($"organizations/{Guid.NewGuid()}")).Expect(404);
        (await Desk.GetAsync($"organizations/{Guid.NewGuid()}/revisions")).Expect(404);
        (await Desk.PatchAsync($"organizations/{Guid.NewGuid()}", """{"name":"Ghost"}""", "\"1-x\"")).Expect(404);
        (await Desk.VoidAsync($"organizations/{Guid.NewGuid()}")).Expect(404);
    }

    [Test]
    public async Task Patch_AbsentStays_NullTakesAway_ValueSets()
    {
        var made = await Desk.OrganizationAsync(more: ""","industryCode":"G5531","unionFoundedOn":"2001-02-03","tags":["a"]""");
        var path = $"organizations/{made.Id}";

        var second = (await Desk.PatchAsync(path, """{"industryCode":null,"reason":"left the trade"}""", made.Etag)).Expect(200);
        Assert.That(second["industryCode"].ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(second["unionFoundedOn"].GetString(), Is.EqualTo("2001-02-03"));
        Assert.That(second["reason"].GetString(), Is.EqualTo("left the trade"));
        var third = (await Desk.PatchAsync(path, """{"unionFoundedOn":"2001-02-04","tags":[]}""", second.Etag)).Expect(200);
        Assert.That(third["unionFoundedOn"].GetString(), Is.EqualTo("2001-02-04"));
        Assert.That(third["tags"].GetArrayLength(), Is.Zero);
        Assert.That(third["name"].GetString(), Is.EqualTo(made["name"].GetString()));
        Assert.That(
            (await Desk.PatchAsync(path, """{"name":null}""", third.Etag)).Expect(400).Faults,
            Is.EqualTo(["/name null-not-allowed"])
        );
        var merge = await Desk.SendAsync(
            HttpMethod.Patch,
            path,
            """{"name":"Quay"}""",
            third.Etag,
            mediaType: "application/merge-patch+json"
        );
        Assert.That(merge.Expect(200)["name"].GetString(), Is.EqualTo("Quay"));

        var revisions = (await Desk.GetAsync($"{path}/revisions")).Items;
        Assert.That(revisions.Select(r => r.GetProperty("revision").GetInt32()), Is.EqualTo([1, 2, 3, 4]));
        var then = await Desk.GetAsync($"{path}?knownAt={made.RecordedAt}");
        Assert.That(then.Text, Does.StartWith(made.Text[..^1] + ","), "the same, and the clocks");
        Assert.That((await Desk.GetAsync($"{path}/revisions?knownAt={second.RecordedAt}")).Items, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Patch_WithoutIfMatch_OrStale_ChangesNothing()
    {
        var made = await Desk.OrganizationAsync();
        var path = $"organizations/{made.Id}";

        Assert.That((await Desk.PatchAsync(path, """{"name":"A"}""", null)).Expect(428).Code, Is.EqualTo("if-match-required"));
        (await Desk.PatchAsync(path, """{"name":"B"}""", made.Etag)).Expect(200);
        Assert.That((await Desk.PatchAsync(path, """{"name":"C"}""", made.Etag)).Expect(412).Code, Is.EqualTo("stale"));
        (await Desk.VoidAsync(path)).Expect(412);

        Assert.That((await Desk.GetAsync($"{path}/revisions")).Items, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task IdempotencyKey_SentAgain_RecordsOnce()
    {
        var json = $$"""{"kind":"enterprise","name":"{{Desk.NewNumber("Dock ")}}","from":"2001-01-01"}""";
        var key = Desk.NewNumber("key");
        var first = (await Desk.PostAsync("organizations", json, key: key)).Expect(201);
        var again = (await Desk.PostAsync("organizations", json, key: key)).Expect(201);

        Assert.That((again.Text, again.Etag, again.Location), Is.EqualTo((first.Text, first.Etag, first.Location)));
        var other = await Desk.PostAsync("organizations", json.Replace("2001", "2002"), key: key);
        Assert.That(other.Expect(422).Code, Is.EqualTo("idempotency-key-reused"));
    }

    [Test]
    public async Task Move_FromADay_HoldsOnLaterDaysOnly()
    {
        var root = await Desk.OrganizationAsync(kind: "district-federation");
        var east = await Desk.OrganizationAsync(root.Id, "street-union");
        var west = await Desk.OrganizationAsync(root.Id, "street-union");
        var yard = await Desk.OrganizationAsync(east.Id, from: "2005-01-01");
        var slip = await Desk.OrganizationAsync(yard.Id, from: "2010-01-01");
        var moved = await Desk.PatchAsync(
            $"organizations/{yard.Id}",
            $$"""{"parentId":"{{west.Id}}","from":"2024-01-01","reason":"redrawn streets"}""",
            yard.Etag
        );
        moved.Expect(200);

        Guid[] family = [yard.Id, slip.Id];
        Assert.That(await UnderAsync(east, "asOf=2023-12-31"), Is.EquivalentTo(family.Append(east.Id)));
        Assert.That(await UnderAsync(west, "asOf=2023-12-31"), Is.EquivalentTo([west.Id]));
        Assert.That(await UnderAsync(east, "asOf=2024-01-01"), Is.EquivalentTo([east.Id]));
        Assert.That(await UnderAsync(west, "asOf=2024-01-01"), Is.EquivalentTo(family.Append(west.Id)));
        Assert.That(
            await UnderAsync(east, "asOf=2009-12-31"),
            Is.EquivalentTo(family.Append(east.Id)),
            "the first parent holds before its day, too"
        );
        Assert.That(await UnderAsync(west, $"asOf=2024-01-01&knownAt={slip.RecordedAt}"), Is.EquivalentTo([west.Id]));
        Assert.That(
            await UnderAsync(root, "asOf=2030-01-01"),
            Is.EquivalentTo(new[] { root.Id, east.Id, west.Id }.Concat(family))
        );

        Assert.That(await ParentAsync(yard, "asOf=2023-12-31"), Is.EqualTo((east.Id, "2005-01-01")));
        Assert.That(await ParentAsync(yard, "asOf=2024-01-01"), Is.EqualTo((west.Id, "2024-01-01")));
        Assert.That(await ParentAsync(yard, $"asOf=2024-01-01&knownAt={yard.RecordedAt}"), Is.EqualTo((east.Id, "2005-01-01")));
    }

    [Test]
    public async Task Move_ThatMakesACycle_IsRefused()
    {
        var a = await Desk.OrganizationAsync();
        var b = await Desk.OrganizationAsync(a.Id);
        var c = await Desk.OrganizationAsync(b.Id);

        foreach (var under in new[] { a, b, c })
        {
            var refused = await Desk.PatchAsync($"organizations/{a.Id}", $$"""{"parentId":"{{under.Id}}"}""", a.Etag);
            Assert.That(refused.Expect(409).Faults, Is.EqualTo(["/parentId organization-cycle"]));
        }
        Assert.That((await Desk.GetAsync($"organizations/{a.Id}/revisions")).Items, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Move_TakesAlongWhatStandsBelow_AndAllOfItMustFit()
    {
        var moved = await Desk.OrganizationAsync();
        var leaf = await Desk.OrganizationAsync((await Desk.OrganizationAsync(moved.Id)).Id);
        var (fits, tooDeep) = await ChainAsync(Limits.TreeDepth - 3);

        var refused = (await MoveAsync(moved, tooDeep)).Expect(422);
        (await MoveAsync(moved, fits)).Expect(200);
        var renamed = (await Desk.PatchAsync($"organizations/{leaf.Id}", """{"name":"Twentieth"}""", leaf.Etag)).Expect(200);
        var deeper = await Desk.PostAsync(
            "organizations",
            $$"""{"kind":"enterprise","name":"Too deep","from":"2003-05-01","parentId":"{{leaf.Id}}"}"""
        );

        Assert.That(refused.Faults, Is.EqualTo(["/parentId tree-too-deep"]));
        Assert.That(refused.Text, Does.Contain("below this organisation it would be 21."));
        Assert.That(renamed["name"].GetString(), Is.EqualTo("Twentieth"));
        Assert.That(deeper.Expect(422).Faults, Is.EqualTo(["/parentId tree-too-deep"]));
    }

    [Test]
    public async Task WhatStoodTooDeepBefore_CanStillBeCorrected_AndMovedAway()
    {
        var moved = await Desk.OrganizationAsync();
        var leaf = await Desk.OrganizationAsync(moved.Id);
        var (fits, tooDeep) = await ChainAsync(Limits.TreeDepth - 2);
        // As it was once recorded, when only the place of the moved one was looked at.
        await Desk.Store.Gate.RunAsync<bool>(tx =>
        {
            var newest = tx.LockOrganization(moved.Id)[^1];
            tx.Add(newest.Next(newest.Content with { ParentId = tooDeep }, "moved", tx.RecordedAt, "local"));
            return true;
        });

        var corrected = (await Desk.PatchAsync($"organizations/{leaf.Id}", """{"phone":"010-1"}""", leaf.Etag)).Expect(200);
        var above = await Desk.GetAsync($"organizations/{moved.Id}");
        var renamed = (
            await Desk.PatchAsync($"organizations/{moved.Id}", $$"""{"name":"Nineteenth","parentId":"{{tooDeep}}"}""", above.Etag)
        ).Expect(200);

        Assert.That(corrected["phone"].GetString(), Is.EqualTo("010-1"));
        Assert.That(renamed["name"].GetString(), Is.EqualTo("Nineteenth"));
        (await MoveAsync(renamed, fits)).Expect(200);
    }

    /// <summary>The tree has its depth on each day: what stands below on other days only does not go along.</summary>
    [TestCase("2000-01-01", "2022-01-01", "2021-12-31", 422, Description = "it still stands below")]
    [TestCase("2000-01-01", "2022-01-01", "2022-01-01", 200, Description = "it has left")]
    [TestCase("2150-01-01", null, "2022-01-01", 422, Description = "it will come")]
    public async Task Move_CountsWhatStandsBelowOnItsDays(string comes, string? leaves, string from, int status)
    {
        var (moved, other) = (await Desk.OrganizationAsync(), await Desk.OrganizationAsync());
        var child = await Desk.OrganizationAsync(comes == "2000-01-01" ? moved.Id : other.Id);
        child = comes == "2000-01-01" ? child : (await MoveAsync(child, moved.Id, comes)).Expect(200);
        if (leaves is not null)
        {
            (await MoveAsync(child, other.Id, leaves)).Expect(200);
        }
        var (_, tooDeep) = await ChainAsync(Limits.TreeDepth - 2);

        (await MoveAsync(moved, tooDeep, from)).Expect(status);
    }

    [Test]
    public async Task Move_UnderOneThatLeavesLater_IsACycleOnTheDaysBetween()
    {
        var a = await Desk.OrganizationAsync();
        var b = await Desk.OrganizationAsync(a.Id);
        (await Desk.PatchAsync($"organizations/{b.Id}", """{"parentId":null,"from":"2022-01-01"}""", b.Etag)).Expect(200);

        var early = await Desk.PatchAsync($"organizations/{a.Id}", $$"""{"parentId":"{{b.Id}}","from":"2021-01-01"}""", a.Etag);
        Assert.That(early.Expect(409).Code, Is.EqualTo("organization-cycle"));
        (await Desk.PatchAsync($"organizations/{a.Id}", $$"""{"parentId":"{{b.Id}}","from":"2022-01-01"}""", a.Etag)).Expect(200);
        Assert.That(await UnderAsync(b, "asOf=2022-01-01"), Is.EquivalentTo([a.Id, b.Id]));
        Assert.That(await UnderAsync(a, "asOf=2021-12-31"), Is.EquivalentTo([a.Id, b.Id]));
    }

    [Test]
    public async Task Void_IsAsIfNeverRecorded_FromThatInstant()
    {
        var root = await Desk.OrganizationAsync(kind: "district-federation");
        var code = Desk.NewCreditCode();
        var ghost = await Desk.OrganizationAsync(root.Id, more: $",\"creditCode\":\"{code}\"");
        Desk.Clock.Pass(TimeSpan.FromSeconds(1));
        var voided = (await Desk.VoidAsync($"organizations/{ghost.Id}")).Expect(200);

        Assert.That(voided["voided"].GetBoolean(), Is.True);
        Assert.That(await UnderAsync(root), Is.EquivalentTo([root.Id]));
        Assert.That(await UnderAsync(ghost), Is.Empty);
        Assert.That(await UnderAsync(root, $"knownAt={ghost.RecordedAt}"), Is.EquivalentTo([root.Id, ghost.Id]));
        var all = await Desk.GetAsync("organizations?include=voided&limit=500");
        Assert.That(all.Ids, Does.Contain(ghost.Id));
        Assert.That((await Desk.GetAsync("organizations?limit=500")).Ids, Does.Not.Contain(ghost.Id));

        var patched = await Desk.PatchAsync($"organizations/{ghost.Id}", """{"name":"Back"}""", voided.Etag);
        Assert.That(patched.Expect(409).Code, Is.EqualTo("organization-voided"));
        Assert.That(
            (await Desk.VoidAsync($"organizations/{ghost.Id}", "\"2-x\"")).Expect(409).Code,
            Is.EqualTo("organization-voided")
        );
        var under = await Desk.PostAsync(
            "organizations",
            $$"""{"kind":"enterprise","name":"X","from":"2001-01-01","parentId":"{{ghost.Id}}"}"""
        );
        Assert.That(under.Expect(422).Faults, Is.EqualTo(["/parentId unknown-parent"]));
        var worker = await Desk.PostAsync("workers", PeopleDesk.WorkerJson(ghost.Id));
        Assert.That(worker.Expect(422).Faults, Is.EqualTo(["/affiliation/organizationId unknown-organization"]));
        await Desk.OrganizationAsync(root.Id, more: $",\"creditCode\":\"{code}\"");
    }

    [Test]
    public async Task Void_OfOneInUse_IsRefused_UntilWhatHangsOnItIsVoided()
    {
        var parent = await Desk.OrganizationAsync();
        var child = await Desk.OrganizationAsync(parent.Id);
        var worker = await Desk.WorkerAsync(child.Id);

        Assert.That((await Desk.VoidAsync($"organizations/{parent.Id}")).Expect(409).Code, Is.EqualTo("organization-in-use"));
        var inUse = (await Desk.VoidAsync($"organizations/{child.Id}")).Expect(409);
        Assert.That(inUse.Code, Is.EqualTo("organization-in-use"));
        Assert.That(inUse.Text, Does.Contain("still in use by 1 affiliation. Move"));
        (await Desk.VoidAsync($"workers/{worker.Id}")).Expect(200);
        (await Desk.VoidAsync($"organizations/{child.Id}")).Expect(200);
        (await Desk.VoidAsync($"organizations/{parent.Id}")).Expect(200);
    }

    // Found by the rule that a tree of any day is whole: the newest revision alone was asked for the parent.
    [TestCase("2024-01-01", Description = "the child left: on earlier days it is still below")]
    [TestCase("2199-01-01", Description = "the child will leave: today it is still below")]
    public async Task Void_OfAParentOnOtherDays_IsRefused(string leaves)
    {
        var former = await Desk.OrganizationAsync();
        var next = await Desk.OrganizationAsync();
        var child = await Desk.OrganizationAsync(former.Id);
        (
            await Desk.PatchAsync($"organizations/{child.Id}", $$"""{"parentId":"{{next.Id}}","from":"{{leaves}}"}""", child.Etag)
        ).Expect(200);

        Assert.That((await Desk.VoidAsync($"organizations/{former.Id}")).Expect(409).Code, Is.EqualTo("organization-in-use"));
        Assert.That((await Desk.VoidAsync($"organizations/{next.Id}")).Expect(409).Code, Is.EqualTo("organization-in-use"));
    }

    [Test]
    public async Task CreditCode_Taken_IsRefused_AndACorrectionFreesIt()
    {
        var code = Desk.NewCreditCode();
        var first = await Desk.OrganizationAsync(more: $",\"creditCode\":\"{code}\"");
        var json = $$"""{"kind":"enterprise","name":"Twin","from":"2001-01-01","creditCode":"{{code}}"}""";

        Assert.That(
            (await Desk.PostAsync("organizations", json)).Expect(409).Faults,
            Is.EqualTo(["/creditCode credit-code-taken"])
        );
        (
            await Desk.PatchAsync($"organizations/{first.Id}", $$"""{"creditCode":"{{Desk.NewCreditCode()}}"}""", first.Etag)
        ).Expect(200);
        (await Desk.PostAsync("organizations", json)).Expect(201);
    }

    [Test]
    public async Task CreditCode_WhoseInnerCheckFails_IsTakenWithAWarning()
    {
        var made = await Desk.OrganizationAsync(more: ",\"creditCode\":\"91350100M000100Y43\"");
        Assert.That(made["warnings"].GetArrayLength(), Is.Zero);
        const string stem = "91350100M000100Y5";
        var code = stem + CreditCode.CheckCharacter(stem + "0");
        var odd = await Desk.OrganizationAsync(more: $",\"creditCode\":\"{code}\"");
        var warning = odd["warnings"].EnumerateArray().Single();
        Assert.That(warning.GetProperty("code").GetString(), Is.EqualTo("credit-code-inner-check"));
        Assert.That(warning.GetProperty("pointer").GetString(), Is.EqualTo("/creditCode"));
    }

    [Test]
    public async Task List_ByKind_PageByPage_GivesEachOnce_AsOfTheFirstPage()
    {
        var root = await Desk.OrganizationAsync(kind: "district-federation");
        var unions = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            unions.Add((await Desk.OrganizationAsync(root.Id, "industry-union")).Id);
            await Desk.OrganizationAsync(root.Id);
        }
        var query = $"organizations?under={root.Id}&kind=industry-union&count=true&limit=2";
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await Desk.GetAsync(query + (cursor is null ? "" : "&cursor=" + cursor))).Expect(200);
            seen.AddRange(page.Ids);
            Assert.That(page["count"].GetInt32(), Is.EqualTo(5));
            cursor = page["nextCursor"].GetString();
            await Desk.OrganizationAsync(root.Id, "industry-union");
        } while (cursor is not null);
        Assert.That(seen, Is.EqualTo(unions));
    }

    /// <summary>Organisations one below the other: the last one of so many levels, and the one below it.</summary>
    private async Task<(Guid Last, Guid Next)> ChainAsync(int levels)
    {
        var last = (await Desk.OrganizationAsync()).Id;
        for (var level = 2; level <= levels; level++)
        {
            last = (await Desk.OrganizationAsync(last)).Id;
        }
        return (last, (await Desk.OrganizationAsync(last)).Id);
    }

    private Task<Reply> MoveAsync(Reply seen, Guid parent, string from = "2000-01-01") =>
        Desk.PatchAsync($"organizations/{seen.Id}", $$"""{"parentId":"{{parent}}","from":"{{from}}"}""", seen.Etag);

    private async Task<Guid[]> UnderAsync(Reply root, string query = "") =>
        (await Desk.GetAsync($"organizations?limit=500&under={root.Id}&{query}".TrimEnd('&'))).Expect(200).Ids;

    private async Task<(Guid? Parent, string? From)> ParentAsync(Reply organization, string query)
    {
        var read = (await Desk.GetAsync($"organizations/{organization.Id}?{query}")).Expect(200);
        return (read["parentId"].GetGuid(), read["from"].GetString());
    }
}
