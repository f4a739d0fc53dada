using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;
using static CareerCoordinates.Domain.Milestones.MilestoneAction;
using static CareerCoordinates.Tests.Domain.Milestones.MilestoneLife;

namespace CareerCoordinates.Tests.Domain.Milestones;

public class MilestoneDecisionsTests
{
    private static readonly DateOnly End2021 = new(2021, 12, 31);

    /// <summary>Every state, without and with a verified revision that counts, against every action.</summary>
    [TestCase("submitted", "correct verify return reject void")]
    [TestCase("returned", "correct void")]
    [TestCase("rejected", "correct void")]
    [TestCase("verified", "correct end void")]
    [TestCase("voided", "")]
    [TestCase("submitted over verified", "correct verify return reject withdraw void")]
    [TestCase("returned over verified", "correct withdraw void")]
    [TestCase("rejected over verified", "correct withdraw void")]
    [TestCase("voided over verified", "")]
    public void Every_state_against_every_action(string state, string allowed)
    {
        var life = In(state);
        Assert.That(life.Newest.State.ToString().ToLowerInvariant(), Is.EqualTo(state.Split(' ')[0]));
        Assert.That(MilestoneDecisions.Allowed(life.History).Select(Codes<MilestoneAction>.Of), Is.EquivalentTo(Split(allowed)));
        foreach (var action in Enum.GetValues<MilestoneAction>())
        {
            var outcome = life.Try(action, Local);
            var expected = Split(allowed).Contains(Codes<MilestoneAction>.Of(action)) ? "" : "transition-not-allowed";
            Assert.That(Texts.Faults(outcome), Is.EqualTo(expected), $"{action} when {state}");
        }
    }

    [TestCase("submitted", Correct, "submitted")]
    [TestCase("submitted", Verify, "verified")]
    [TestCase("submitted", Return, "returned")]
    [TestCase("submitted", Reject, "rejected")]
    [TestCase("submitted", MilestoneAction.Void, "voided")]
    [TestCase("returned", Correct, "submitted")]
    [TestCase("rejected", Correct, "submitted")]
    [TestCase("verified", Correct, "submitted")]
    [TestCase("verified", End, "verified")]
    [TestCase("rejected over verified", Withdraw, "verified")]
    [TestCase("returned over verified", MilestoneAction.Void, "voided")]
    public void An_action_leads_to_its_state(string state, MilestoneAction action, string then)
    {
        var life = In(state);
        var next = life.Try(action, Local).Value;
        Assert.That(Codes<MilestoneState>.Of(next.State), Is.EqualTo(then));
        Assert.That(next.Revision, Is.EqualTo(life.Newest.Revision + 1));
        Assert.That(next.RecordedAt, Is.EqualTo(life.By(Local).At));
        Assert.That(next.SupersededAt, Is.Null);
        Assert.That(next.VerifiedBy, Is.EqualTo(then == "verified" ? "local" : null));
    }

    [Test]
    public void A_refused_transition_names_what_is_allowed()
    {
        var refusal = In("returned over verified").Try(Verify, Local).Refusals.Single();
        Assert.That(refusal.Code.Kind, Is.EqualTo(RefusalKind.Conflict));
        Assert.That(
            Texts.En(refusal),
            Is.EqualTo("A milestone that is returned cannot take 'verify' now. Possible from here: correct, withdraw, void.")
        );
        Assert.That(
            Texts.Zh(refusal),
            Is.EqualTo("当前状态为“退回补充”，不能执行“核验”。可执行：更正（correct）、撤回（withdraw）、作废（void）。")
        );
    }

    [Test]
    public void From_voided_nothing_is_possible()
    {
        var refusal = In("voided").Try(Verify, Local).Refusals.Single();
        Assert.That(Texts.En(refusal), Does.EndWith("Possible from here: nothing, since voiding is final."));
        Assert.That(Texts.Zh(refusal), Does.EndWith("可执行：无，作废后不能再更改。"));
    }

    [TestCase("submitted", Return)]
    [TestCase("submitted", Reject)]
    [TestCase("submitted", Correct)]
    [TestCase("submitted", MilestoneAction.Void)]
    [TestCase("submitted over verified", Withdraw)]
    [TestCase("verified", End)]
    public void A_reason_is_needed(string state, MilestoneAction action)
    {
        Assert.That(Texts.Faults(In(state).Try(action, Local, reason: null)), Is.EqualTo("/reason reason-required"));
        Assert.That(Texts.Faults(In(state).Try(action, Local, reason: " \n")), Is.EqualTo("/reason reason-required"));
        Assert.That(Texts.Faults(In(state).Try(action, Local, new string('x', 2001))), Is.EqualTo("/reason text-too-long"));
    }

