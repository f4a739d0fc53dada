using System.Text.RegularExpressions;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>A worker gets in by the code of his officer: at first, and when he has forgotten his password.</summary>
[BothEngines]
public partial class ClaimTests(TestEngine engine)
{
    private const string Password = "a sentence that only I know";

    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task Worker_GetsInWithTheSheetOfHisUnit()
    {
        var (works, (ana, bo)) = await UnitAsync("Ana Quay", "Bo Quay");

        var sheet = (await office.PostAsync("officer", $"organizations/{works}/claim-codes", new { })).Expect(200);
        var slip = sheet.Items.Single(i => i.GetProperty("workerId").GetGuid() == ana);
        var claimed = await ClaimAsync("Ana Quay", slip.GetProperty("code").GetString()!, "ana.quay");
        var token = (await SignInAsync("ana.quay")).Expect(200).Body.GetProperty("token").GetString()!;
        using var client = office.Host.CreateClient(token);
        using var acknowledged = await client.PutAsync("/api/v1/me/notice", Json("""{"version":1}"""));
        using var own = await client.GetAsync($"/api/v1/workers/{ana}");
        using var other = await client.GetAsync($"/api/v1/workers/{bo}");
        var rest = await office.PostAsync("officer", $"organizations/{works}/claim-codes?again=true", new { });

        Assert.That(sheet.Items.Select(i => i.GetProperty("workerId").GetGuid()), Is.EquivalentTo(new[] { ana, bo }));
        Assert.That(claimed.Expect(200).Body.ToString(), Is.EqualTo("""{"account":"ana.quay","made":true}"""));
        Assert.That((int)acknowledged.StatusCode, Is.EqualTo(204));
        Assert.That(((int)own.StatusCode, (int)other.StatusCode), Is.EqualTo((200, 404)));
        Assert.That(rest.Items.Select(i => i.GetProperty("workerId").GetGuid()), Is.EqualTo(new[] { bo }), "ana has an account");
    }

    [Test]
    public async Task Code_TellsTheAddressInAFragment_AndIsToldOnce()
    {
        var worker = await office.HireAsync(office.Works, "Cleo Quay");

        var made = (await office.PostAsync("officer", $"workers/{worker}/claim-codes", new { })).Expect(201);

        var code = made.Body.GetProperty("code").GetString()!;
        Assert.That(code, Does.Match("^[0-9]{4} [0-9]{4}$"));
        Assert.That(
            made.Body.GetProperty("link").GetString(),
            Is.EqualTo("http://localhost/claim#" + code.Replace(" ", "", StringComparison.Ordinal))
        );
        Assert.That(made.Body.GetProperty("qr").GetString(), Does.StartWith("<svg ").And.EndWith("</svg>"));
        var stored = office.Store.Reader.OnConnection(c =>
            c.FindClaimCode(ClaimCodes.HashOf("Cleo Quay", code.Replace(" ", "", StringComparison.Ordinal)))
        );
        Assert.That(stored!.WorkerId, Is.EqualTo(worker));
    }

    [Test]
    public async Task Code_WorksOnce()
    {
        var code = await CodeAsync(await office.HireAsync(office.Works, "Dina Quay"));

        var first = await ClaimAsync("Dina Quay", code, "dina.quay");
        var again = await ClaimAsync("Dina Quay", code, "dina.second");

        Assert.That(first.Status, Is.EqualTo(200));
        Assert.That((again.Status, again.Code), Is.EqualTo((401, "claim-refused")));
    }

