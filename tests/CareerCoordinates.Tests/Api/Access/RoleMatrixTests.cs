using CareerCoordinates.Api.Access;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>
/// Who may call what. The table below is what was agreed on; the endpoints must say the same, and each account is sent to
/// each of them. A new endpoint is missing here until somebody has thought about it.
/// </summary>
[BothEngines]
public class RoleMatrixTests(TestEngine engine)
{
    private const string Agreed = """
        acknowledgeNotice          *
        answerMilestoneContest     officer verifier
        approveErasure             administrator
        askErasure                 administrator
        beginSignInAtIssuer        all
        cancelImport               officer
        changeAffiliation          officer
        changeOrganization         officer administrator
        changePassword             * himself
        changeWorker               officer
        claimAccount               all
        commitImport               officer
        confirmClock               administrator
        contestMilestone           worker officer
        correctEnteredFigure       officer
        correctMilestone           worker officer verifier
        deleteSavedReport          officer analyst
        disableAccount             administrator
        drawImportSample           verifier
        enableAccount              administrator
        endAffiliation             officer
        endMilestone               worker officer verifier
        exportCoordinates          officer
        exportMilestones           officer
        exportWorkers              officer
        findWorkerByIdNumber       officer verifier
        finishSignInAtIssuer       all
        followImport               officer
        getAccount                 administrator
        getAffiliation             worker officer verifier
        getCoordinate              worker officer verifier
        getCoordinateExplanation   worker officer verifier
        getEnteredFigure           officer analyst auditor
        getErasure                 administrator
        getFramework               all
        getFrameworkVersion        all
        getHealth                  all
        getImport                  officer
        getImportResult            officer
        getImportTemplate          officer
        getMe                      *
        getMetrics                 all
        getMilestone               worker officer verifier
        getMilestoneVerification   worker officer verifier
        getMyCoordinate            self
        getMyCoordinateExplanation self
        getMyNextSteps             self
        getMyRecord                self
        getMyTrajectory            self
        getNextSteps               worker officer verifier
        getNotice                  all
        getOrganization            officer verifier analyst administrator auditor
        getReadiness               all
        getRecord                  worker officer verifier
        getSavedReport             officer analyst
        getSavedResult             officer analyst
        getServedFramework         all
        getSignInWays              all
        getTrajectory              worker officer verifier
        getWorker                  worker officer verifier
        grantRole                  administrator
        listAccountTokens          administrator
        listAccounts               administrator
        listAffiliationRevisions   worker officer verifier
        listAffiliations           worker officer verifier
        listAuditEntries           auditor
        listEnteredFigureRevisions officer analyst auditor
        listEnteredFigures         officer analyst auditor
        listErasures               administrator
        listImportRows             officer
        listImports                officer
        listImportsToVerify        verifier
        listInbox                  officer verifier
        listMilestoneRevisions     worker officer verifier
        listMilestones             worker officer verifier
        listMyAccesses             self
        listMyMilestones           self
        listOrganizationRevisions  officer verifier analyst administrator auditor
        listOrganizations          officer verifier analyst administrator auditor
        listPeopleOfGrid           officer
        listPeopleOfMilestones     officer
        listPeopleOfPositions      officer
        listPeopleOfTransitions    officer
        listSavedReports           officer analyst
        listTokens                 * himself
        listWorkerRevisions        worker officer verifier
        listWorkers                officer verifier
        makeClaimCode              officer
        makeClaimCodes             officer
        recordAccount              administrator
        recordAffiliation          officer
        recordEnteredFigure        officer
        recordMilestone            worker officer verifier
        recordMilestones           worker officer verifier
        recordMyMilestone          self
        recordOrganization         officer administrator
        recordToken                * himself
        recordWorker               officer
        refreshSignIn              all
        refuseErasure              administrator
        rejectMilestone            verifier
        reportAnnual               officer analyst auditor
        reportGrid                 officer analyst auditor
        reportIndicators           officer analyst auditor
        reportMilestones           officer analyst auditor
        reportPositions            officer analyst auditor
        reportTimeToRung           officer analyst auditor
        reportTransitions          officer analyst auditor
        returnMilestone            verifier
        revealIdNumber             officer
        revokeAccountToken         administrator
        revokeRole                 administrator
        revokeToken                * himself
        saveReport                 officer analyst
        searchWorkers              officer verifier
        setAccountPassword         administrator
        signIn                     all
        signOut                    * himself
        startImport                officer
        undoImport                 officer
        verifyImport               verifier
        verifyMilestone            verifier
        verifyMilestones           verifier
        voidAffiliation            officer
        voidEnteredFigure          officer
        voidMilestone              worker officer verifier
        voidOrganization           officer administrator
        voidWorker                 officer
        withdrawMilestone          worker officer verifier
        """;

    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    private IEnumerable<RouteEndpoint> Endpoints => Mapped.Of(office.Host);

    [Test]
    public void Endpoints_SayWhatWasAgreedOn()
    {
        var said = Endpoints.Select(endpoint => $"{endpoint.Name(), -26} {WhoMay(endpoint)}").Order(StringComparer.Ordinal);

        Assert.That(string.Join('\n', said), Is.EqualTo(Agreed.ReplaceLineEndings("\n")));
    }

    [TestCase("worker")]
    [TestCase("officer")]
    [TestCase("verifier")]
    [TestCase("analyst")]
    [TestCase("administrator")]
    [TestCase("auditor")]
    [TestCase("nobody")]
    [TestCase("anonymous")]
    public async Task Account_ReachesWhatItsRoleMay_AndNothingElse(string account)
    {
        var faults = new List<string>();
        foreach (var endpoint in Endpoints.Where(e => e.Name() is not ("signOut" or "changePassword")))
        {
            var may = WhoMay(endpoint).Split(' ');
            var expected =
                may[0] == "all" ? true
                : account == "anonymous" ? false
                : may[0] == "*" || may.Contains(account == "worker" && may[0] == "self" ? "self" : account);
            var method = endpoint.Method();

            var body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is null ? null : new { };
            var reply = await office.SendAsync(account, method, PathOf(endpoint), body);

            var refused =
                account == "anonymous" ? reply.Code is "sign-in-needed" : reply.Code is "not-allowed" or "no-own-record";
            if (refused == expected || reply.Status >= 500)
            {
                faults.Add($"{account} {method} {PathOf(endpoint)}: {reply.Status} {reply.Code}");
            }
        }

        Assert.That(faults, Is.Empty);
    }

    private string PathOf(RouteEndpoint endpoint) =>
        endpoint.PathWith(
            ("workerId", office.Worker),
            ("organizationId", office.Works),
            ("code", office.Store.Frameworks.Current.Code),
            ("version", 1)
        );

    private static string WhoMay(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<OpenToAll>() is not null)
        {
            return "all";
        }
        if (endpoint.Metadata.GetMetadata<Needs>() is not { Right: var right })
        {
            return "nobody";
        }
        if (endpoint.Metadata.GetMetadata<OfOneself>() is not null)
        {
            return "self";
        }
        return right == Right.SignedIn ? "*"
            // Not by an API token.
            : right == Right.OwnAccount ? "* himself"
            : string.Join(' ', Enum.GetValues<Role>().Where(role => Rights.Has(role, right)).Select(Codes<Role>.Of));
    }
}