    [Test]
    public void Verifying_needs_no_reason() => Assert.That(In("submitted").Try(Verify, Local, reason: null).IsRefused, Is.False);

    [TestCase("li")]
    [TestCase("wang")]
    [TestCase("local")]
    public void What_is_recorded_is_submitted_by_whomever(string name)
    {
        var life = Recorded(Named(name));
        Assert.That(
            life.Newest,
            Has.Property("State")
                .EqualTo(MilestoneState.Submitted)
                .And.Property("VerifiedBy")
                .Null.And.Property("RecordedBy")
                .EqualTo(name)
        );
        Assert.That(life.Counting, Is.Null);
    }

    [TestCase(4_999, "")]
    [TestCase(5_000, "too-many-milestones")]
    public void A_worker_has_a_limit_of_milestones(int already, string faults)
    {
        var command = new RecordMilestone(Guid.NewGuid(), Guid.NewGuid(), Content(), 1, already);
        Assert.That(Texts.Faults(MilestoneDecisions.Record(command, new Decision(Local, new Instant(1)))), Is.EqualTo(faults));
    }

    [Test]
    public void A_pending_correction_leaves_the_verified_content_counting()
    {
        var life = Recorded(Local, verified: true).Then(Correct, Local, Content("2020-12-01"));
        Assert.That(life.Counting!.Revision, Is.EqualTo(2));
        life.Then(Reject, Local);
        Assert.That(life.Counting!.Revision, Is.EqualTo(2));
    }

    [Test]
    public void A_correction_is_checked_under_the_newest_framework_and_keeps_its_version()
    {
        var life = Recorded(Local).Then(Correct, Local).Then(Verify, Local);
        Assert.That(life.History.Select(r => r.FrameworkVersion), Is.EqualTo(new[] { 1, 2, 2 }));
    }

    [Test]
    public void A_correction_cannot_change_the_type() =>
        Assert.That(
            Texts.Faults(Recorded(Local).Correct(Local, Content(type: "office", until: "2021"), EndedChange.Keep)),
            Is.EqualTo("/type type-cannot-change")
        );

    [Test]
    public void Withdraw_writes_the_counting_content_again()
    {
        var life = Recorded(Li).Then(Verify, Wang).Then(Correct, Li, Content("2020-12-01")).Then(Return, Zhao).Then(Withdraw, Li);
        Assert.That(life.Newest.Content, Is.EqualTo(life.History[1].Content));
        Assert.That(
            life.Newest,
            Has.Property("VerifiedBy")
                .EqualTo("wang")
                .And.Property("RecordedBy")
                .EqualTo("li")
                .And.Property("FrameworkVersion")
                .EqualTo(1)
        );
        Assert.That(life.Counting, Is.EqualTo(life.Newest));
    }

    [Test]
    public void Withdraw_is_of_the_recorder_or_of_an_undone_import()
    {
        var life = Recorded(Li).Then(Verify, Wang).Then(Correct, Li);
        Assert.That(Texts.Faults(life.Try(Withdraw, Wang)), Is.EqualTo("recorder-needed"));
        Assert.That(MilestoneDecisions.Withdraw(life.History, "undone", life.By(Wang), undoesImport: true).IsRefused, Is.False);
    }

    [TestCase("2020-11-30", null, "2020-11-29", "/on end-before-occurred")]
    [TestCase("2020-11-30", null, "2020-11-30", "")]
    [TestCase("2020", null, "2020-02-01", "", Description = "inside the start's year")]
    [TestCase("2020", null, "2019-12-31", "/on end-before-occurred")]
    [TestCase("2020-11-30", "2021", "2021-12-31", "")]
    [TestCase("2020-11-30", "2021", "2022-01-01", "/on end-after-until")]
    [TestCase("2020-11-30", null, "2030-01-01", "")]
    [TestCase("2020-11-30", null, "2201-01-01", "/on date-out-of-range")]
    public void An_end_lies_within_the_fact(string occurredOn, string? until, string on, string faults)
    {
        var life = Recorded(Local, verified: true, Content(occurredOn, until));
        Assert.That(Texts.Faults(life.End(Local, DateOnly.Parse(on))), Is.EqualTo(faults));
    }