    [Test]
    public async Task OfManyClaimsAtOnce_OneGetsThrough()
    {
        var code = await CodeAsync(await office.HireAsync(office.Works, "Eike Quay"));

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => Task.Run(() => ClaimAsync("Eike Quay", code, $"eike.{i}")))
        );

        Assert.That(replies.Select(r => r.Status).Order(), Is.EqualTo(new[] { 200, 401, 401, 401, 401, 401 }));
    }

    [Test]
    public async Task Code_EndsAfterFourteenDays()
    {
        var code = await CodeAsync(await office.HireAsync(office.Works, "Faye Quay"));

        office.Clock.Pass(ClaimCodes.Last);

        Assert.That((await ClaimAsync("Faye Quay", code, "faye.quay")).Code, Is.EqualTo("claim-refused"));
    }

    [Test]
    public async Task WrongNameAndWrongCode_AreRefusedAlike_AndTheCodeStaysGood()
    {
        var code = await CodeAsync(await office.HireAsync(office.Works, "Gerd Quay"));
        var wrongCode = (code[0] == '9' ? '0' : '9') + code[1..];

        var name = await ClaimAsync("Gerda Quay", code, "gerd.quay");
        var digits = await ClaimAsync("Gerd Quay", wrongCode, "gerd.quay");
        var right = await ClaimAsync(" gerd  QUAY", code.Insert(4, "-"), "gerd.quay");

        Assert.That((name.Status, name.Code), Is.EqualTo((401, "claim-refused")));
        Assert.That(Untraced(digits.Text), Is.EqualTo(Untraced(name.Text)));
        Assert.That(right.Status, Is.EqualTo(200), "capitals and blanks do not matter: " + right.Text);
    }

    [Test]
    public async Task NewCode_ReplacesTheOlderOne()
    {
        var worker = await office.HireAsync(office.Works, "Hans Quay");
        var older = await CodeAsync(worker);
        var newer = await CodeAsync(worker);

        Assert.That((await ClaimAsync("Hans Quay", older, "hans.quay")).Code, Is.EqualTo("claim-refused"));
        Assert.That((await ClaimAsync("Hans Quay", newer, "hans.quay")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task ForgottenPassword_IsSetAnew_AndTheSignInsEnd()
    {
        var worker = await office.HireAsync(office.Works, "Ida Quay");
        await ClaimAsync("Ida Quay", await CodeAsync(worker), "ida.quay");
        var token = (await SignInAsync("ida.quay")).Expect(200).Body.GetProperty("token").GetString()!;
        using var client = office.Host.CreateClient(token);
        var code = await CodeAsync(worker);

        var reset = await office.PostAsync(
            "anonymous",
            "claims",
            new
            {
                name = "Ida Quay",
                code,
                password = "another sentence for me",
            }
        );

        Assert.That(reset.Expect(200).Body.ToString(), Is.EqualTo("""{"account":"ida.quay","made":false}"""));
        Assert.That((int)(await client.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(401));
        Assert.That((await SignInAsync("ida.quay")).Status, Is.EqualTo(401));
        Assert.That((await SignInAsync("ida.quay", "another sentence for me")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Namesakes_EachGetTheirOwnAccount()
    {
        var (one, two) = (await office.HireAsync(office.Works, "王伟"), await office.HireAsync(office.Works, "王伟"));
        var (code, other) = (await CodeAsync(one), await CodeAsync(two));

        await ClaimAsync("王伟", code, "wang.wei");
        var taken = await ClaimAsync("王伟", other, "wang.wei");
        var second = await ClaimAsync("王伟", other, "wang.wei.2");

        Assert.That((taken.Status, taken.Code), Is.EqualTo((409, "account-name-taken")), "and the code stays good");
        Assert.That(second.Status, Is.EqualTo(200));
        Assert.That(AccountOf(one), Is.EqualTo("wang.wei"));
        Assert.That(AccountOf(two), Is.EqualTo("wang.wei.2"));
    }

    [Test]
    public async Task AccountName_IsAskedForWhereThereIsNone_AndTheCodeStaysGood()
    {
        var code = await CodeAsync(await office.HireAsync(office.Works, "Jon Quay"));

        var without = await office.PostAsync("anonymous", "claims", Claim("Jon Quay", code, null));

        Assert.That((without.Status, without.Code), Is.EqualTo((422, "account-name-needed")));
        Assert.That((await ClaimAsync("Jon Quay", code, "jon.quay")).Status, Is.EqualTo(200));
    }

    [TestCase("""{"name":"A","code":"\uFFFE\uFFFF","password":"a sentence that only I know"}""", "claim-code-malformed")]
    [TestCase("""{"name":"A","code":"1234567","password":"a sentence that only I know"}""", "claim-code-malformed")]
    [TestCase("""{"name":"A","code":"12345678","password":"short"}""", "password-too-weak")]
    [TestCase("""{"name":"A","code":"12345678","password":"aaaaaaaaaaaa"}""", "password-too-weak")]
    [TestCase("""{"name":"A","code":"12345678","password":"123412341234"}""", "password-too-weak")]
    [TestCase("""{"name":"A","code":"12345678","password":"123456789012"}""", "password-too-weak")]
    [TestCase("""{"name":"A","code":"12345678","password":"zyxwvutsrqpo"}""", "password-too-weak")]
    [TestCase("""{"name":"A","code":"12345678","password":"abcdeabcdeabcde"}""", "password-too-weak")]
    [TestCase("""{"name":"A","code":"12345678","password":"a sentence that only I know","account":"Ä"}""", "bad-account-name")]
    [TestCase(
        """{"name":"A","code":"12345678","password":"a sentence that only I know","account":"local"}""",
        "account-name-taken"
    )]
    public async Task ClaimThatCannotBe_IsRefusedBeforeTheCodeIsLookedAt(string body, string code) =>
        Assert.That(
            (await office.PostAsync("anonymous", "claims", System.Text.Json.Nodes.JsonNode.Parse(body)!)).Code,
            Is.EqualTo(code)
        );

    [Test]
    public async Task DisabledAccount_IsNotOpenedByACode()
    {
        var worker = await office.HireAsync(office.Works, "Kai Quay");
        await ClaimAsync("Kai Quay", await CodeAsync(worker), "kai.quay");
        var code = await CodeAsync(worker);
        var account = office.Store.Reader.OnConnection(c => c.FindAccount("kai.quay"))!.Id;
        (await office.SendAsync("administrator", HttpMethod.Post, $"accounts/{account}:disable")).Expect(200);

        var claimed = await ClaimAsync("Kai Quay", code, "kai.second");
        var another = await office.PostAsync("officer", $"workers/{worker}/claim-codes", new { });

        Assert.That((claimed.Status, claimed.Code), Is.EqualTo((401, "claim-refused")));
        Assert.That((another.Status, another.Code), Is.EqualTo((409, "account-disabled")));
    }

    /// <summary>What ends the right of who gave the code ends the code, for an account that is to be made and for one that is there.</summary>
    [TestCase("transferred", false)]
    [TestCase("transferred", true)]
    [TestCase("grant revoked", false)]
    [TestCase("grant revoked", true)]
    [TestCase("account disabled", false)]
    public async Task Code_EndsWithTheRightOfWhoGaveIt(string how, bool hasAccount)
    {
        var (name, giver) = ($"Una Quay {how} {hasAccount}", $"giver-{how[0]}-{hasAccount}".ToLowerInvariant());
        var grant = AccessOffice.Grant(Role.Officer, office.Street);
        await office.AccountAsync(giver, grant);
        var worker = await office.HireAsync(office.Works, name);
        if (hasAccount)
        {
            await office.WorkerAccountAsync("una-" + giver, worker);
        }
        var made = (await office.PostAsync(giver, $"workers/{worker}/claim-codes", new { })).Expect(201);
        var account = office.Store.Reader.OnConnection(c => c.FindAccount(giver))!.Id;
        (
            how switch
            {
                "transferred" => await office.PostAsync(
                    TestAccounts.Office,
                    $"workers/{worker}/affiliations",
                    new
                    {
                        kind = "labour-contract",
                        organizationId = office.OtherWorks,
                        from = "2026-01-01",
                        transfer = true,
                    }
                ),
                "grant revoked" => await office.PostAsync(
                    "administrator",
                    $"accounts/{account}/grants/{grant.Id}:revoke",
                    new { }
                ),
                _ => await office.PostAsync("administrator", $"accounts/{account}:disable", new { }),
            }
        ).Expect(how == "transferred" ? 201 : 200);

        var claimed = await ClaimAsync(name, made.Body.GetProperty("code").GetString()!, "una." + giver);

        Assert.That((claimed.Status, claimed.Code), Is.EqualTo((401, "claim-refused")));
        var another = (await office.PostAsync(TestAccounts.Office, $"workers/{worker}/claim-codes", new { })).Expect(201);
        (await ClaimAsync(name, another.Body.GetProperty("code").GetString()!, "una." + giver)).Expect(200);
    }

    [Test]
    public async Task Code_OfTheLocalUser_StaysGood()
    {
        var worker = await office.HireAsync(office.Works, "Vera Quay");
        var hash = ClaimCodes.HashOf("Vera Quay", "12345678");
        await office.Store.Gate.RunAsync<bool>(tx =>
        {
            tx.Add(new ClaimCode(worker, hash, tx.RecordedAt.Plus(ClaimCodes.Last), LocalUser.Name));
            return true;
        });

        (await ClaimAsync("Vera Quay", "12345678", "vera.quay")).Expect(200);
    }

    [Test]
    public async Task VoidedWorker_GetsNoCode_AndHisOlderOneIsWorthNothing()
    {
        var worker = await office.HireAsync(office.Works, "Lou Quay");
        var code = await CodeAsync(worker);
        (
            await office.PostAsync(
                TestAccounts.Office,
                $"workers/{worker}:void",
                new { reason = "Recorded twice." },
                "\"1-0000000000000000\""
            )
        ).Expect(200);

        Assert.That((await ClaimAsync("Lou Quay", code, "lou.quay")).Code, Is.EqualTo("claim-refused"));
        Assert.That(
            (await office.PostAsync(TestAccounts.Office, $"workers/{worker}/claim-codes", new { })).Code,
            Is.EqualTo("worker-voided")
        );
    }

    [Test]
    public async Task OutOfScope_ThereIsNobodyToGiveACode()
    {
        var outside = await office.PostAsync("officer", $"workers/{office.Stranger}/claim-codes", new { });
        var absent = await office.PostAsync("officer", $"workers/{AccessOffice.Absent}/claim-codes", new { });
        var unit = await office.PostAsync("officer", $"organizations/{office.OtherWorks}/claim-codes", new { });
        var district = await office.PostAsync("officer", $"organizations/{office.District}/claim-codes", new { });
        var nowhere = await office.PostAsync(TestAccounts.Office, $"organizations/{AccessOffice.Absent}/claim-codes", new { });

        Assert.That((outside.Status, outside.Code), Is.EqualTo((404, "unknown-worker")));
        Assert.That(Untraced(outside.Text), Is.EqualTo(Untraced(absent.Text)));
        Assert.That(new[] { unit.Status, district.Status, nowhere.Status }, Is.All.EqualTo(404));
    }

    [Test]
    public async Task Sheet_LeavesOutWhoHasACode_UnlessAskedAgain_AndGoesOnPageByPage()
    {
        var (works, (one, two)) = await UnitAsync("Mia Quay", "Ned Quay");
        var path = $"organizations/{works}/claim-codes";

        var first = await office.PostAsync("officer", path, new { });
        var second = await office.PostAsync("officer", path, new { });
        var again = await office.PostAsync("officer", path + "?again=true", new { });
        var after = await office.PostAsync("officer", $"{path}?again=true&after={new[] { one, two }.Min()}", new { });

        Assert.That(first.Items, Has.Length.EqualTo(2));
        Assert.That(first.Body.GetProperty("remaining").GetInt32(), Is.Zero);
        Assert.That(second.Items, Is.Empty);
        Assert.That(again.Items, Has.Length.EqualTo(2));
        Assert.That(after.Items.Select(i => i.GetProperty("workerId").GetGuid()), Is.EqualTo(new[] { new[] { one, two }.Max() }));
        var code = first.Items.Single(i => i.GetProperty("workerId").GetGuid() == one).GetProperty("code").GetString()!;
        Assert.That((await ClaimAsync("Mia Quay", code, "mia.quay")).Code, Is.EqualTo("claim-refused"), "it was replaced");
    }

    [TestCase("zh-CN", "激活码", "请立即打印")]
    [TestCase("en", "Code", "print them now")]
    public async Task Sheet_IsAPageToPrint_ThatLoadsNothing(string language, string word, string note)
    {
        var (works, _) = await UnitAsync("Olga <b>Quay</b>", "Pia Quay");
        using var client = office.Host.CreateClient(await office.Store.SignInAsync("officer", null));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/organizations/{works}/claim-codes");
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/json;q=0.9,*/*;q=0.1");
        request.Headers.TryAddWithoutValidation("Accept-Language", language);

        using var reply = await client.SendAsync(request);
        var page = await reply.Content.ReadAsStringAsync();

        Assert.That((int)reply.StatusCode, Is.EqualTo(200), page);
        Assert.That(reply.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/html; charset=utf-8"));
        Assert.That(reply.Content.Headers.ContentLanguage, Is.EqualTo(new[] { language }));
        Assert.That(reply.Headers.CacheControl!.ToString(), Is.EqualTo("no-store"));
        Assert.That(page, Does.Contain(word).And.Contain(note).And.Contain("Pia Quay"));
        Assert.That(page, Does.Contain("Olga &lt;b&gt;Quay&lt;/b&gt;"), "a name is text");
        Assert.That(SvgImage().Matches(page), Has.Count.EqualTo(2));
        Assert.That(page, Does.Not.Match("<script|<link|<img|<iframe|src=|url\\(|@import|style=|on[a-z]+="));
        var style = StyleText().Match(page).Groups[1].Value;
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style));
        Assert.That(
            reply.Headers.GetValues("Content-Security-Policy").Single(),
            Does.Contain("default-src 'none'").And.Contain($"style-src 'sha256-{Convert.ToBase64String(hash)}'")
        );
    }

    [Test]
    public async Task Codes_AndClaims_StandInTheTrail_WithoutTheCode()
    {
        var (works, (one, two)) = await UnitAsync("Rob Quay", "Sam Quay");
        var sheet = await office.PostAsync("officer", $"organizations/{works}/claim-codes", new { });
        var code = await CodeAsync(one);
        await ClaimAsync("Rob Quay", code, "rob.quay");

        var officers = await office.GetAsync("auditor", "audit-entries?account=officer&limit=500");
        var own = await office.GetAsync("auditor", $"audit-entries?worker={one}");

        var sheets = officers.Items.Where(e => e.GetProperty("action").GetString() == "makeClaimCodes").Select(e => e.ToString());
        Assert.That(sheets, Has.Some.Contains(one.ToString()).And.Some.Contains(two.ToString()));
        Assert.That(
            own.Items.Select(e => e.GetProperty("action").GetString()),
            Is.EqualTo(new[] { "claimAccount", "makeClaimCode" })
        );
        Assert.That(own.Items[0].GetProperty("account").GetString(), Is.EqualTo("rob.quay"));
        Assert.That(
            officers.Text + own.Text,
            Does.Not.Contain(code).And.Not.Contain(sheet.Items[0].GetProperty("code").GetString()!)
        );
    }

    [Test]
    public async Task Guesses_HaveToWait()
    {
        await using var attacked = await AccessOffice.OpenAsync(engine);
        var worker = await attacked.HireAsync(attacked.Works, "Tom Quay");
        var made = (await attacked.PostAsync("officer", $"workers/{worker}/claim-codes", new { })).Expect(201);
        var code = made.Body.GetProperty("code").GetString()!;
        var statuses = new List<int>();
        for (var i = 0; i < SignInThrottle.FreeFailures + 1; i++)
        {
            statuses.Add((await attacked.PostAsync("anonymous", "claims", Claim($"Nobody {i}", "00000000", "tom.quay"))).Status);
        }
        attacked.Clock.Pass(TimeSpan.FromSeconds(-1));
        var held = await attacked.PostAsync("anonymous", "claims", Claim("Tom Quay", code, "tom.quay"));
        attacked.Clock.Pass(SignInThrottle.LongestWait);
        var later = await attacked.PostAsync("anonymous", "claims", Claim("Tom Quay", code, "tom.quay"));

        Assert.That(statuses, Is.All.EqualTo(401));
        Assert.That((held.Status, held.Code), Is.EqualTo((429, "too-many-attempts")));
        Assert.That(held.Headers, Does.Contain("Retry-After"));
        Assert.That(later.Status, Is.EqualTo(200), later.Text);
    }

    [Test]
    public void GuessesAboutOneName_HaveToWait_FromHoweverManyAddresses()
    {
        var throttle = new SignInThrottle(office.Clock);

        var waits = Enumerable
            .Range(0, ClaimAccount.FreeFailuresOfName + 2)
            .Select(_ => throttle.Try("name", "", ClaimAccount.FreeFailuresOfName))
            .ToList();

        Assert.That(waits[..^1], Is.All.EqualTo(TimeSpan.Zero));
        Assert.That(waits[^1], Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    private string? AccountOf(Guid worker) =>
        office.Store.Reader.OnConnection(c => c.FindAccountsOf(worker)).SingleOrDefault()?.Name;

    /// <summary>A new enterprise of the street with two workers.</summary>
    private async Task<(Guid Works, (Guid, Guid) Workers)> UnitAsync(string one, string two)
    {
        var works = await office.FoundAsync("Quay works", "enterprise", office.Street);
        return (works, (await office.HireAsync(works, one), await office.HireAsync(works, two)));
    }

    private async Task<string> CodeAsync(Guid worker) =>
        (await office.PostAsync("officer", $"workers/{worker}/claim-codes", new { }))
            .Expect(201)
            .Body.GetProperty("code")
            .GetString()!
            .Replace(" ", "", StringComparison.Ordinal);

    private Task<AccessReply> ClaimAsync(string name, string code, string account) =>
        office.PostAsync("anonymous", "claims", Claim(name, code, account));

    private static object Claim(string name, string code, string? account) =>
        new
        {
            name,
            code,
            account,
            password = Password,
        };

    private Task<AccessReply> SignInAsync(string account, string password = Password) =>
        office.PostAsync("anonymous", "sign-in", new { account, password });

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    private static string Untraced(string problem) => TraceId().Replace(problem, "");

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();

    [GeneratedRegex("<svg ")]
    private static partial Regex SvgImage();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StyleText();
}