    [Test]
    public void An_end_gives_the_day_the_kind_and_the_reason()
    {
        var life = Recorded(Local, verified: true);
        life.Then(MilestoneDecisions.End(life.History, new EndMilestone(End2021, EndKind.Revoked, "fraud"), life.By(Local)));
        Assert.That(life.Newest.Content.Ended, Is.EqualTo(new Ending(End2021, EndKind.Revoked, "fraud")));
        Assert.That(life.Newest.Reason, Is.EqualTo("fraud"));
    }

    [TestCase("zhao", "verified", Description = "may verify and recorded none of it")]
    [TestCase("wang", "submitted", Description = "recorded a revision himself")]
    [TestCase("li", "submitted", Description = "may not verify")]
    public void An_end_takes_effect_at_once_only_by_a_second_person_who_may_verify(string name, string state)
    {
        var life = Recorded(Li).Then(Verify, Zhao).Then(Correct, Wang).Then(Verify, Zhao);
        var end = life.End(Named(name), End2021).Value;
        Assert.That(Codes<MilestoneState>.Of(end.State), Is.EqualTo(state));
        Assert.That(life.Then(end).Counting!.Content.Ended, state == "verified" ? Is.Not.Null : Is.Null);
    }

    [Test]
    public void A_correction_keeps_the_end_unless_it_carries_it()
    {
        var ended = Recorded(Local, verified: true);
        ended.Then(ended.End(Local, End2021));
        var other = new Ending(new DateOnly(2022, 5, 1), EndKind.Revoked, "later");
        Assert.Multiple(() =>
        {
            Assert.That(ended.Correct(Local, Content("2020-10"), EndedChange.Keep).Value.Content.Ended!.On, Is.EqualTo(End2021));
            Assert.That(ended.Correct(Local, Content(), EndedChange.TakeBack).Value.Content.Ended, Is.Null);
            Assert.That(ended.Correct(Local, Content(), EndedChange.To(other)).Value.Content.Ended, Is.EqualTo(other));
            Assert.That(
                Texts.Faults(ended.Correct(Local, Content(), EndedChange.To(other with { Reason = "" }))),
                Is.EqualTo("/ended/reason reason-required")
            );
        });
    }

    [Test]
    public void A_correction_cannot_leave_a_kept_end_outside_the_fact()
    {
        var ended = Recorded(Local, verified: true);
        ended.Then(ended.End(Local, End2021));
        Assert.That(
            Texts.Faults(ended.Correct(Local, Content("2022-01-01"), EndedChange.Keep)),
            Is.EqualTo("/ended/on end-before-occurred")
        );
        Assert.That(
            Texts.Faults(ended.Correct(Local, Content("2020-11-30", "2021-06"), EndedChange.Keep)),
            Is.EqualTo("/ended/on end-after-until")
        );
        Assert.That(ended.Correct(Local, Content("2022-01-01"), EndedChange.TakeBack).IsRefused, Is.False);
    }

    [Test]
    public void A_rejected_end_does_not_come_back_with_the_next_correction()
    {
        var life = Recorded(Li).Then(Verify, Wang).Then(End, Li);
        Assert.That(life.Newest.Content.Ended, Is.Not.Null);
        life.Then(Reject, Wang).Then(Correct, Li);
        Assert.That(life.Newest.Content.Ended, Is.Null);
    }

    [TestCase("li", "verifier-needed")]
    [TestCase("wang", "four-eyes")]
    [TestCase("himself", "about-himself")]
    [TestCase("zhao", "")]
    public void Nobody_judges_what_he_recorded_or_what_is_about_himself(string name, string faults)
    {
        var life = Recorded(Wang);
        foreach (var action in new[] { Verify, Return, Reject })
        {
            Assert.That(Texts.Faults(life.Try(action, Named(name))), Is.EqualTo(faults), action.ToString());
        }
    }

    /// <summary>The content that is judged is what the last correction said, and of who ever said so.</summary>
    [TestCase("2020-11-29", "")]
    [TestCase("2020-11-30", "four-eyes", Description = "what he recorded himself, said again")]
    public void A_correction_after_a_return_is_of_who_made_it_and_of_who_said_the_same(string occurredOn, string faults)
    {
        var life = Recorded(Wang).Then(Return, Zhao).Then(Correct, Zhao, Content(occurredOn));
        Assert.That(Texts.Faults(life.Try(Verify, Zhao)), Is.EqualTo("four-eyes"));
        Assert.That(Texts.Faults(life.Try(Verify, Wang)), Is.EqualTo(faults));
    }

    /// <summary>Only what is written again counts: who withdrew recorded nothing of it, but what he withdrew is on the record.</summary>
    [TestCase("li", "submitted", Description = "recorded the content that counts again")]
    [TestCase("wang", "submitted", Description = "recorded what was withdrawn")]
    [TestCase("zhao", "verified", Description = "verified it")]
    public void After_a_withdrawal_an_end_asks_who_recorded_any_of_it(string name, string state)
    {
        var life = Recorded(Li).Then(Verify, Zhao).Then(Correct, Wang).Then(Withdraw, Wang);
        Assert.That(Codes<MilestoneState>.Of(life.End(Named(name), End2021).Value.State), Is.EqualTo(state));
    }

    [Test]
    public void Who_undoes_an_import_recorded_none_of_it()
    {
        var life = Recorded(Li).Then(Verify, Wang).Then(Correct, Li);
        life.Then(MilestoneDecisions.Withdraw(life.History, "undone", life.By(Zhao), undoesImport: true));
        Assert.That(Codes<MilestoneState>.Of(life.End(Zhao, End2021).Value.State), Is.EqualTo("verified"));
    }

    /// <summary>The day of an end is content, too: who gave it at once needs somebody else to change it or to void the whole.</summary>
    [Test]
    public void Who_ended_it_at_once_recorded_some_of_the_content()
    {
        var life = Recorded(Li).Then(Verify, Wang).Then(End, Zhao);
        Assert.That(life.Newest.State, Is.EqualTo(MilestoneState.Verified));
        Assert.That(Codes<MilestoneState>.Of(life.End(Zhao, End2021).Value.State), Is.EqualTo("submitted"));
        Assert.That(Texts.Faults(life.Try(MilestoneAction.Void, Zhao)), Is.EqualTo("four-eyes"));
        Assert.That(Texts.Faults(life.Try(MilestoneAction.Void, Wang)), Is.Empty);
    }

    [Test]
    public void Every_reason_why_not_is_told()
    {
        var life = Recorded(Li);
        Assert.That(Why(Li), Is.EqualTo(["verifier-needed", "four-eyes"]));
        Assert.That(Why(Himself), Is.EqualTo(["about-himself"]));
        Assert.That(Why(Wang), Is.Empty);
        Assert.That(Why(Local), Is.Empty);
        life.Then(Verify, Wang);
        Assert.That(Why(Zhao), Is.EqualTo(["transition-not-allowed"]));

        string[] Why(Actor actor) => [.. MilestoneDecisions.WhyNotVerify(life.History, actor).Select(r => r.Code.Code)];
    }

    [TestCase(false, "li", "", Description = "the recorder, while nothing was verified")]
    [TestCase(true, "li", "verifier-needed")]
    [TestCase(true, "zhao", "")]
    public void Void_asks_who(bool verified, string name, string faults)
    {
        var life = Recorded(Li);
        if (verified)
        {
            life.Then(Verify, Wang);
        }
        Assert.That(Texts.Faults(life.Try(MilestoneAction.Void, Named(name))), Is.EqualTo(faults));
    }

    private static MilestoneLife In(string state) =>
        state switch
        {
            "submitted" => Recorded(Local),
            "returned" => Recorded(Local).Then(Return, Local),
            "rejected" => Recorded(Local).Then(Reject, Local),
            "verified" => Recorded(Local).Then(Verify, Local),
            "voided" => Recorded(Local).Then(MilestoneAction.Void, Local),
            "submitted over verified" => In("verified").Then(Correct, Local),
            "returned over verified" => In("submitted over verified").Then(Return, Local),
            "rejected over verified" => In("submitted over verified").Then(Reject, Local),
            "voided over verified" => In("verified").Then(MilestoneAction.Void, Local),
            _ => throw new ArgumentException(state),
        };

    private static Actor Named(string name) => new[] { Li, Wang, Zhao, Himself, Local }.Single(a => a.Name == name);

    private static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
